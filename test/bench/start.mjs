// Bundles the benchmarks (`run.ts` and every `*.child.ts`, which run in processes of their own) into out/bench and
// starts them, then renews the table in README.md. The product must be built: `npm run bench` does both.
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { readmeWithFigures } from '../../scripts/how-fast.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = path.resolve(here, '..', '..', 'out', 'bench');
const children = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.child.ts'),
);

await build({
  entryPoints: ['run.ts', ...children].map((file) => path.join(here, file)),
  entryNames: '[name]',
  outdir: out,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // As the product is bundled: the voice detector finds its WASM by path.
  conditions: ['onnxruntime-web-use-extern-wasm'],
  sourcemap: 'inline',
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, [path.join(out, 'run.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// What was measured goes into README.md; a quick run writes nothing.
writeFileSync(path.join(here, '..', '..', 'README.md'), await readmeWithFigures());
process.exitCode = status ?? 1;
