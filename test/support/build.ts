import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { isBuilt } from '../../scripts/setup/build.mjs';
import { builtVariants } from '../../src/engine/native';

const ROOT = path.resolve(__dirname, '..', '..');

/**
 * Bundles the product once before the process tests: they start the real entries in `dist/`. Not if all of it is there: VS Codes of
 * the host tests may be loading it.
 */
export default async function build(): Promise<void> {
  if (builtVariants(path.join(ROOT, 'dist', 'native')).length === 0)
    throw new Error('The speech engine is not built. Run `npm run test:process`, or first `npm run build`.');
  if (await isBuilt(ROOT)) return;
  await promisify(execFile)(process.execPath, ['esbuild.mjs'], { cwd: ROOT });
}
