import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import type { Page } from './playwright';

const FOLDER = path.join(ROOT, 'test', 'host', 'screenshots');

/** Size of all pages but for {@link takePicture}. */
export const VIEWPORT = { width: 1100, height: 640 };
/** The workbench has laid itself out anew after this long, ms. */
const LAYOUT_MS = 300;

/** Path of a screenshot that git ignores; makes the folder. */
export async function screenshotFile(name: string): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  return path.join(FOLDER, `${name}.png`);
}

/** Wide enough for two short sentences, low enough for a page of text. */
const PICTURE = { width: 1000, height: 300 };
/** Text is drawn this much finer in the README's picture than on the screen. */
const PICTURE_SCALE = 2;

/**
 * The picture that the README shows is tracked by git, so it is replaced only when this environment variable is `1`
 * (`npm run test:host -- --update-screenshot`); an ordinary run writes beside it.
 */
function isPictureWanted(): boolean {
  return process.env['TANDEM_UPDATE_SCREENSHOT'] === '1';
}

/** How finely pages are drawn. */
export function pageScale(): number {
  return isPictureWanted() ? PICTURE_SCALE : 1;
}

/** Takes the README's picture of the window as it is now, in the shape that suits a page, and gives the window its size back. */
export async function takePicture(page: Page): Promise<void> {
  await page.setViewportSize(PICTURE);
  await sleep(LAYOUT_MS);
  await page.screenshot({ path: await screenshotFile(isPictureWanted() ? 'dictation' : 'dictation-latest') });
  await page.setViewportSize(VIEWPORT);
}
