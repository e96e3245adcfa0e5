import { describe, expect, it } from 'vitest';
import { DEFAULT_LISTENING } from '../../../src/core/audio/defaults';
import type { ListeningOptions } from '../../../src/core/session-types';
import { alignedWords, comparableWords } from '../../../src/core/word-comparison';
import type { SpokenWord } from '../../support/fake-engine';
import { expectSound, type Outcome, play, samples, type Scenario } from '../../support/marbles-session';
import {
  monologue,
  type Pace,
  phraseEnds,
  segmentsAt,
  SENTENCES,
  timedLate,
  windowMs,
} from '../../support/monologue';
import { screensOf } from '../../support/screens';

/** Somebody who speaks for a minute and never pauses: what keeps windows short is the trimming, not the listening. */

const ORDINARY: Pace = { wordMs: 300, gapMs: 40 };
/** Two words in the 200 ms that two windows share. */
const HURRIED: Pace = { wordMs: 90, gapMs: 60 };

/** A window is cut when it has become longer than 8 s; the longest sentence, and what is not agreed on yet, stay in it. */
const LONGEST_MS = 10_000;
/** The listening splits what goes on for so long. */
const SPLIT_MS = DEFAULT_LISTENING.vad.splitMs;
/** Listening that never does. */
const UNSPLIT: ListeningOptions = {
  ...DEFAULT_LISTENING,
  vad: { ...DEFAULT_LISTENING.vad, splitMs: 600_000 },
};
const NO_LIMIT = samples(600_000);

/** How it is heard: in sentences, or without punctuation in segments, which end at these samples. */
interface Heard {
  readonly said: readonly SpokenWord[];
  readonly ends: readonly number[];
}

const inSentences = (pace: Pace): Heard => ({ said: monologue(pace), ends: [] });
/** Phrases of three to eleven words. */
const inSegments = (pace: Pace): Heard => {
  const said = monologue(pace, true);
  return { said, ends: phraseEnds(said, [7, 4, 11, 3, 8, 6]) };
};

/** Both, at both paces. */
const SPEECH: Readonly<Record<string, Heard>> = {
  'in sentences': inSentences(ORDINARY),
  'in sentences, hurried': inSentences(HURRIED),
  'in segments': inSegments(ORDINARY),
  'in segments, hurried': inSegments(HURRIED),
};

/** @param lateMs how much later than it was said the heavy model believes a word to have been said */
const dictated = (
  { said, ends }: Heard,
  listening: ListeningOptions,
  more: Scenario['heavy'] = {},
  lateMs = 0,
) =>
  play({
    said,
    listening,
    fast: { longestWindow: samples(10_000) },
    heavy: {
      longestWindow: NO_LIMIT,
      callMs: () => 300,
      answer: timedLate(lateMs),
      segments: segmentsAt(ends.map((end) => end + samples(lateMs))),
      ...more,
    },
    untilMs: 400_000,
  });

const textOf = (said: readonly SpokenWord[]) => said.map(({ text }) => text).join(' ');
/** Heavy calls that began between two moments, ms. */
const callsIn = ({ heavy }: Outcome, from: number, to: number) =>
  heavy.calls.filter(({ startedAt }) => startedAt >= from && startedAt < to);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const longestWindow = ({ heavy }: Outcome) =>
  Math.max(...heavy.calls.map(({ request }) => windowMs(request)));

it('a minute is a minute, and says some words twice', () => {
  const last = monologue(ORDINARY).at(-1)?.end ?? 0;
  expect(last).toBeGreaterThan(samples(60_000));
  const words = comparableWords(SENTENCES);
  expect(words.filter((word, index) => word === words[index - 1]).length).toBeGreaterThan(3);
});

describe.each(Object.entries(SPEECH))('a monologue %s', (_name, heard) => {
  const split = dictated(heard, DEFAULT_LISTENING);
  const unsplit = dictated(heard, UNSPLIT);

  it('is committed word for word, whether the listening splits it or not', () => {
    for (const outcome of [split, unsplit]) {
      expectSound(outcome);
      expect(outcome.text).toBe(textOf(heard.said));
    }
    expect(unsplit.commits.filter(({ final }) => final)).toHaveLength(1);
  });

  const said = comparableWords(textOf(heard.said));
  /** What stood on the screen. Of several changes in one moment nobody sees but the last. */
  const screens = ({ told }: Outcome) =>
    screensOf(told.map(({ event }) => event))
      .filter((_, index) => told[index]?.at !== told[index + 1]?.at)
      .map(comparableWords);

  it('never stands on the screen with a word doubled or missing', () => {
    for (const words of screens(unsplit)) expect(words).toEqual(said.slice(0, words.length));
  });

  it('nor where it is split; but which side of the split a word of the draft belongs to is a guess for a moment', () => {
    for (const words of screens(split)) {
      const begun = said.slice(0, words.length + 1);
      expect(alignedWords(begun, words).length, words.slice(-12).join(' ')).toBe(words.length);
    }
    const whole = screens(split).filter((words) => words.join(' ') === said.slice(0, words.length).join(' '));
    expect(whole.length).toBeGreaterThan(0.95 * screens(split).length);
  });

  it('is heard in windows much shorter than a forced split, however long it goes on', () => {
    expect(longestWindow(unsplit)).toBeLessThanOrEqual(LONGEST_MS);
    expect(longestWindow(split)).toBeLessThanOrEqual(LONGEST_MS);
    expect(LONGEST_MS).toBeLessThan(SPLIT_MS);
  });

  it('is cut 200 ms before a committed word ends, and what is heard twice there is said once', () => {
    const starts = unsplit.heavy.calls.map(({ request }) => request.range.start);
    const cuts = [...new Set(starts)].slice(1);
    expect(cuts.length).toBeGreaterThan(2);
    const ends = new Set(heard.said.map(({ end }) => end - samples(200)));
    for (const cut of cuts) expect(ends).toContain(cut);
  });

  it('costs the same in each of its seconds', () => {
    const end = (heard.said.at(-1)?.end ?? 0) / 16;
    // The first windows are still short.
    const [from, middle] = [10_000, 10_000 + (end - 10_000) / 2];
    const [first, second] = [callsIn(unsplit, from, middle), callsIn(unsplit, middle, end)];
    const seconds = (middle - from) / 1_000;
    // One call a second.
    for (const calls of [first, second]) expect(Math.abs(calls.length - seconds)).toBeLessThanOrEqual(1);
    const audio = [first, second].map((calls) => sum(calls.map(({ request }) => windowMs(request))));
    expect(audio[1]! / audio[0]!).toBeGreaterThan(0.8);
    expect(audio[1]! / audio[0]!).toBeLessThan(1.25);
  });

  it('keeps a slow model busy for half of the time at most, in windows that are still shorter than a split', () => {
    // About what small.en takes on one core: see `TWO_CORES` of the bench.
    const callMs = ({ range }: { range: { start: number; end: number } }) =>
      100 + 140 * (windowMs({ range }) / 1_000);
    const outcome = dictated(heard, UNSPLIT, { callMs });
    expectSound(outcome);
    expect(outcome.text).toBe(textOf(heard.said));
    expect(longestWindow(outcome)).toBeLessThan(SPLIT_MS);
    const end = (heard.said.at(-1)?.end ?? 0) / 16;
    const busy = sum(callsIn(outcome, 0, end).map(({ startedAt, endedAt = NaN }) => endedAt - startedAt));
    expect(busy).toBeLessThanOrEqual(0.5 * end);
  });

  it.each([-150, 120])('survives times of words that are %i ms off', (lateMs) => {
    const outcome = dictated(heard, UNSPLIT, {}, lateMs);
    expectSound(outcome);
    expect(outcome.text).toBe(textOf(heard.said));
  });
});
