import { FRAME_SAMPLES, samplesToMs } from '../core/units';
import type { ListeningWarning } from '../core/model';
import type { SessionEvent, SessionStatus } from '../core/session-types';

/** What the status bar knows of one dictation. Immutable. */
export interface TakeStatus {
  /** `starting` until the session runs: recorder and models are looked up, sound is kept already. */
  readonly phase: 'starting' | SessionStatus['phase'];
  /** How much of the models is loaded, 0…1, while they are loading. */
  readonly loaded?: number;
  readonly speaking: boolean;
  readonly pending: boolean;
  /** True while a language model tidies up what is confirmed. */
  readonly cleaning?: boolean;
  readonly lagMs: number;
  readonly verifying: boolean;
  readonly meter: Meter;
  readonly warnings: readonly ListeningWarning[];
  /** From the end of speech to the commit of its last word, of the latest utterance. */
  readonly latencyMs: number | undefined;
  /** Utterances whose draft was taken because the heavy model could not confirm it. */
  readonly unverified: number;
  /** Text of the latest problem that was not fatal. */
  readonly problem: string | undefined;
  /** Sample clock: end of the latest frame. */
  readonly clock: number;
  /** Utterances that have begun, and those that have ended. */
  readonly begun: number;
  readonly ended: number;
  /** Sample clock: where speech ended last, or where listening began. */
  readonly silentSince: number;
  /** The latest confirmed text as it was written, and how many pieces there were. Kept in memory only. */
  readonly written: { readonly count: number; readonly text: string };
  /** The latest voice command as it was heard, what went wrong with it, and how many there were. Kept in memory only. */
  readonly told: { readonly count: number; readonly phrase: string; readonly outcome: string | undefined };
  /** Ends of speech that still wait for their commit. */
  readonly speechEnds: ReadonlyMap<number, number>;
}

/** The latest levels, one bar each {@link FRAMES_PER_BAR} frames: the loudest frame's RMS, 0…1, newest last. */
export interface Meter {
  readonly bars: readonly number[];
  readonly loudest: number;
  readonly frames: number;
}

/** Bars of the meter. */
export const METER_BARS = 5;
/** Frames in one bar: 128 ms, about as fast as one can read. */
const FRAMES_PER_BAR = 4;

/** A dictation that has just been asked for. */
export const STARTING: TakeStatus = {
  phase: 'starting',
  speaking: false,
  pending: false,
  lagMs: 0,
  verifying: true,
  meter: { bars: new Array<number>(METER_BARS).fill(0), loudest: 0, frames: 0 },
  warnings: [],
  latencyMs: undefined,
  unverified: 0,
  problem: undefined,
  clock: 0,
  begun: 0,
  ended: 0,
  silentSince: 0,
  written: { count: 0, text: '' },
  told: { count: 0, phrase: '', outcome: undefined },
  speechEnds: new Map(),
};

/** Folds one event of the session into the status. */
export function takeStatusAfter(status: TakeStatus, event: SessionEvent): TakeStatus {
  switch (event.type) {
    case 'status':
      return { ...status, ...event.status, silentSince: silentSince(status, event.status) };
    case 'level':
      return {
        ...status,
        meter: meterAfter(status.meter, event.level.rms),
        clock: event.level.start + FRAME_SAMPLES,
      };
    case 'warning': {
      const others = status.warnings.filter((warning) => warning !== event.warning);
      return { ...status, warnings: event.active ? [...others, event.warning] : others };
    }
    case 'problem':
      return { ...status, problem: event.error.userText };
    case 'utterance':
      if (event.phase === 'start') return { ...status, begun: status.begun + 1 };
      return {
        ...status,
        ended: status.ended + 1,
        silentSince: event.speechEnd ?? event.end,
        speechEnds: new Map([...status.speechEnds, [event.utteranceId, event.speechEnd ?? event.end]]),
      };
    case 'commit':
      return decided(status, event);
    case 'draft':
    case 'dropped':
    case 'language':
      return status;
  }
}

/** The status once a piece of confirmed text is where it belongs. */
export function takeStatusWritten(status: TakeStatus, text: string): TakeStatus {
  return { ...status, written: { count: status.written.count + 1, text } };
}

/** While models load nobody is expected to speak: that silence does not count. */
function silentSince(before: TakeStatus, { phase }: SessionStatus): number {
  return phase === 'listening' && before.phase !== 'listening' && before.begun === 0
    ? before.clock
    : before.silentSince;
}

/** How long nobody has spoken, by the sample clock, ms. */
export function silenceMs({ speaking, clock, silentSince }: TakeStatus): number {
  return speaking ? 0 : Math.max(0, samplesToMs(clock - silentSince));
}

function decided(
  status: TakeStatus,
  { utteranceId, verified, final }: Extract<SessionEvent, { type: 'commit' }>,
): TakeStatus {
  if (!final) return status;
  const speechEnds = new Map(status.speechEnds);
  const speechEnd = speechEnds.get(utteranceId);
  speechEnds.delete(utteranceId);
  if (!verified) return { ...status, speechEnds, unverified: status.unverified + 1 };
  const latencyMs =
    speechEnd === undefined ? status.latencyMs : Math.max(0, samplesToMs(status.clock - speechEnd));
  // What went wrong before is over once words are confirmed again.
  return { ...status, speechEnds, latencyMs, problem: undefined };
}

function meterAfter(meter: Meter, rms: number): Meter {
  const loudest = Math.max(meter.loudest, rms);
  if (meter.frames + 1 < FRAMES_PER_BAR) return { ...meter, loudest, frames: meter.frames + 1 };
  return { bars: [...meter.bars.slice(1 - METER_BARS), loudest], loudest: 0, frames: 0 };
}
