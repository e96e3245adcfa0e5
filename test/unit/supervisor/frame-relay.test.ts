import { beforeEach, describe, expect, it } from 'vitest';
import type { VoiceProbability } from '../../../src/core/model';
import { FrameRelay } from '../../../src/node/engine/frame-relay';
import type { ToEngine } from '../../../src/protocol/messages';

const FRAME = 512;
/** Frames in 35 s. */
const KEPT = Math.floor((35 * 16_000) / FRAME);

describe('FrameRelay', () => {
  let relay: FrameRelay;
  let voices: VoiceProbability[];
  let sent: ToEngine[];
  const send = (message: ToEngine) => sent.push(message);

  beforeEach(() => {
    voices = [];
    sent = [];
    relay = new FrameRelay((voice) => voices.push(voice));
    relay.reset();
  });

  const push = (index: number) =>
    relay.push({ start: index * FRAME, samples: new Float32Array(FRAME).fill(index) });
  const answer = (index: number, probability = 0.5, epoch = relay.epoch) =>
    relay.voice({ type: 'voice', epoch, start: index * FRAME, probability });

  /** Positions (in frames) of all audio in `messages`, and that the samples are the right ones. */
  function replayed(messages: readonly ToEngine[]): number[] {
    return messages.flatMap((message) => {
      if (message.type !== 'frames') return [];
      const first = message.start / FRAME;
      const count = message.samples.length / FRAME;
      return Array.from({ length: count }, (_, i) => {
        expect(message.samples[i * FRAME]).toBe(first + i);
        return first + i;
      });
    });
  }

  it('keeps frames until there is a process, then hands over all and each new one', () => {
    for (let i = 0; i < 70; i += 1) push(i);
    relay.attach(send);
    expect(sent[0]).toEqual({ type: 'reset', epoch: 1, voiceFrom: 0 });
    push(70);
    expect(replayed(sent)).toEqual(Array.from({ length: 71 }, (_, i) => i));
    expect(sent.length).toBeLessThan(10);
  });

  it('makes one gap-free sequence out of two processes', () => {
    relay.attach(send);
    for (let i = 0; i < 10; i += 1) push(i);
    for (let i = 0; i < 6; i += 1) answer(i);
    relay.detach();
    push(10);
    sent = [];
    relay.attach(send);
    expect(sent[0]).toEqual({ type: 'reset', epoch: 1, voiceFrom: 6 * FRAME });
    expect(replayed(sent)).toEqual(Array.from({ length: 11 }, (_, i) => i));
    answer(5);
    for (let i = 6; i <= 10; i += 1) answer(i);
    expect(voices.map((voice) => voice.start / FRAME)).toEqual(Array.from({ length: 11 }, (_, i) => i));
  });

  it('keeps 35 s; what nobody judged in that time counts as silence, in order and once', () => {
    for (let i = 0; i < KEPT + 100; i += 1) push(i);
    expect(voices).toHaveLength(100);
    expect(voices.every((voice, i) => voice.start === i * FRAME && voice.probability === 0)).toBe(true);
    relay.attach(send);
    expect(replayed(sent)).toEqual(Array.from({ length: KEPT }, (_, i) => 100 + i));
    answer(100, 0.9);
    expect(voices.at(-1)).toEqual({ start: 100 * FRAME, probability: 0.9 });
  });

  it('ignores answers from before a reset and starts counting anew', () => {
    relay.attach(send);
    push(0);
    const old = relay.epoch;
    relay.reset();
    answer(0, 0.9, old);
    expect(voices).toEqual([]);
    expect(sent.at(-1)).toEqual({ type: 'reset', epoch: old + 1, voiceFrom: 0 });
    push(0);
    answer(0, 0.1);
    expect(voices).toEqual([{ start: 0, probability: 0.1 }]);
  });
});
