// Bundles the three entries: the extension, the engine process and the command line. `--watch` rebuilds on change,
// `--release` minifies. Types are checked beside it by `tsc --noEmit` (npm run check:types).
import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import esbuild from 'esbuild';

const release = process.argv.includes('--release');
const watch = process.argv.includes('--watch');
const require = createRequire(import.meta.url);

/** Runtime files that are loaded by path and so cannot be bundled: the Silero network and the WASM that runs it. */
async function copyVadFiles() {
  const ort = path.dirname(require.resolve('onnxruntime-web'));
  const silero = path.join(path.dirname(require.resolve('@ricky0123/vad-web/package.json')), 'dist');
  await mkdir('dist/vad', { recursive: true });
  await Promise.all([
    copyFile(path.join(silero, 'silero_vad_v6.onnx'), 'dist/vad/silero_vad_v6.onnx'),
    copyFile(path.join(ort, 'ort-wasm-simd-threaded.wasm'), 'dist/vad/ort-wasm-simd-threaded.wasm'),
    copyFile(path.join(ort, 'ort-wasm-simd-threaded.mjs'), 'dist/vad/ort-wasm-simd-threaded.mjs'),
  ]);
}

/** @type {import('esbuild').BuildOptions} */
const options = {
  entryPoints: ['src/extension.ts', 'src/engine.ts', 'src/cli.ts'],
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  // VS Code 1.100, the oldest supported, runs extensions on Node 20.
  target: 'node20',
  external: ['vscode'],
  // The variant of ONNX Runtime that loads its WASM from a given path instead of one beside the page.
  conditions: ['onnxruntime-web-use-extern-wasm'],
  sourcemap: true,
  minify: release,
  logLevel: 'info',
};

await copyVadFiles();
if (watch) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  await esbuild.build(options);
}
