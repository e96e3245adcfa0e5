import type { SessionEvent } from '../../src/core/session-types';

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
