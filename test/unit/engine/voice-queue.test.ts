import { describe, expect, it } from 'vitest';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { VoiceDetector } from '../../../src/engine/vad';
import { VoiceQueue } from '../../../src/engine/voice-queue';

/** Answers with the first sample of the frame; slower than the pushes. */
class SlowDetector {
  heard: number[] = [];
  fails = false;

  reset(): void {
    this.heard = [];
  }

  async probability(frame: Float32Array): Promise<number> {
    await nextTurn();
    if (this.fails) throw new Error('broken');
    this.heard.push(frame[0] ?? 0);
    return frame[0] ?? 0;
  }
}

function frames(count: number, first = 0): Float32Array {
  return Float32Array.from({ length: count * 512 }, (_, i) => (first + Math.floor(i / 512)) / 1000);
}

function setUp() {
  const detector = new SlowDetector();
  const reported: string[] = [];
  const failures: unknown[] = [];
  const queue = new VoiceQueue(
    detector as unknown as VoiceDetector,
    (voice, epoch) => reported.push(`${epoch}:${voice.start / 512}=${Math.round(voice.probability * 1000)}`),
    (error) => failures.push(error),
  );
  const settle = async () => {
    for (let i = 0; i < 500; i += 1) await nextTurn();
  };
  return { detector, reported, failures, queue, settle };
}

describe('VoiceQueue', () => {
  it('reports every frame once and in order, however they come', async () => {
    const { queue, reported, settle } = setUp();
    queue.reset(1, 0);
    queue.push(0, frames(1));
    queue.push(512, frames(20, 1));
    queue.push(21 * 512, frames(1, 21));
    await settle();
    queue.push(22 * 512, frames(1, 22));
    await settle();
    expect(reported).toEqual(Array.from({ length: 23 }, (_, i) => `1:${i}=${i}`));
  });

  it('hears only about a second before what is wanted, and reports none of it', async () => {
    const { queue, detector, reported, settle } = setUp();
    queue.reset(2, 100 * 512);
    queue.push(0, frames(103));
    await settle();
    expect(reported).toEqual(['2:100=100', '2:101=101', '2:102=102']);
    expect(detector.heard).toHaveLength(32 + 3);
  });

  it('forgets the old session at once, also the frame that is being judged', async () => {
    const { queue, detector, reported, settle } = setUp();
    queue.reset(1, 0);
    queue.push(0, frames(50));
    await nextTurn();
    queue.reset(2, 0);
    queue.push(0, frames(2, 7));
    await settle();
    expect(reported.filter((line) => line.startsWith('2:'))).toEqual(['2:0=7', '2:1=8']);
    expect(reported.length).toBeLessThan(10);
    expect(detector.heard.map((value) => Math.round(value * 1000))).toEqual([7, 8]);
  });

  it('tells of a broken detector', async () => {
    const { queue, detector, failures, settle } = setUp();
    detector.fails = true;
    queue.reset(1, 0);
    queue.push(0, frames(1));
    await settle();
    expect(failures).toEqual([new Error('broken')]);
  });
});
