import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Window } from '../../../src/core/model';
import { afterDrafts } from '../../../src/core/windows/after-drafts';
import type { TranscriberEvent } from '../../../src/core/windows/transcriber';
import type { SpeechEvent } from '../../../src/core/windows/windower';

const window = (id: number, more: Partial<Window> = {}): Window => ({
  id,
  utteranceId: 1,
  utteranceStart: 0,
  end: id * 4_000,
  voiced: id * 4_000,
  certainty: 1,
  heavy: true,
  final: false,
  ...more,
});
const final = (id: number) => window(id, { final: true });

/** Feeds both sides; what came out are ids of windows and names of other events. */
function stage(waits: (window: Window) => boolean) {
  const speech$ = new Subject<SpeechEvent>();
  const fast$ = new Subject<TranscriberEvent>();
  const out: (number | string)[] = [];
  afterDrafts(speech$, fast$, waits).subscribe({
    next: (event) => out.push(event.type === 'window' ? event.window.id : event.type),
    complete: () => out.push('|'),
  });
  return {
    out,
    speech$,
    open: (...windows: Window[]) => windows.forEach((one) => speech$.next({ type: 'window', window: one })),
    heard: (id: number) =>
      fast$.next({ type: 'heard', window: window(id), hypothesis: {} } as unknown as TranscriberEvent),
    dropped: (id: number, reason: 'superseded' | 'nothing-new') =>
      fast$.next({ type: 'dropped', role: 'fast', window: window(id), reason }),
  };
}

describe('windows that wait for their drafts', () => {
  it('come when the fast model is done with them and all before them', () => {
    const { out, open, heard } = stage(() => true);
    open(window(1), window(2));
    expect(out).toEqual([]);
    heard(1);
    expect(out).toEqual([1]);
    heard(2);
    expect(out).toEqual([1, 2]);
  });

  it('come with the draft of the newer window that took their place', () => {
    const { out, open, heard, dropped } = stage(() => true);
    open(window(1), window(2));
    dropped(2, 'superseded');
    open(window(3));
    heard(1);
    expect(out).toEqual([1]);
    heard(3);
    expect(out).toEqual([1, 2, 3]);
  });

  it('still wait for a draft under way when a newer window has nothing new', () => {
    const { out, open, heard, dropped } = stage(() => true);
    open(window(1));
    // The fast model is the first to hear of a window.
    dropped(2, 'nothing-new');
    open(window(2));
    expect(out).toEqual([]);
    heard(1);
    expect(out).toEqual([1, 2]);
  });

  it('are not drafted at the end of an utterance, but wait for what is', () => {
    const { out, open, heard } = stage(({ final: isFinal }) => isFinal);
    open(window(1), window(2, { final: true, speculative: true }), final(3));
    expect(out).toEqual([1]);
    heard(1);
    heard(2);
    expect(out).toEqual([1, 2, 3]);
    open(final(4));
    expect(out).toEqual([1, 2, 3, 4]);
  });

  it('do not keep other events waiting, and the end comes after the last of them', () => {
    const { out, open, heard, speech$ } = stage(() => true);
    open(window(1));
    speech$.next({ type: 'utterance-resume', utteranceId: 1, at: 0 });
    speech$.complete();
    expect(out).toEqual(['utterance-resume']);
    heard(1);
    expect(out).toEqual(['utterance-resume', 1, '|']);
  });
});
