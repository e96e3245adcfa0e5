import type { SessionEvent } from '../../src/core/session-types';
import { alignedWords, comparableWords } from '../../src/core/word-comparison';

/** The text on the screen after each of `events`, of every utterance what is committed, then its draft; one for each event. */
export function screensOf(events: readonly SessionEvent[]): readonly string[] {
  const texts = new Map<number, { readonly committed: string; readonly draft: string }>();
  let screen = '';
  return events.map((event) => {
    if (event.type !== 'draft' && event.type !== 'commit') return screen;
    const { committed, draft } = texts.get(event.utteranceId) ?? { committed: '', draft: '' };
    const next =
      event.type === 'draft'
        ? { committed, draft: event.text }
        : { committed: `${committed} ${event.text}`, draft: event.final ? '' : draft };
    texts.set(event.utteranceId, next);
    const all = [...texts.values()].map((text) => `${text.committed} ${text.draft}`).join(' ');
    screen = all.replace(/\s+/g, ' ').trim();
    return screen;
  });
}

/**
 * Words of `said` that stood on the screen at any time and have no counterpart in `text`, what was committed in the end, not even
 * one that was heard otherwise: counted between the words that both have.
 */
export function vanished(said: string, events: readonly SessionEvent[], text: string): readonly string[] {
  const [spoken, final] = [comparableWords(said), comparableWords(text)];
  const screens = [...new Set(screensOf(events))].map(comparableWords);
  const shown = new Set(screens.flatMap((screen) => alignedWords(spoken, screen).map(([index]) => index)));
  const lost: string[] = [];
  let [after, behind] = [0, 0];
  for (const [a, b] of [...alignedWords(spoken, final), [spoken.length, final.length] as const]) {
    const gone = spoken.slice(after, a).filter((_, index) => shown.has(after + index));
    // What stands in their place may be any of them.
    lost.push(...gone.slice(b - behind));
    [after, behind] = [a + 1, b + 1];
  }
  return lost;
}
