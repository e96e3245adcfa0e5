import { createRequire } from 'node:module';
import path from 'node:path';
import { OUT, ROOT } from '../setup/paths.mjs';

/** @typedef {import('./listen').MicrophoneCheck} MicrophoneCheck */

/**
 * Compiles and runs `listen.ts`, which opens the microphone with the extension's own code.
 * @returns {Promise<MicrophoneCheck>}
 */
export async function checkMicrophone() {
  // Not at the top: this module is loaded before `npm ci` has run.
  const { build } = await import('esbuild');
  const outfile = path.join(OUT, 'start', 'listen.js');
  await build({
    entryPoints: [path.join(ROOT, 'scripts', 'start', 'listen.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  /** @type {typeof import('./listen')} */
  const listen = createRequire(import.meta.url)(outfile);
  return listen.checkMicrophone();
}
