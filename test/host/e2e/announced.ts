import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '../run/playwright';

const LOOK_AGAIN_MS = 200;

/** Runs in the page. */
const LISTEN = `(() => {
  window.announced = [];
  const note = () => {
    for (const one of document.querySelectorAll('.monaco-aria-container > *')) {
      const text = one.textContent.trim();
      if (text !== '' && window.announced.at(-1) !== text) window.announced.push(text);
    }
  };
  const container = document.querySelector('.monaco-aria-container');
  new MutationObserver(note).observe(container, { childList: true, subtree: true, characterData: true });
})()`;

/** Makes the page note all that is handed to screen readers, from now on. */
export function noteAnnouncements(page: Page): Promise<void> {
  return page.evaluate(LISTEN);
}

/** Waits until each of `texts` was announced: announcements come some moments after what they tell of. */
export async function announcedUntil(page: Page, texts: readonly string[], timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const announced = await page.evaluate<string[]>('window.announced');
    // Written text comes in pieces; what comes close together is read together.
    const pieces = announced.flatMap((one) => one.replace(/^Info: /, '').split(' · '));
    const [words, states] = [/^(?!Dictation)/, /^Dictation/].map((kind) =>
      pieces.filter((one) => kind.test(one)).join(' '),
    );
    if (texts.every((text) => words?.includes(text) || states?.includes(text))) return;
    assert.ok(Date.now() < deadline, `${texts.join(', ')} never announced: ${announced.join('; ')}`);
    await sleep(LOOK_AGAIN_MS);
  }
}
