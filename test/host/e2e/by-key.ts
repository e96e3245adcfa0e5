import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { wordErrors } from '../../../src/core/measure/wer';
import type { Host } from '../run/host';
import { screenshotFile } from '../run/screenshots';
import { isOff, isReady, until } from './observer';
import { lookAround, previews, watchPreview, type Surroundings } from './places';
import type { Recording } from './recordings';

/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 90_000;
const KEY = 'Shift+Alt+v';
/** A press that follows another one sooner may be taken for the repetition of a held key. */
const PRESS_GAP_MS = 1_000;
const LOOK_AGAIN_MS = 50;
/** Short sentences: a word or two may be heard wrongly. */
const MAX_WORD_ERROR_RATE = 0.3;
/** Drafts have more errors, and other digits and marks than what was said. */
const MAX_DRAFT_ERROR_RATE = 0.5;

/** Dictates with the key, into whatever has the keyboard. */
export class ByKey {
  private pressedAt = 0;

  constructor(private readonly host: Host) {}

  /** Presses the key; waits before until that cannot be taken for the repetition of the press before. */
  async press(): Promise<void> {
    await sleep(Math.max(0, this.pressedAt + PRESS_GAP_MS - Date.now()));
    await this.host.page.keyboard.press(KEY);
    this.pressedAt = Date.now();
  }

  /** Starts with the key. */
  async listen(): Promise<void> {
    await this.press();
    await until(this.host.page, 'listening', isReady, PATIENCE_MS);
  }

  /** Starts with the key, and makes sure that the status bar names the place. */
  async begin(place: RegExp): Promise<void> {
    await this.listen();
    await this.around(`the place ${place}`, ({ item }) => place.test(item));
    await watchPreview(this.host.page);
  }

  /** Stops with the key. */
  async end(): Promise<void> {
    await this.press();
    await until(this.host.page, 'the end', isOff, PATIENCE_MS);
  }

  /** All of a dictation; drafts must have been in the status bar, and be gone. */
  async dictate(spoken: Recording, place: RegExp, screenshot: string): Promise<void> {
    const { page, microphone } = this.host;
    await this.begin(place);
    const speaking = microphone.play(spoken.wav);
    await this.drafted();
    await page.screenshot({ path: await screenshotFile(screenshot) });
    await speaking;
    await this.end();
    const drafts = await previews(page);
    // On a slow machine a short sentence is confirmed before much of it was drafted: a draft is of its beginning.
    const best = Math.min(...drafts.map((draft) => wordErrors(beginningOf(spoken, draft), draft).rate));
    assert.ok(best < MAX_DRAFT_ERROR_RATE, `drafts of what was said: ${JSON.stringify(drafts)}`);
    await this.around('no draft', ({ preview }) => preview === '');
  }

  /** The text of a place once it is what was said: the window draws it a moment after the end. Fails if it never is. */
  async written(spoken: Recording, read: () => Promise<string>): Promise<string> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const text = await read();
      if (isSpoken(spoken, text)) return text;
      if (Date.now() > deadline) assertSpoken(spoken, text);
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** Resolves when the status bar has shown a draft since {@link begin}. */
  async drafted(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while ((await previews(this.host.page)).length === 0) {
      if (Date.now() > deadline) throw new Error('No draft was shown in the status bar.');
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** Looks until `wanted` is true of what is shown outside the editors. */
  async around(what: string, wanted: (now: Surroundings) => boolean): Promise<Surroundings> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const now = await lookAround(this.host.page);
      if (wanted(now)) return now;
      if (Date.now() > deadline) throw new Error(`Waited for ${what}; shown: ${JSON.stringify(now)}`);
      await sleep(LOOK_AGAIN_MS);
    }
  }
}

/** As many words of what was said as the draft has. */
function beginningOf(spoken: Recording, draft: string): string {
  return spoken.text.split(' ').slice(0, draft.split(' ').length).join(' ');
}

/** Fails unless `text` is what was said, but for a word or two. */
export function assertSpoken(spoken: Recording, text: string): void {
  assert.ok(isSpoken(spoken, text), `"${text}" for "${spoken.text}"`);
}

function isSpoken(spoken: Recording, text: string): boolean {
  return wordErrors(spoken.text, text).rate < MAX_WORD_ERROR_RATE;
}
