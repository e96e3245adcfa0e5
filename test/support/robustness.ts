import { expect } from 'vitest';
import type { Disposable } from '../../src/core/lifetime';
import { wordErrors } from '../../src/core/measure/wer';
import { comparableWords } from '../../src/core/word-comparison';
import type { Role, TranscribeRequest } from '../../src/core/model';
import { joined } from './audio/noises';
import type { Conducted } from './conductor';
import { recording } from './engines';
import type { Dictation, Pair } from './pipeline';
import { vanished } from './screens';

/** What the tests share that end, stop and starve engine processes in the middle of a dictation. */

/** Two utterances that the embedded pair understands word for word, with pauses that end them. */
const GAP = new Float32Array(16_000 * 0.8 - ((16_000 * 0.8) % 512));
const SPOKEN = ['t09', 't07'].map(recording);
export const AUDIO = joined(GAP, ...SPOKEN.flatMap(({ samples }) => [samples, GAP]));
export const TEXT = SPOKEN.map(({ text }) => text).join(' ');
export const FRAMES = AUDIO.length / 512;
/** A frame in the first pause, one inside the first sentence, one between the two. */
export const IDLE_FRAME = 10;
export const SPEECH_FRAME = 70;
export const BETWEEN_FRAME = Math.floor((GAP.length + (SPOKEN[0]?.samples.length ?? 0) + 12_800) / 512);
/** How far what was committed may be from what was said, in words. */
export interface Tolerance {
  readonly errors: number;
  /** How many fewer there may be. */
  readonly fewer: number;
  /** How many of those that were shown may have nothing in their place. */
  readonly vanished: number;
}
/** What the heavy model has confirmed: a window that begins elsewhere may be understood a little worse. */
export const CONFIRMED: Tolerance = { errors: 1, fewer: 1, vanished: 0 };
/** The fast model alone errs more often, and may hear one word where it heard two before. */
export const DRAFTED: Tolerance = { errors: 5, fewer: 2, vanished: 1 };

/** Ends the process of an engine, or whatever `signal` does to it; one that is gone already is left alone. */
export const kill = (pair: Pair, role: Role, signal: NodeJS.Signals = 'SIGKILL') => {
  const { pid } = pair[role];
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It died of an earlier blow.
  }
};

/** How often a starved process gets its share, ms. */
const STARVING_PERIOD_MS = 100;

/**
 * Leaves the process of an engine a share (0…1) of the time only, as a machine does whose cores are kept busy by programs of higher
 * priority. Dispose to let it work again.
 */
export function starve(pair: Pair, role: Role, share: number): Disposable {
  let stop: NodeJS.Timeout | undefined;
  const slice = () => {
    kill(pair, role, 'SIGCONT');
    clearTimeout(stop);
    stop = setTimeout(() => kill(pair, role, 'SIGSTOP'), share * STARVING_PERIOD_MS);
  };
  const timer = setInterval(slice, STARVING_PERIOD_MS);
  kill(pair, role, 'SIGSTOP');
  return {
    dispose: () => {
      clearInterval(timer);
      clearTimeout(stop);
      kill(pair, role, 'SIGCONT');
    },
  };
}

/** `act`, the first time only. */
export function once<T extends unknown[]>(test: (...args: T) => boolean, act: (...args: T) => void) {
  let done = false;
  return (...args: T) => {
    if (done || !test(...args)) return;
    done = true;
    act(...args);
  };
}

/** Kinds of calls. */
export const drafting = ({ role, final }: TranscribeRequest) => role === 'fast' && !final;
export const partly = ({ role, final }: TranscribeRequest) => role === 'heavy' && !final;
export const confirming = ({ role, final }: TranscribeRequest) => role === 'heavy' && final;

/** What holds of every dictation, whatever became of the engines. */
export function expectSettled({ events, commits }: Pick<Dictation, 'events' | 'commits'>, note = ''): void {
  const started = events.flatMap((event) =>
    event.type === 'utterance' && event.phase === 'start' ? [event.utteranceId] : [],
  );
  expect(
    commits.filter(({ final }) => final).map(({ utteranceId }) => utteranceId),
    `every utterance is committed once, in order ${note}`,
  ).toEqual(started);
  /** What is shown and not committed, by utterance. */
  const shown = new Map<number, string>();
  let afterCommit = false;
  for (const event of events) {
    if (event.type === 'draft') {
      const before = shown.get(event.utteranceId) ?? '';
      if (event.text === '' && before !== '') expect(afterCommit, `"${before}" vanished ${note}`).toBe(true);
      shown.set(event.utteranceId, event.text);
      afterCommit = false;
    }
    if (event.type === 'commit') {
      if (event.final)
        expect(event.replacedDraft, `the commit tells what was shown ${note}`).toBe(
          shown.get(event.utteranceId) ?? '',
        );
      if (event.final) shown.delete(event.utteranceId);
      afterCommit = true;
    }
  }
  expect(
    [...shown.values()].filter((draft) => draft !== ''),
    `drafts left over ${note}`,
  ).toEqual([]);
  const ends = commits.map(({ range }) => range);
  for (const [index, range] of ends.entries())
    expect(range.start, `commits do not overlap ${note}`).toBeGreaterThanOrEqual(
      (ends[index - 1]?.end ?? 0) - 16_000 / 5,
    );
}

/** The same, and that the words are those that were said, none of which vanished once it was shown. */
export function expectNothingLost(outcome: Conducted, note = '', most = CONFIRMED): void {
  expectSettled(outcome, note);
  const { text, events } = outcome;
  const [said, committed] = [comparableWords(TEXT).length, comparableWords(text).length];
  const lost = vanished(TEXT, events, text);
  expect(lost.length, `shown and lost: ${lost.join(', ')}; "${text}" ${note}`).toBeLessThanOrEqual(
    most.vanished,
  );
  expect(committed, `nothing is lost: "${text}" ${note}`).toBeGreaterThanOrEqual(said - most.fewer);
  expect(committed, `nothing is said twice: "${text}" ${note}`).toBeLessThanOrEqual(said + 1);
  expect(wordErrors(TEXT, text).errors, `"${text}" ${note}`).toBeLessThanOrEqual(most.errors);
}

/** Commits that are only drafts. */
export const unverified = ({ commits }: Conducted) => commits.filter(({ verified }) => !verified);
