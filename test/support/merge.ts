import type { Hypothesis, TranscriptEvent, Window, Word } from '../../src/core/model';
import { reduceTranscript } from '../../src/core/transcript/reducer';
import {
  EMPTY_TRANSCRIPT,
  type TranscriptInput,
  type TranscriptState,
} from '../../src/core/transcript/state';

export const SECOND = 16_000;

/** A model's answer: half a second a word, from the start of the range. */
export function heard(
  role: 'fast' | 'heavy',
  window: Window,
  text: string,
  p = 0.95,
  from = window.utteranceStart,
): TranscriptInput {
  const words = text
    .split(' ')
    .filter((word) => word !== '')
    .map((word, index): Word => ({
      text: word,
      p,
      ...(role === 'heavy' && { start: from + (index * SECOND) / 2, end: from + ((index + 1) * SECOND) / 2 }),
    }));
  const range = { start: from, end: window.end };
  const hypothesis: Hypothesis = {
    role,
    windowId: window.id,
    utteranceId: window.utteranceId,
    range,
    text,
    words,
    segments: [],
    confidence: p,
    language: 'en',
    elapsedMs: 1,
  };
  return { type: 'heard', window, hypothesis };
}

/** A window of so many seconds from the beginning of its utterance, which is the first unless `over` says otherwise. */
export function window(id: number, seconds: number, over: Partial<Window> = {}): Window {
  const utteranceStart = over.utteranceStart ?? 0;
  const end = utteranceStart + seconds * SECOND;
  return {
    id,
    utteranceId: 1,
    utteranceStart,
    end,
    voiced: seconds * SECOND * 0.7,
    certainty: 1,
    heavy: false,
    final: false,
    ...over,
  };
}

/** An utterance begins, at this sample. */
export const start = (utteranceId: number, at = 0): TranscriptInput => ({
  type: 'utterance-start',
  utteranceId,
  start: at,
});
/** An utterance ends; seconds. */
export const end = (utteranceId: number, from: number, to: number): TranscriptInput => ({
  type: 'utterance-end',
  utteranceId,
  range: { start: from * SECOND, end: to * SECOND },
});

/** What the merge makes of all this, in order. */
export function run(inputs: readonly TranscriptInput[], agreement = true) {
  let state: TranscriptState = EMPTY_TRANSCRIPT;
  const events: TranscriptEvent[] = [];
  for (const input of inputs) {
    const step = reduceTranscript(state, input, { agreement });
    state = step.state;
    events.push(...step.events);
  }
  return { state, events };
}

/** Events as short lines. */
export function lines(inputs: readonly TranscriptInput[], agreement = true): string[] {
  return run(inputs, agreement).events.map((event) => {
    if (event.type === 'draft') return `${event.utteranceId} draft ${event.text}`;
    if (event.type === 'dropped') return `${event.utteranceId} dropped ${event.windowId} ${event.reason}`;
    const sort = event.final ? 'final' : 'piece';
    return `${event.utteranceId} ${sort} ${event.text}${event.verified ? '' : ' (unverified)'}`;
  });
}
