// The compilation itself: whisper.cpp with CMake into static libraries, then smart-whisper's binding with node-gyp.
// Everything happens in copies below .cache/native; node_modules is only read.
import { spawn } from 'node:child_process';
import {
  cpSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyPatches, PATCHES } from './patches.mjs';
import { findNodeDir, hasStaticRuntime, which } from './toolchain.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
/** ggml's folders that are compiled on some platform; the other backends are left behind. */
const BACKENDS = ['ggml-cpu', 'ggml-blas', 'ggml-metal'];
/** Lines of the log that are shown when a step fails. */
const LOG_TAIL = 30;

/** An error that is shown without a stack: it says what the user can do. */
export class BuildError extends Error {}

/**
 * @typedef {object} Context
 * @property {string} root folder of the repository
 * @property {string} key name of the build in the cache
 * @property {string} variant
 * @property {string} cmake
 * @property {boolean} verbose show the compilers' output
 */

/**
 * Builds one variant into `.cache/native/<key>/addon.node`.
 * @param {Context} context
 * @param {import('./variants.mjs').Plan} plan
 */
export async function buildVariant(context, plan) {
  await inWorkFolder(context, async (work, log) => {
    const source = path.join(work, 'whisper');
    copyWhisper(context.root, source);
    const libraries = await buildLibraries(context, plan, source, path.join(work, 'whisper-build'), log);
    const binding = path.join(work, 'binding');
    copyBinding(context.root, source, binding);
    for (const library of libraries) cpSync(library, path.join(binding, 'lib', path.basename(library)));
    // Relative to node-gyp's own `build` folder, because gyp cannot quote a path with spaces.
    const byol = plan.link.map((part) => part.replace('{lib}', '../lib')).join(' ');
    await runNodeGyp(context, binding, { ...staticRuntime(plan.env), BYOL: byol }, log);
    return path.join(binding, 'build', 'Release', 'smart-whisper.node');
  });
}

/**
 * Builds the small addon that reads the CPU's features.
 * @param {Context} context
 */
export async function buildProbe(context) {
  await inWorkFolder(context, async (work, log) => {
    cpSync(path.join(here, 'probe'), work, { recursive: true });
    await runNodeGyp(context, work, {}, log);
    return path.join(work, 'build', 'Release', 'cpuid.node');
  });
}

/**
 * @param {Context} context
 * @param {(work: string, log: string) => Promise<string>} build returns the path of the finished addon
 */
async function inWorkFolder({ root, key }, build) {
  const cache = path.join(root, '.cache', 'native');
  const work = path.join(cache, 'work');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const log = path.join(cache, 'build.log');
  rmSync(log, { force: true });
  const addon = await build(work, log);
  const finished = path.join(cache, key);
  rmSync(finished, { recursive: true, force: true });
  mkdirSync(finished, { recursive: true });
  cpSync(addon, path.join(finished, 'addon.node'));
  rmSync(work, { recursive: true, force: true });
}

/**
 * @param {Context} context
 * @param {import('./variants.mjs').Plan} plan
 * @param {string} source
 * @param {string} build
 * @param {string} log
 * @returns {Promise<string[]>} the static libraries
 */
async function buildLibraries({ cmake, verbose }, plan, source, build, log) {
  const generator = plan.generatorArgs.length === 0 && which('ninja') ? ['-G', 'Ninja'] : plan.generatorArgs;
  const definitions = Object.entries(plan.cmake).map(([name, value]) => `-D${name}=${value}`);
  await run(cmake, ['-S', source, '-B', build, ...generator, ...definitions], { log, verbose });
  const jobs = String(os.availableParallelism());
  await run(cmake, ['--build', build, '--config', 'Release', '--target', 'whisper', '-j', jobs], {
    log,
    verbose,
  });
  const files = readdirSync(build, { recursive: true, encoding: 'utf8' });
  return plan.libraries.map((name) => {
    const file = files.find((candidate) => path.basename(candidate) === name);
    if (file === undefined) throw new BuildError(`whisper.cpp's build did not make ${name}; see ${log}.`);
    return path.join(build, file);
  });
}

/**
 * A copy of whisper.cpp without examples and the backends that are not built, with its corrections.
 * @param {string} root
 * @param {string} target
 */
function copyWhisper(root, target) {
  const original = path.join(root, 'node_modules', 'nodejs-whisper', 'cpp', 'whisper.cpp');
  if (!existsSync(original))
    throw new BuildError('The sources of whisper.cpp are missing: run "npm install".');
  const backends = path.join(original, 'ggml', 'src');
  /** @param {string} file */
  const wanted = (file) =>
    path.dirname(file) !== backends ||
    !statSync(file).isDirectory() ||
    BACKENDS.includes(path.basename(file));
  // The template is filled in by the build even where nothing of the folder is built.
  const template = 'bindings/javascript/package-tmpl.json';
  for (const name of ['CMakeLists.txt', 'cmake', 'include', 'src', 'ggml', template]) {
    cpSync(path.join(original, name), path.join(target, name), { recursive: true, filter: wanted });
  }
  patchCopy('whisper.cpp', target);
}

/**
 * A copy of smart-whisper without its outdated whisper.cpp: the folder of that name gets the headers of the current
 * one, and the binding's corrections are applied.
 * @param {string} root
 * @param {string} source
 * @param {string} target
 */
function copyBinding(root, source, target) {
  const original = path.join(root, 'node_modules', 'smart-whisper');
  for (const name of ['binding.gyp', 'package.json', 'src/binding', 'dist/build.js']) {
    cpSync(path.join(original, name), path.join(target, name), { recursive: true });
  }
  for (const name of ['include', 'ggml/include']) {
    cpSync(path.join(source, name), path.join(target, 'whisper.cpp', name), { recursive: true });
  }
  patchCopy('smart-whisper', target);
}

/**
 * @param {import('./patches.mjs').Patch['source']} source
 * @param {string} folder
 */
function patchCopy(source, folder) {
  const patches = PATCHES.filter((patch) => patch.source === source);
  for (const file of new Set(patches.map((patch) => patch.file))) {
    const copy = path.join(folder, file);
    try {
      writeFileSync(copy, applyPatches(source, file, readFileSync(copy, 'utf8')));
    } catch (error) {
      throw new BuildError(error instanceof Error ? error.message : String(error));
    }
  }
}

/** @param {Record<string, string>} env */
function staticRuntime(env) {
  const { LDFLAGS } = env;
  if (LDFLAGS === undefined || hasStaticRuntime()) return env;
  console.warn(
    'native: no static C++ runtime found (libstdc++-static); the addon will need the one of this system.',
  );
  return { ...env, LDFLAGS: LDFLAGS.replace('-static-libstdc++ ', '') };
}

/**
 * Runs smart-whisper's (or the probe's) gyp build in `folder`.
 * @param {{ root: string, verbose: boolean }} context
 * @param {string} folder
 * @param {Record<string, string>} env
 * @param {string} log file the output is appended to
 */
export async function runNodeGyp({ root, verbose }, folder, env, log) {
  const nodeDir = findNodeDir();
  const args = ['rebuild', '--release', '--jobs', String(os.availableParallelism())];
  if (nodeDir !== undefined) args.push('--nodedir', nodeDir);
  const script = path.join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  await run(process.execPath, [script, ...args], { log, verbose, cwd: folder, env });
}

/**
 * Runs a program with its output in the log.
 * @param {string} program
 * @param {string[]} args
 * @param {{ log: string, verbose: boolean, cwd?: string, env?: Record<string, string> }} options
 */
async function run(program, args, { log, verbose, cwd, env }) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...mergeFlags(env ?? {}) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = createWriteStream(log, { flags: 'a' });
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(file, { end: false });
    if (verbose) stream.pipe(process.stderr, { end: false });
  }
  const [code, signal] = await once(child, 'close');
  file.end();
  await once(file, 'finish');
  if (code === 0) return;
  const tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL).join('\n');
  throw new BuildError(
    `${tail}\n\n${path.basename(program)} failed (${signal ?? `exit code ${code}`}) while building the speech engine. ` +
      `The whole output is in ${log}.`,
  );
}

/**
 * Our flags come after the user's own.
 * @param {Record<string, string>} env
 */
function mergeFlags(env) {
  const flags = ['CXXFLAGS', 'LDFLAGS', 'CL'].filter((name) => env[name] !== undefined && process.env[name]);
  return { ...env, ...Object.fromEntries(flags.map((name) => [name, `${process.env[name]} ${env[name]}`])) };
}
