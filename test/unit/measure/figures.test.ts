import { describe, expect, it } from 'vitest';
import { CaptureClock } from '../../../src/core/measure/capture-clock';
import { FigureCollector } from '../../../src/core/measure/figures';
import { FirstShown } from '../../../src/core/measure/first-shown';
import { msToSamples } from '../../../src/core/units';

describe('capture clock', () => {
  it('takes the promptest frame as the start of the stream', () => {
    const clock = new CaptureClock();
    expect(clock.wallMs(0)).toBeUndefined();
    clock.arrived(msToSamples(100), 1150);
    clock.arrived(msToSamples(200), 1230);
    expect(clock.wallMs(msToSamples(1000))).toBe(2030);
  });
});

describe('first shown', () => {
  it('dates each final word by the first text that held it in the right order', () => {
    const shown = new FirstShown();
    shown.show('open the', 10);
    shown.show('open a file', 20);
    shown.show('open the file now', 30);
    expect(shown.times(['open', 'the', 'file', 'now', 'please'])).toEqual([10, 10, 20, 30, undefined]);
  });
});

describe('figures of a session', () => {
  it('measures drafts from the word, confirmation from the acoustic end and from the decision', () => {
    let now = 0;
    const figures = new FigureCollector(() => now);
    const place = { utteranceId: 1, windowId: 1, timestamp: msToSamples(500) };
    figures.captured(0);
    now = 800;
    figures.observe({ type: 'draft', ...place, text: 'hello word' });
    now = 1200;
    figures.observe({
      type: 'utterance',
      utteranceId: 1,
      phase: 'end',
      start: 0,
      end: msToSamples(1200),
      speechEnd: msToSamples(900),
    });
    figures.observe({ type: 'dropped', role: 'fast', utteranceId: 1, windowId: 2 });
    now = 1500;
    figures.observe({
      type: 'commit',
      ...place,
      text: 'Hello world.',
      range: { start: 0, end: msToSamples(1200) },
      correctsWindowIds: [1],
      final: true,
      verified: true,
      replacedDraft: 'hello word',
      words: [
        { text: 'Hello', p: 1, start: 0, end: msToSamples(400) },
        { text: 'world.', p: 1, start: msToSamples(400), end: msToSamples(900) },
      ],
    });
    expect(figures.result).toMatchObject({
      draftLatencyMs: { count: 2, p50: 500, max: 600 },
      confirmLatencyMs: { count: 1, p50: 600 },
      confirmAfterVadMs: { count: 1, p50: 300 },
      upwr: 0.5,
      normalisedErasure: 0.5,
      commitViolations: 0,
      utterances: 1,
      unverified: 0,
      droppedWindows: { fast: 1, heavy: 0 },
    });
  });

  it('counts a commit after the final one as a violation', () => {
    const figures = new FigureCollector(() => 0);
    const commit = {
      type: 'commit',
      utteranceId: 1,
      windowId: 1,
      timestamp: 0,
      text: 'yes',
      range: { start: 0, end: 1 },
      correctsWindowIds: [],
      final: true,
      verified: false,
      replacedDraft: '',
    } as const;
    figures.observe(commit);
    figures.observe(commit);
    expect(figures.result).toMatchObject({ commitViolations: 1, unverified: 2 });
  });
});
