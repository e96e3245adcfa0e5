import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DictationError } from '../../../src/core/errors';
import type { TranscribeRequest } from '../../../src/core/model';
import { CallLine } from '../../../src/node/engine/call-line';
import { defaultDeadlineMs } from '../../../src/node/engine/times';
import type { ToEngine } from '../../../src/protocol/messages';

const request = (windowId: number, seconds = 2): TranscribeRequest => ({
  role: 'fast',
  windowId,
  utteranceId: 1,
  range: { start: 0, end: seconds * 16_000 },
  final: false,
  language: 'en',
  prompt: '',
  timestamps: false,
});

describe('CallLine', () => {
  let told: string[];
  let sent: number[];
  let line: CallLine;
  let epoch: number;

  beforeEach(() => {
    vi.useFakeTimers();
    told = [];
    sent = [];
    epoch = 1;
    line = new CallLine('fast', (_request, predicted) => defaultDeadlineMs(predicted), {
      onStart: () => told.push('start'),
      onEnd: () => told.push('end'),
      onResult: () => told.push('result'),
      onDeadline: (ms) => told.push(`deadline ${ms}`),
    });
  });
  afterEach(() => vi.useRealTimers());

  const send = (message: ToEngine) => {
    if (message.type === 'transcribe') sent.push(message.callId);
  };
  const ask = (windowId: number, seconds?: number) =>
    line
      .transcribe(request(windowId, seconds), () => epoch)
      .subscribe({
        next: (result) => told.push(`${result.windowId}: ${result.text}`),
        error: (error: DictationError) => told.push(`${windowId}: ${error.code}`),
        complete: () => told.push(`${windowId} done`),
      });
  const answer = (callId: number, text: string, elapsedMs = 100) =>
    line.answer({
      type: 'result',
      callId,
      text,
      words: [],
      segments: [],
      confidence: 1,
      language: 'en',
      elapsedMs,
    });

  it('refuses a call for no audio at once: the process would never answer it', () => {
    line.attach(send);
    ask(1, 0);
    ask(2);
    expect(told.slice(0, 2)).toEqual(['1: engine-failed', 'start']);
    expect(sent).toEqual([1]);
  });

  it('sends what is asked, and of which session', () => {
    const messages: ToEngine[] = [];
    line.attach((message) => messages.push(message));
    const asked = { range: { start: 512, end: 32_000 }, language: 'de', prompt: 'kubectl', timestamps: true };
    epoch = 3;
    for (const allCores of [true, undefined])
      line
        .transcribe({ ...request(1), ...asked, ...(allCores && { allCores }) }, () => epoch)
        .subscribe({ error: () => undefined });
    answer(1, 'one');
    expect(messages).toEqual([
      { type: 'transcribe', callId: 1, epoch: 3, ...asked, allCores: true },
      { type: 'transcribe', callId: 2, epoch: 3, ...asked, allCores: false },
    ]);
  });

  it('waits for a process and sends one call at a time', () => {
    ask(1);
    ask(2);
    expect(sent).toEqual([]);
    line.attach(send);
    expect(sent).toEqual([1]);
    answer(1, 'one');
    expect(sent).toEqual([1, 2]);
    answer(2, 'two');
    expect(told).toEqual([
      'start',
      'end',
      'result',
      '1: one',
      '1 done',
      'start',
      'end',
      'result',
      '2: two',
      '2 done',
    ]);
  });

  it('never sends a call that was given up while it waited, and forgets the result of one given up later', () => {
    line.attach(send);
    const first = ask(1);
    ask(2).unsubscribe();
    ask(3);
    first.unsubscribe();
    expect(sent).toEqual([1]);
    answer(1, 'unwanted');
    expect(sent).toEqual([1, 2]);
    answer(2, 'three');
    expect(told.filter((line) => line.includes(':'))).toEqual(['3: three']);
  });

  it('fails the call of a process that is gone and keeps the others for the next one', () => {
    line.attach(send);
    ask(1);
    ask(2);
    line.detach(new DictationError('engine', 'engine-crashed', 'gone'));
    expect(told).toEqual(['start', 'end', '1: engine-crashed']);
    line.attach(send);
    expect(sent).toEqual([1, 2]);
    answer(1, 'late answer of a call that failed');
    answer(2, 'two');
    expect(told.filter((line) => line.includes(':'))).toEqual(['1: engine-crashed', '2: two']);
  });

  it('fails everything once closed, and works again once opened', () => {
    ask(1);
    line.close(new DictationError('engine', 'engine-unavailable', 'given up'));
    ask(2);
    expect(told).toEqual(['1: engine-unavailable', '2: engine-unavailable']);
    line.open();
    line.attach(send);
    ask(3);
    expect(sent).toEqual([1]);
  });

  it('turns a failed call into an error and goes on', () => {
    line.attach(send);
    ask(1);
    ask(2);
    line.answer({ type: 'call-failed', callId: 1, code: 'audio-gone', message: 'gone' });
    expect(told).toContain('1: engine-failed');
    expect(told).not.toContain('result');
    expect(sent).toEqual([1, 2]);
  });

  it('notices a call past its deadline: 10 times what such calls take, at least 8 s', () => {
    line.attach(send);
    ask(1);
    vi.advanceTimersByTime(7_900);
    expect(told).toEqual(['start']);
    vi.advanceTimersByTime(500);
    expect(told).toEqual(['start', 'deadline 8000']);
    answer(1, 'in the end', 4_000);
    ask(2, 4);
    // 4 s of audio took 4,000 ms for 2 s before: 8,000 ms are predicted.
    vi.advanceTimersByTime(79_000);
    expect(told.filter((line) => line.startsWith('deadline'))).toHaveLength(1);
    vi.advanceTimersByTime(1_500);
    expect(told.at(-1)).toBe('deadline 80000');
  });

  it('takes an answer that was already there when the deadline passed', () => {
    line.attach(send);
    ask(1);
    vi.advanceTimersByTime(8_000);
    answer(1, 'just in time');
    vi.advanceTimersByTime(60_000);
    expect(told.filter((line) => line.startsWith('deadline'))).toEqual([]);
  });

  it('gives a call that is starved its time once more, as often as it is, and ends it then', async () => {
    let starved = true;
    line = new CallLine('heavy', () => 1_000, {
      onStart: () => told.push('start'),
      onEnd: () => told.push('end'),
      onResult: () => told.push('result'),
      onDeadline: (ms) => told.push(`deadline ${ms}`),
      isStarved: () => Promise.resolve(starved),
    });
    line.attach(send);
    ask(1);
    await vi.advanceTimersByTimeAsync(3_500);
    expect(told).toEqual(['start']);
    answer(1, 'in the end');
    expect(told).toContain('1: in the end');
    ask(2);
    starved = false;
    await vi.advanceTimersByTimeAsync(1_500);
    expect(told.at(-1)).toBe('deadline 1000');
  });

  it('does not end a call for one before it that was answered while it was looked at', async () => {
    let decide: (starved: boolean) => void = () => undefined;
    line = new CallLine('heavy', () => 1_000, {
      onStart: () => undefined,
      onEnd: () => undefined,
      onResult: () => undefined,
      onDeadline: (ms) => told.push(`deadline ${ms}`),
      isStarved: () => new Promise((resolve) => (decide = resolve)),
    });
    line.attach(send);
    ask(1);
    ask(2);
    await vi.advanceTimersByTimeAsync(1_500);
    answer(1, 'late');
    decide(false);
    await vi.advanceTimersByTimeAsync(100);
    expect(told).toEqual(['1: late', '1 done']);
  });
});
