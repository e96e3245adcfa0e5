import type { Window } from '../../model';
import type { TranscriptState } from '../../transcript/state';
import { lastResort } from '../../transcript/utterance';
import type { TranscriberEvent } from '../../windows/transcriber';
import type { SpeechEvent } from '../../windows/windower';

/** The highest probability there is: no draft is surer, none is trusted. */
export const TRUST_NOTHING = 1;

/**
 * Finds utterances whose draft is so sure that the heavy model need not hear them: the fast model has heard the utterance to
 * its end, and it is surer of every word that is not committed yet than `above`. Decided once, at the pause.
 */
export class TrustedDrafts {
  private drafted: Window | undefined;
  private trusted: Window | undefined;

  /** @param above probability 0…1 */
  constructor(
    private readonly above: number,
    private readonly state: () => TranscriptState,
  ) {}

  /** True if any draft can be trusted at all. */
  get any(): boolean {
    return this.above < TRUST_NOTHING;
  }

  /** Takes in what the fast model tells; after the merge has. */
  heard(event: TranscriberEvent): void {
    if (event.type === 'heard') this.drafted = event.window;
  }

  /** The event itself, or what takes its place: a window of a trusted utterance is not the heavy model's business. */
  judge(event: SpeechEvent): SpeechEvent | TranscriberEvent {
    if (event.type !== 'window' || !event.window.final) return event;
    const { window } = event;
    if (!window.speculative) return isSame(this.trusted, window) ? { type: 'trusted', window } : event;
    if (!this.isSure(window)) return event;
    this.trusted = window;
    return { type: 'dropped', role: 'heavy', window, reason: 'trusted' };
  }

  private isSure(window: Window): boolean {
    // Only a draft that was made at a pause says how the sentence ends.
    if (!this.drafted?.final || !isSame(this.drafted, window)) return false;
    const utterance = this.state().utterances.find(({ id }) => id === window.utteranceId);
    if (!utterance || utterance.heldBack) return false;
    const words = lastResort(utterance);
    return words.length > 0 && words.every(({ p }) => p > this.above);
  }
}

/** True if both windows hold the same speech. */
function isSame(a: Window | undefined, b: Window): boolean {
  return a?.utteranceId === b.utteranceId && a.voiced === b.voiced;
}
