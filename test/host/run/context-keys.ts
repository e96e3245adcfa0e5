import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from './playwright';

/** A loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;
const LOOK_AGAIN_MS = 50;

/** Function keys that tell of our context keys, each pressed with Ctrl and Alt. */
const KEYS = { 'tandem.listening': 'F3', 'tandem.loading': 'F4', 'tandem.pending': 'F5' } as const;

export type ContextKeyName = keyof typeof KEYS;

/** With a context key the side bar goes or comes, without it a box opens: no key that does nothing must be waited for. */
export const CONTEXT_KEYBINDINGS = Object.entries(KEYS).flatMap(([name, key]) => [
  { key: `ctrl+alt+${key.toLowerCase()}`, command: 'workbench.action.toggleSidebarVisibility', when: name },
  { key: `ctrl+alt+${key.toLowerCase()}`, command: 'workbench.action.quickOpen', when: `!${name}` },
]);

/** Waits until a context key has a value; it comes a moment after what the window shows. Leaves the window as it was. */
export async function contextBecomes(page: Page, name: ContextKeyName, value: boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while ((await isSet(page, name, deadline)) !== value)
    if (Date.now() > deadline) throw new Error(`${name} never becomes ${value}.`);
}

async function isSet(page: Page, name: ContextKeyName, deadline: number): Promise<boolean> {
  const sideBar = page.locator('.part.sidebar').first();
  const box = page.locator('.quick-input-widget input.input');
  const isShown = await sideBar.isVisible();
  await page.keyboard.press(`Control+Alt+${KEYS[name]}`);
  while (Date.now() < deadline) {
    if (await box.isVisible()) {
      await page.keyboard.press('Escape');
      await box.waitFor({ state: 'hidden' });
      return false;
    }
    if ((await sideBar.isVisible()) !== isShown) {
      await page.keyboard.press('Control+b');
      await sideBar.waitFor({ state: isShown ? 'visible' : 'hidden' });
      return true;
    }
    await sleep(LOOK_AGAIN_MS);
  }
  throw new Error(`The key for ${name} does nothing.`);
}
