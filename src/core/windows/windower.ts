import type { UtteranceEvent, Window } from '../model';
import { HEAVY_WINDOW_EVERY, WINDOW_STEP_SAMPLES } from '../units';

/** Utterances and the windows they open, in the order in which they happen. */
export type SpeechEvent = UtteranceEvent | { readonly type: 'window'; readonly window: Window };

/**
 * Opens windows over utterances: one every 4,000 samples (every 4th also for the heavy model), a speculative final
 * one at every pause, a final one at the end. The id moves here, before any call is made: a window that gets no call
 * leaves a visible gap.
 */
export class Windower {
  private nextId = 1;
  /** Windows of 4,000 samples opened in the current utterance. */
  private steps = 0;
  /** The current utterance goes on where the one before was cut. */
  private continues = false;

  /** @param speculate open a speculative final window at every pause */
  constructor(private readonly speculate: boolean) {}

  /** The event itself, followed by the windows that it opens. */
  push(event: UtteranceEvent): SpeechEvent[] {
    switch (event.type) {
      case 'utterance-start':
        this.steps = 0;
        this.continues = event.continues === true;
        return [event];
      case 'utterance-audio':
        return [event, ...this.regular(event)];
      case 'utterance-pause':
        return this.speculate
          ? [event, this.open({ ...event, heavy: true, final: true, speculative: true })]
          : [event];
      case 'utterance-end':
        return [event, this.open({ ...event, heavy: true, final: true })];
      case 'utterance-resume':
        return [event];
    }
  }

  private regular(event: Extract<UtteranceEvent, { type: 'utterance-audio' }>): SpeechEvent[] {
    const { range } = event;
    const due = Math.floor((range.end - range.start) / WINDOW_STEP_SAMPLES);
    const windows: SpeechEvent[] = [];
    while (this.steps < due) {
      this.steps += 1;
      const heavy = this.steps % HEAVY_WINDOW_EVERY === 0;
      // The newest takes all audio there is; older ones that fell due at once end on their own mark.
      const end = this.steps === due ? range.end : range.start + this.steps * WINDOW_STEP_SAMPLES;
      windows.push(this.open({ ...event, range: { start: range.start, end }, heavy, final: false }));
    }
    return windows;
  }

  private open(
    of: Omit<Extract<UtteranceEvent, { type: 'utterance-audio' }>, 'type'> &
      Pick<Window, 'heavy' | 'final' | 'speculative'>,
  ): SpeechEvent {
    const { utteranceId, range, voiced, certainty, heavy, final, speculative } = of;
    const window: Window = {
      id: this.nextId++,
      utteranceId,
      utteranceStart: range.start,
      end: range.end,
      voiced,
      certainty,
      heavy,
      final,
      ...(speculative && { speculative }),
      ...(this.continues && { continues: true }),
    };
    return { type: 'window', window };
  }
}
