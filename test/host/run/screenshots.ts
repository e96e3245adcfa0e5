import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../../../scripts/setup/paths.mjs';

const FOLDER = path.join(ROOT, 'test', 'host', 'screenshots');

/** Size of all pages that tests look at. */
export const VIEWPORT = { width: 1100, height: 640 };

/** Path of a screenshot that git ignores; makes the folder. */
export async function screenshotFile(name: string): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  return path.join(FOLDER, `${name}.png`);
}
