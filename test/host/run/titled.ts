import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from './playwright';

/** A loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;
const LOOK_AGAIN_MS = 50;

/**
 * Resolves once a window has this title, the setting `window.title`: then its extensions know of all settings that were written with
 * it, for the window tells them in the turn in which it obeys them itself.
 */
export async function titled(page: Page, title: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const shown = await page.evaluate<string>('document.title');
    if (shown.startsWith(title)) return;
    if (Date.now() > deadline) throw new Error(`The settings are not read: the title is "${shown}".`);
    await sleep(LOOK_AGAIN_MS);
  }
}
