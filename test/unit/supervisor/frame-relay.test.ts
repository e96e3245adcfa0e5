import { beforeEach, describe, expect, it } from 'vitest';
import type { VoiceProbability } from '../../../src/core/model';
import { FrameRelay } from '../../../src/node/engine/frame-relay';
import type { ToEngine, ToEngineOf } from '../../../src/protocol/messages';

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

  it('keeps what nobody judged, however long a process takes to come', () => {
    const count = 5 * KEPT;
    for (let i = 0; i < count; i += 1) push(i);
    expect(voices).toEqual([]);
    relay.attach(send);
    expect(replayed(sent)).toEqual(Array.from({ length: count }, (_, i) => i));
  });

  it('keeps what may be asked for; a new process gets what it would have, and a second before what it has to judge', () => {
    const count = 5 * KEPT;
    for (let i = 0; i < count; i += 1) push(i);
    for (let i = 0; i < 2 * KEPT; i += 1) answer(i);
    relay.attach(send);
    expect(replayed(sent)[0]).toBe(2 * KEPT - 32);
    for (let i = 2 * KEPT; i < count; i += 1) answer(i);
    sent = [];
    relay.attach(send);
    // 35 s are no whole number of frames.
    expect(replayed(sent)).toEqual(Array.from({ length: KEPT + 1 }, (_, i) => count - KEPT - 1 + i));
  });

  describe('with calls', () => {
    const call = (from: number, to: number, epoch = relay.epoch): ToEngineOf<'transcribe'> => ({
      type: 'transcribe',
      callId: 1,
      epoch,
      range: { start: from, end: to },
      allCores: false,
      language: 'en',
      prompt: '',
      timestamps: false,
    });

    beforeEach(() => {
      for (let i = 0; i < 3 * KEPT; i += 1) push(i);
    });

    it('gives audio that has left the ring of the process to the call that wants it, to the sample', () => {
      const { samples } = relay.withAudio(call(10 * FRAME + 100, 13 * FRAME - 100));
      expect(samples).toHaveLength(3 * FRAME - 200);
      expect([...new Set(samples)]).toEqual([10, 11, 12]);
      expect(samples?.filter((value) => value === 10)).toHaveLength(FRAME - 100);
    });

    it('sends no audio twice: neither what the ring holds, nor for a session that is over', () => {
      const inRing = call((3 * KEPT - 100) * FRAME, 3 * KEPT * FRAME);
      expect(relay.withAudio(inRing)).toBe(inRing);
      const other = call(10 * FRAME, 20 * FRAME, relay.epoch - 1);
      expect(relay.withAudio(other)).toBe(other);
    });

    it('lets go of what is released, except what a new process starts with', () => {
      relay.release(2 * FRAME * KEPT);
      const gone = call(10 * FRAME, 20 * FRAME);
      expect(relay.withAudio(gone)).toBe(gone);
      relay.release(Infinity);
      relay.attach(send);
      expect(replayed(sent)).toHaveLength(KEPT + 1);
      // Nobody judged it, and nobody asks any more.
      expect(voices.at(-1)).toEqual({ start: (2 * KEPT - 2) * FRAME, probability: 0 });
    });
  });

  it('keeps 16 minutes at most; what nobody judged in that time counts as silence, in order and once', () => {
    const most = Math.floor((16 * 60 * 16_000) / FRAME);
    const samples = new Float32Array(FRAME);
    for (let i = 0; i < most + 100; i += 1) relay.push({ start: i * FRAME, samples });
    expect(voices).toHaveLength(100);
    expect(voices.every((voice, i) => voice.start === i * FRAME && voice.probability === 0)).toBe(true);
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
