// Bundles the three entries: the extension, the engine process and the command line. `--watch` rebuilds on change,
// `--release` minifies and leaves the source maps out, `--outdir=FOLDER` writes to another folder than `dist`,
// `--metafile=FILE` says what went in. Types are checked beside it by `tsc --noEmit` (npm run check:types).
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';

const { release, watch, outdir, metafile } = parseArgs({
  options: {
    release: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    outdir: { type: 'string', default: 'dist' },
    metafile: { type: 'string' },
  },
}).values;
const require = createRequire(import.meta.url);

/**
 * Large modules that most windows never need, by the name of the file they get: whoever asks for one with `import()` loads
 * that file then, and only then. Each must have no module in common with the entries that keeps state.
 */
const LAZY = Object.fromEntries(
  Object.entries({
    dictation: 'src/dictation.ts',
    engines: 'src/node/engine/start.ts',
    'model-management': 'src/node/models/management.ts',
    'project-vocabulary': 'src/vscode/vocabulary/project-vocabulary.ts',
    'proxied-fetch': 'src/node/models/proxied-fetch.ts',
    recording: 'src/node/audio/recording.ts',
    session: 'src/core/session.ts',
    'setup-views': 'src/vscode/setup-views.ts',
    'wav-file': 'src/node/audio/wav-file.ts',
  }).map(([name, file]) => [name, fileURLToPath(new URL(file, import.meta.url))]),
);

/** Packages require what they may lack; that is theirs to find. */
const SOURCES = fileURLToPath(new URL('src/', import.meta.url));

/**
 * Leaves `require()` of a lazy module in place, and makes `import()` of one a `require()` of its file, put off until then: Node's own `import()` would look through the whole file
 * for names that it exports first, which takes three times as long as loading it.
 * @type {import('esbuild').Plugin}
 */
const lazyModules = {
  name: 'lazy-modules',
  setup(build) {
    const names = new Map(Object.entries(LAZY).map(([name, file]) => [file, name]));
    build.onResolve({ filter: /./ }, async ({ path: asked, kind, resolveDir, importer, pluginData }) => {
      const isOwn = kind === 'dynamic-import' || (kind === 'require-call' && importer.startsWith(SOURCES));
      if (!isOwn || pluginData === lazyModules) return undefined;
      const options = { kind, resolveDir, importer, pluginData: lazyModules };
      const found = await build.resolve(asked, options);
      const name = names.get(found.path);
      if (name === undefined) return found;
      const file = `./${name}.js`;
      return kind === 'require-call' ? { path: file, external: true } : { path: file, namespace: 'lazy' };
    });
    build.onLoad({ filter: /./, namespace: 'lazy' }, ({ path: file }) => ({
      contents: `module.exports = require(${JSON.stringify(file)});`,
    }));
    build.onResolve({ filter: /./, namespace: 'lazy' }, ({ path: file }) => ({ path: file, external: true }));
  },
};

/** Runtime files that are loaded by path and so cannot be bundled: the Silero network and the WASM that runs it. */
async function copyVadFiles() {
  const ort = path.dirname(require.resolve('onnxruntime-web'));
  const silero = path.join(path.dirname(require.resolve('@ricky0123/vad-web/package.json')), 'dist');
  const vad = path.join(outdir, 'vad');
  await mkdir(vad, { recursive: true });
  const files = [
    path.join(silero, 'silero_vad_v6.onnx'),
    path.join(ort, 'ort-wasm-simd-threaded.wasm'),
    path.join(ort, 'ort-wasm-simd-threaded.mjs'),
  ];
  await Promise.all(files.map((file) => copyFile(file, path.join(vad, path.basename(file)))));
}

/** The ordinary English words are half a megabyte that only dictation needs: a file of their own, read when it begins. */
async function writeWordList() {
  const { outputFiles } = await esbuild.build({
    entryPoints: ['src/core/vocabulary/english-words.ts'],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? '').toString('base64');
  /** @type {{ englishWords(): ReadonlySet<string> }} */
  const { englishWords } = await import(`data:text/javascript;base64,${code}`);
  await mkdir(outdir, { recursive: true });
  await writeFile(path.join(outdir, 'english-words.txt'), [...englishWords()].join('\n'));
}

/** @type {import('esbuild').BuildOptions} */
const options = {
  entryPoints: {
    extension: 'src/extension.ts',
    engine: 'src/engine.ts',
    cli: 'src/cli.ts',
    ...LAZY,
  },
  outdir,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  // VS Code 1.100, the oldest supported, runs extensions on Node 20.
  target: 'node20',
  external: ['vscode'],
  // For Node the packages name their CommonJS forms, of which nothing can be left out; of these only what is used goes in.
  alias: {
    rxjs: fileURLToPath(new URL('node_modules/rxjs/dist/esm/index.js', import.meta.url)),
    tslib: fileURLToPath(new URL('node_modules/tslib/tslib.es6.mjs', import.meta.url)),
  },
  plugins: [lazyModules],
  // The variant of ONNX Runtime that loads its WASM from a given path instead of one beside the page.
  conditions: ['onnxruntime-web-use-extern-wasm'],
  sourcemap: !release,
  minify: release,
  metafile: metafile !== undefined,
  logLevel: 'info',
};

await Promise.all([copyVadFiles(), writeWordList()]);
if (watch) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  const result = await esbuild.build(options);
  if (metafile !== undefined) await writeFile(metafile, JSON.stringify(result.metafile));
}
