import { describe, expect, it } from 'vitest';
import { DEFAULT_LISTENING } from '../../../src/core/audio/defaults';
import { Segmenter, type SegmenterOptions } from '../../../src/core/audio/segmenter';
import type { UtteranceEvent } from '../../../src/core/model';

const F = 512;
const OPTIONS: SegmenterOptions = { ...DEFAULT_LISTENING.vad, maxUtteranceSamples: 30 * 16_000 };
type Part = [frames: number, probability: number, extra?: { gated?: boolean; peak?: number }];

/** Plays runs of frames; returns the events but `utterance-audio`, positions in frames. */
class Player {
  readonly all: UtteranceEvent[] = [];
  readonly segmenter: Segmenter;
  private at = 0;
  constructor(options: Partial<SegmenterOptions> = {}) {
    this.segmenter = new Segmenter({ ...OPTIONS, ...options });
  }
  play(...parts: Part[]): this {
    for (const [frames, probability, extra] of parts)
      for (let i = 0; i < frames; i++, this.at++)
        this.all.push(
          ...this.segmenter.push({ start: this.at * F, probability, peak: 0.5, gated: false, ...extra }),
        );
    return this;
  }
  skip(frames: number): this {
    this.at += frames;
    return this;
  }
  take(events: UtteranceEvent[]): this {
    this.all.push(...events);
    return this;
  }
  get events(): string[] {
    return this.all.flatMap((event) => {
      const id = event.utteranceId;
      switch (event.type) {
        case 'utterance-start':
          return [`${id} start ${event.start / F}${event.continues ? ' on' : ''}`];
        case 'utterance-pause':
          return [`${id} pause ${event.at / F}`];
        case 'utterance-resume':
          return [`${id} resume ${event.at / F}`];
        case 'utterance-end':
          return [
            `${id} end ${event.range.start / F}..${event.range.end / F} speech to ${event.speechEnd / F} voiced ${event.voiced / F} ${event.reason}`,
          ];
        case 'utterance-audio':
          return [];
      }
    });
  }
}

describe('Segmenter', () => {
  it('tells start with pre-roll, pause, end with hang-over', () => {
    // 450 ms = 14.06 frames of pre-roll; 160 ms = 5 frames; 550 ms is reached with the 18th frame.
    expect(new Player().play([40, 0.1], [30, 0.9], [40, 0.1]).events).toEqual([
      '1 start 25.9375',
      '1 pause 70',
      '1 end 25.9375..88 speech to 70 voiced 30 silence',
    ]);
  });

  it('tells the audio known and the voice in it with every frame', () => {
    const { all } = new Player().play([40, 0.1], [10, 0.9], [2, 0.1]);
    const audio = all.filter((event) => event.type === 'utterance-audio');
    expect(audio.map(({ range, voiced }) => [range.end / F, voiced / F])).toEqual([
      ...[42, 43, 44, 45, 46, 47, 48, 49, 50].map((end) => [end, end - 40]),
      [51, 10],
      [52, 10],
    ]);
  });

  it('tells how certain the detector is of the voice: the mean over voiced frames, of each part of what is split', () => {
    const { all } = new Player().play([40, 0.1], [10, 0.9], [10, 0.6], [40, 0.1]);
    const certain = all.flatMap((event) => ('certainty' in event ? [event.certainty] : []));
    expect(certain[0]).toBeCloseTo(0.9);
    expect(certain.at(-1)).toBeCloseTo(0.75);
    const split = new Player({ maxUtteranceSamples: 60 * F }).play(
      [40, 0.1],
      [30, 0.9],
      [3, 0.5, { peak: 0.01 }],
      [40, 0.6],
      [40, 0.1],
    );
    const ends = split.all.filter((event) => event.type === 'utterance-end');
    expect(ends).toHaveLength(2);
    expect(ends[0]?.certainty).toBeGreaterThan(0.85);
    expect(ends[1]?.certainty).toBeLessThan(0.62);
  });

  it('never reaches before the beginning or into the utterance before', () => {
    const { events } = new Player().play([3, 0.1], [10, 0.9], [20, 0.1], [10, 0.9]).take([]);
    expect(events).toEqual([
      '1 start 0',
      '1 pause 13',
      '1 end 0..31 speech to 13 voiced 10 silence',
      '2 start 31',
    ]);
  });

  it('takes one frame of voice for a click, two for speech', () => {
    expect(new Player().play([20, 0], [1, 1], [1, 0.4], [1, 1], [20, 0]).events).toEqual([]);
    expect(new Player({ onsetFrames: 1 }).play([20, 0], [1, 1], [20, 0]).events).toEqual([]);
    expect(new Player({ onsetFrames: 4 }).play([20, 0], [3, 1], [20, 0]).events).toEqual([]);
    expect(new Player().play([20, 0], [2, 0.5]).events).toEqual(['1 start 5.9375']);
  });

  it('keeps speech going down to the lower threshold, and wants the upper one to go on after silence', () => {
    expect(new Player().play([2, 0.9], [40, 0.36]).events).toEqual(['1 start 0']);
    expect(new Player().play([2, 0.9], [1, 0.3], [17, 0.45]).events).toEqual([
      '1 start 0',
      '1 pause 2',
      '1 end 0..20 speech to 2 voiced 2 silence',
    ]);
  });

  it('resumes after a pause', () => {
    expect(new Player().play([5, 0.9], [8, 0.1], [5, 0.9], [30, 0.1]).events).toEqual([
      '1 start 0',
      '1 pause 5',
      '1 resume 13',
      '1 pause 18',
      '1 end 0..36 speech to 18 voiced 10 silence',
    ]);
  });

  it('does not begin in gated frames, but reaches back over them and does not end by them', () => {
    const gated = { gated: true };
    expect(new Player().play([50, 0.9, gated]).events).toEqual([]);
    expect(new Player().play([20, 0.9, gated], [2, 0.9], [50, 0.9, gated]).events).toEqual([
      '1 start 5.9375',
    ]);
  });

  it('splits at the limit in the quietest gap of the last 3 s; the rest goes on as the next utterance', () => {
    // 15 s = 468.75 frames; the softest stretch of the last 3 s is around frame 420, a louder gap around 450.
    const player = new Player().play(
      [417, 0.9],
      [6, 0.3, { peak: 0.01 }],
      [20, 0.9],
      [6, 0.3, { peak: 0.1 }],
      [30, 0.9],
    );
    expect(player.take(player.segmenter.finish()).events).toEqual([
      '1 start 0',
      '1 pause 417',
      '1 resume 423',
      '1 pause 443',
      '1 resume 449',
      '1 end 0..420 speech to 417 voiced 417 split',
      '2 start 420 on',
      '2 end 420..479 speech to 479 voiced 50 stop',
    ]);
  });

  it('leaves at least a quarter of a second of voice behind a split, if there is such a gap', () => {
    // The quietest gap lies 3 frames of voice before the limit, a louder one 20 before.
    const player = new Player().play(
      [440, 0.9],
      [5, 0.3, { peak: 0.1 }],
      [14, 0.9],
      [5, 0.3, { peak: 0.01 }],
      [6, 0.9],
    );
    const [second] = player.take(player.segmenter.finish()).events.slice(-2);
    expect(['2 start 442 on', '2 start 443 on']).toContain(second);
    const only = new Player().play([460, 0.9, { peak: 0.9 }], [4, 0.3, { peak: 0.01 }], [7, 0.9]);
    expect(only.take(only.segmenter.finish()).events.at(-1)).toMatch(/^2 end .* voiced \d+ stop$/);
  });

  it('splits right at a gap of a single frame, not in the word beside it', () => {
    const player = new Player().play([430, 0.9], [1, 0.9, { peak: 0.01 }], [60, 0.9, { peak: 0.501 }]);
    const start = player.events.find((event) => event.startsWith('2 start'));
    expect(['2 start 430 on', '2 start 431 on']).toContain(start);
  });

  it('knows speech that goes on where the speaker was cut off', () => {
    const player = new Player().play([30, 0.9], [3, 0.1]);
    player.take(player.segmenter.endNow()).play([4, 0.9], [30, 0.1], [5, 0.9], [30, 0.1]);
    expect(player.events.filter((event) => event.includes('start'))).toEqual([
      '1 start 0',
      '2 start 33 on',
      '3 start 55',
    ]);
    const paused = new Player().play([30, 0.9], [8, 0.1]);
    paused.take(paused.segmenter.endNow()).play([4, 0.9]);
    expect(paused.events.at(-1)).toBe('2 start 38');
  });

  it('splits right here when the limit falls into a pause', () => {
    const player = new Player().play([462, 0.9], [20, 0.1, { peak: 0 }], [10, 0.9]);
    expect(player.events).toEqual([
      '1 start 0',
      '1 pause 462',
      '1 end 0..468 speech to 462 voiced 462 split',
      '2 start 468',
    ]);
  });

  it('does not begin an utterance of nothing when the gap is at the very end', () => {
    const player = new Player().play([464, 0.9], [4, 0.1, { peak: 0 }], [30, 0.1]);
    expect(player.events).toEqual(['1 start 0', '1 end 0..465 speech to 464 voiced 464 split']);
  });

  it('knows speech behind such a gap for what goes on, unless a pause has passed', () => {
    const after = (silence: number) =>
      new Player()
        .play([464, 0.9], [4, 0.1, { peak: 0 }], [silence, 0.1], [5, 0.9])
        .events.filter((event) => event.includes('start'));
    expect(after(0)).toEqual(['1 start 0', '2 start 465 on']);
    expect(after(1)).toEqual(['1 start 0', '2 start 465 on']);
    expect(after(10)).toEqual(['1 start 0', '2 start 465']);
  });

  it('obeys the longest window of the models, and a limit too short for words is lifted', () => {
    const lengths = (maxUtteranceSamples: number) =>
      new Player({ maxUtteranceSamples })
        .play([2_000, 0.9])
        .all.flatMap((event) =>
          event.type === 'utterance-end' ? [event.range.end - event.range.start] : [],
        );
    expect(lengths(10 * 16_000).every((length) => length <= 10 * 16_000 && length > 5 * 16_000)).toBe(true);
    expect(lengths(10 * 16_000).length).toBeGreaterThan(5);
    expect(lengths(100).every((length) => length > 0.7 * 16_000)).toBe(true);
  });

  describe('asked to confirm now', () => {
    it('ends the utterance at once if the speaker is silent', () => {
      const player = new Player().play([10, 0.9], [3, 0.1]);
      player.take(player.segmenter.endNow());
      expect(player.events).toEqual(['1 start 0', '1 end 0..13 speech to 10 voiced 10 silence']);
      expect(player.segmenter.endNow()).toEqual([]);
      expect(player.segmenter.finish()).toEqual([]);
    });

    it('lets the word that is spoken come to its end', () => {
      const player = new Player().play([10, 0.9]);
      player.take(player.segmenter.endNow());
      expect(player.events, 'not in mid-word').toEqual(['1 start 0']);
      // Two frames of silence are a stop consonant.
      player.play([2, 0.1], [3, 0.9], [3, 0.1], [5, 0.9]).take(player.segmenter.finish());
      expect(player.events).toEqual([
        '1 start 0',
        '1 end 0..18 speech to 15 voiced 13 silence',
        '2 start 18 on',
        '2 end 18..23 speech to 23 voiced 5 stop',
      ]);
    });

    it('cuts one who speaks on at the quietest gap, and loses nothing', () => {
      const player = new Player().play([30, 0.9]);
      // 500 ms are over with the 16th frame.
      player.take(player.segmenter.endNow()).play([4, 0.9], [1, 0.9, { peak: 0.01 }], [20, 0.9]);
      player.take(player.segmenter.finish());
      const [start, end, next, last] = player.events;
      expect(start).toBe('1 start 0');
      const cut = Number(/^1 end 0\.\.(\d+) .* silence$/.exec(end ?? '')?.[1]);
      expect([34, 35]).toContain(cut);
      expect(next).toBe(`2 start ${cut} on`);
      expect(last).toBe(`2 end ${cut}..55 speech to 55 voiced ${55 - cut} stop`);
    });

    it('asks for the end of that utterance only', () => {
      const player = new Player().play([10, 0.9]);
      player.take(player.segmenter.endNow()).play([30, 0.1], [60, 0.9]);
      expect(player.events.filter((event) => event.includes('end'))).toHaveLength(1);
    });
  });

  it('takes missing frames for silence', () => {
    expect(new Player().play([10, 0.9]).skip(5).play([2, 0.9], [5, 0.1]).events).toEqual([
      '1 start 0',
      '1 pause 17',
    ]);
    expect(new Player().play([10, 0.9]).skip(100).play([2, 0.9]).events).toEqual([
      '1 start 0',
      '1 end 0..10 speech to 10 voiced 10 silence',
      '2 start 95.9375',
    ]);
  });

  it('refuses a clock that runs backwards', () => {
    const player = new Player().play([2, 0.9]);
    expect(() => player.segmenter.push({ start: 0, probability: 0, peak: 0, gated: false })).toThrow(
      RangeError,
    );
  });
});
