import { describe, expect, it } from 'vitest';
import type { Role, Window, Word } from '../../../src/core/model';
import { agreed, cutAfter, pauseAfter } from '../../../src/core/transcript/agreement';
import { reduceTranscript } from '../../../src/core/transcript/reducer';
import {
  EMPTY_TRANSCRIPT,
  type TranscriptInput,
  type TranscriptState,
} from '../../../src/core/transcript/state';
import { SAMPLE_RATE as SECOND } from '../../../src/core/units';
import { callRange } from '../../../src/core/windows/scope';

/** Words half a second each, from `start` seconds on; `timed` as heavy tells them. */
function words(text: string, start = 0, timed = true): Word[] {
  return text.split(' ').map((word, index) => ({
    text: word,
    p: 0.9,
    ...(timed && { start: (start + index / 2) * SECOND, end: (start + (index + 1) / 2) * SECOND }),
  }));
}

function window(id: number, end: number, kind: Partial<Window> = {}): Window {
  const base = {
    id,
    utteranceId: 1,
    utteranceStart: 0,
    voiced: end * SECOND,
    certainty: 1,
    heavy: true,
    final: false,
  };
  return { ...base, end: end * SECOND, ...kind };
}

function heard(role: Role, of: Window, text: string, from = 0): TranscriptInput {
  const range = { start: from, end: of.end };
  const hypothesis = {
    role,
    windowId: of.id,
    utteranceId: 1,
    range,
    text,
    words: words(text, from / SECOND, role === 'heavy'),
    segments: [],
    confidence: 0.9,
    language: 'en',
    elapsedMs: 100,
  };
  return { type: 'heard', window: of, hypothesis };
}

/** The state and the texts of drafts and commits after these inputs. */
function after(...inputs: TranscriptInput[]): { state: TranscriptState; told: string[] } {
  let state = EMPTY_TRANSCRIPT;
  const told: string[] = [];
  for (const input of [{ type: 'utterance-start', utteranceId: 1, start: 0 } as const, ...inputs]) {
    const step = reduceTranscript(state, input, { agreement: true });
    state = step.state;
    for (const event of step.events) if (event.type !== 'dropped') told.push(`${event.type}: ${event.text}`);
  }
  return { state, told };
}

const PAUSE = window(2, 2, { final: true, speculative: true });
const AT_PAUSE = PAUSE.end - SECOND / 10;

describe('a pause inside an utterance', () => {
  it('lets words before it be committed, however close to the end of the window', () => {
    expect(agreed(words('a b c'), words('a b c'), 1.6 * SECOND)).toBe(2);
    expect(agreed(words('a b c'), words('a b c'), 1.6 * SECOND, 3)).toBe(3);
    const doubted = words('a b c').map((word) => ({ ...word, p: 0.5 }));
    expect(agreed(words('a b c'), doubted, 1.6 * SECOND, 3)).toBe(0);
  });

  it('is where windows begin once all words before it are committed', () => {
    const pause = pauseAfter({ start: 0, end: 2 * SECOND }, words('a b'));
    const range = { start: 0, end: 4 * SECOND };
    expect(cutAfter(words('a'), [pause], { range, segments: [] })).toBeUndefined();
    expect(cutAfter(words('a c d'), [pause], { range, segments: [] })).toBeUndefined();
    expect(cutAfter(words('A b, c'), [pause], { range, segments: [] })).toEqual({
      at: 1.9 * SECOND,
      words: 2,
      silent: true,
    });
  });

  it('trims no window in the middle of a sentence before it is long', () => {
    const segments = [{ text: '', range: { start: 0, end: 2 * SECOND } }];
    const all = words('a b c d e');
    expect(cutAfter(all, [], { range: { start: 0, end: 8 * SECOND }, segments })).toBeUndefined();
    expect(cutAfter(all, [], { range: { start: 0, end: 9 * SECOND }, segments })).toMatchObject({ words: 4 });
  });

  it('is where drafts begin as soon as the heavy model has heard what was said before', () => {
    const { state } = after(heard('heavy', PAUSE, 'one two three'));
    const next = window(3, 3);
    expect(callRange(state, next, 30 * SECOND, 'fast')).toEqual({ start: AT_PAUSE, end: next.end });
    expect(callRange(state, next, 30 * SECOND, 'heavy')).toEqual({ start: 0, end: next.end });
  });

  it('joins what was heard on both sides of it, without repeating and without losing a word', () => {
    const { told } = after(
      heard('fast', window(1, 1.5), 'one two'),
      heard('fast', PAUSE, 'one two tree.'),
      heard('heavy', PAUSE, 'One two three.'),
      heard('fast', window(3, 3), 'three four', AT_PAUSE),
      heard('heavy', window(4, 3.5), 'One two three. Three four five'),
      heard('fast', window(5, 4), 'three four five six', AT_PAUSE),
    );
    expect(told).toEqual([
      'draft: one two',
      'draft: one two tree.',
      'draft: One two three.',
      'draft: One two three. three four',
      'commit: One two three.',
      'draft: Three four five',
      'draft: Three four five six',
    ]);
  });

  it('keeps the words before it when a pass that ended just behind it says them again', () => {
    const { told } = after(
      heard('heavy', PAUSE, 'One two three four.'),
      heard('fast', window(3, 2.75), 'five', AT_PAUSE),
      // Its last words end within the last moments of its window, but were said before the pause.
      heard('heavy', window(4, 2.25), 'One two three four.'),
    );
    expect(told).toEqual([
      'draft: One two three four.',
      'draft: One two three four. five',
      'commit: One two three four.',
      'draft: five',
    ]);
  });

  it('leaves a draft that began in it whole, wherever the words before are thought to end', () => {
    // Six words of half a second: their estimated times reach a second behind the pause.
    const said = 'One two three four five six.';
    const { told } = after(
      heard('heavy', PAUSE, said),
      heard('fast', window(3, 3.5), 'seven eight nine', AT_PAUSE),
      heard('heavy', window(4, 3.5), said),
    );
    expect(told.slice(-2)).toEqual([`commit: ${said}`, 'draft: seven eight nine']);
  });
});
