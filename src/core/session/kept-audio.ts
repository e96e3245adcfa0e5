import { DictationError } from '../errors';
import type { Engines } from '../ports';
import { MOST_WAITING_SECONDS, SAMPLE_RATE } from '../units';
import { distinctEngines } from './engines';

const MOST_WAITING = MOST_WAITING_SECONDS * SAMPLE_RATE;
const SECONDS_A_MINUTE = 60;

/** The audio that engines keep for a session: lets go of what is decided, and notices when more waits than they keep. */
export class KeptAudio {
  private released = 0;
  private full = false;

  constructor(private readonly engines: Engines) {}

  /** No audio before this sample position is needed any more. */
  release(before: number): void {
    if (before <= this.released) return;
    this.released = before;
    for (const { engine } of distinctEngines(this.engines)) engine.release(before);
  }

  /** @returns true once: when so much waits, with what was captured up to this sample position, that listening has to end */
  isFull(captured: number): boolean {
    if (this.full || captured - this.released < MOST_WAITING) return false;
    this.full = true;
    return true;
  }
}

/** More was said than can be kept for models that do not answer: nothing more is heard, and nothing that was said is lost. */
export function audioWaits(): DictationError {
  return new DictationError(
    'engine',
    'audio-waits',
    `Dictation no longer listens: ${MOST_WAITING_SECONDS / SECONDS_A_MINUTE} minutes of speech wait for the models. They are kept, and become text as soon as the models have heard them.`,
    'Close other programs, or choose smaller models.',
  );
}
