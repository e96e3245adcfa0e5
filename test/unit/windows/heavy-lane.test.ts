import { Subject, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Window } from '../../../src/core/model';
import { EMPTY_TRANSCRIPT } from '../../../src/core/transcript/state';
import { newUtterance } from '../../../src/core/transcript/utterance';
import { heavyLane } from '../../../src/core/windows/heavy-lane';
import type { TranscriberEvent } from '../../../src/core/windows/transcriber';
import { ALWAYS } from '../../../src/core/windows/turns';
import type { SpeechEvent } from '../../../src/core/windows/windower';
import { FakeEngine } from '../../support/fake-engine';

const SECOND = 16_000;
/** A second of speech each, one behind the other. */
const window = (id: number, utteranceId: number, speculative: boolean): Window => ({
  id,
  utteranceId,
  utteranceStart: (utteranceId - 1) * SECOND,
  end: utteranceId * SECOND,
  voiced: SECOND,
  certainty: 1,
  heavy: true,
  final: true,
  ...(speculative && { speculative }),
});

/** Two utterances before a lane whose model takes 300 ms; `told` are the events of final windows that were heard. */
function stage() {
  const scheduler = new VirtualTimeScheduler();
  const engine = new FakeEngine({ role: 'heavy', scheduler, said: [], callMs: () => 300 });
  const speech$ = new Subject<SpeechEvent>();
  const told: TranscriberEvent[] = [];
  const counted = { kept: 0, thrown: 0 };
  const state = { ...EMPTY_TRANSCRIPT, utterances: [newUtterance(1, 0, []), newUtterance(2, SECOND, [])] };
  speech$
    .pipe(
      heavyLane({
        caller: {
          engine,
          turn: ALWAYS,
          language: 'en',
          scheduler,
          context: ({ utteranceStart, end }) => ({
            range: { start: utteranceStart, end },
            prompt: '',
            allCores: false,
          }),
        },
        state: () => state,
        interval: () => 0,
        finalsOnly: () => false,
        speculation: { kept: () => counted.kept++, thrown: () => counted.thrown++ },
      }),
    )
    .subscribe((event) => told.push(event));
  engine.start();
  engine.ready();
  const open = (one: Window) => speech$.next({ type: 'window', window: one });
  const pause = (utteranceId: number) =>
    speech$.next({ type: 'utterance-pause', utteranceId } as Extract<
      SpeechEvent,
      { type: 'utterance-pause' }
    >);
  return { open, pause, flush: () => scheduler.flush(), told, engine, counted };
}

describe('what is known of a final pass', () => {
  it('is kept when the utterance before gets its own, late', () => {
    const { open, pause, flush, told, engine, counted } = stage();
    pause(2);
    open(window(1, 2, true));
    flush();
    // Its turn comes late: it had to wait for a draft.
    open(window(2, 1, false));
    flush();
    open(window(3, 2, false));
    flush();
    expect(engine.calls.map(({ request }) => request.windowId)).toEqual([1, 2]);
    expect(told.at(-1)).toMatchObject({ type: 'heard', window: { id: 3 }, reused: true });
    expect(counted).toEqual({ kept: 1, thrown: 0 });
  });

  it('is thrown away when a later utterance gets its own', () => {
    const { open, pause, flush, engine, counted } = stage();
    pause(1);
    open(window(1, 1, true));
    flush();
    open(window(2, 2, false));
    flush();
    open(window(3, 1, false));
    flush();
    expect(engine.calls.map(({ request }) => request.windowId)).toEqual([1, 2, 3]);
    expect(counted).toEqual({ kept: 0, thrown: 1 });
  });
});
