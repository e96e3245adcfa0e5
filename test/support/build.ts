import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(__dirname, '..', '..');

/** Bundles the product once before the process tests: they start the real entries in `dist/`. */
export default async function build(): Promise<void> {
  await promisify(execFile)(process.execPath, ['esbuild.mjs'], { cwd: ROOT });
}
