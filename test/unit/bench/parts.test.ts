import { describe, expect, it } from 'vitest';
import { msToSamples } from '../../../src/core/units';
import { distribution, drawn } from '../../bench/chart';
import { FirstPlaced } from '../../bench/first-placed';
import { padded, spokenUtterances } from '../../bench/playlist';
import { quietCuts } from '../../bench/quiet-cuts';
import { row } from '../../bench/results';

describe('a figure', () => {
  it.each([
    ['is rounded', 0.3456, { atMost: 0.4 }, 0.35, true],
    ['is judged before it is rounded', 0.3504, { atMost: 0.35 }, 0.3504, false],
    ['is judged so by a lower limit, too', 7.9999, { atLeast: 8 }, 7.9999, false],
    ['that is its goal has reached it', 8, { atLeast: 8 }, 8, true],
    ['of hundreds needs no fraction', 450.4, { atMost: 500 }, 450, true],
    ['but where it decides', 450.4, { atMost: 450 }, 450.4, false],
    ['that was not measured has missed every goal', NaN, { atMost: 1 }, NaN, false],
  ] as const)('%s', (_, value, goal, told, ok) =>
    expect(row('figure', value, 'ms', goal)).toMatchObject({ value: told, ok }),
  );
});

describe('the first moment when a word stood in its place', () => {
  const times = (...shown: [text: string, atMs: number][]) => {
    const placed = new FirstPlaced();
    for (const [text, atMs] of shown) placed.show(text, atMs);
    return placed.times(['open', 'the', 'file', 'now']);
  };

  it.each([
    ['right words', 'open the', [10, 10, undefined, undefined]],
    ['a misheard word', 'open a file', [10, 10, 10, undefined]],
    ['one word for another at the end', 'open the vial', [10, 10, 10, undefined]],
    ['a word too many', 'open up the', [10, 10, undefined, undefined]],
    ['nothing', '', [undefined, undefined, undefined, undefined]],
  ])('%s', (_, text, expected) => expect(times([text, 10])).toEqual(expected));

  it('is the first of all texts', () => {
    expect(times(['open', 10], ['', 20], ['shut the file', 30])).toEqual([10, 30, 30, undefined]);
  });
});

describe('cuts at quiet places', () => {
  const loud = (length: number) => new Float32Array(length).fill(0.5);

  it('leave short audio whole', () => {
    expect(quietCuts(loud(1_000), 1_000)).toEqual([{ start: 0, end: 1_000 }]);
  });

  it('lie in the silence, and no piece is too long', () => {
    const audio = loud(40_000);
    audio.fill(0, 12_000, 16_000);
    const cuts = quietCuts(audio, 16_000);
    expect(cuts[0]?.end).toBeGreaterThanOrEqual(12_000);
    expect(cuts.every(({ start, end }) => end > start && end - start <= 16_000)).toBe(true);
    expect(cuts.map(({ start }) => start).slice(1)).toEqual(cuts.map(({ end }) => end).slice(0, -1));
    expect(cuts.at(-1)?.end).toBe(40_000);
  });
});

describe('playlists', () => {
  const word = (text: string, from: number, to: number) => ({
    text,
    start: msToSamples(from),
    end: msToSamples(to),
  });

  it('are utterances between true pauses', () => {
    const words = [word('a', 0, 400), word('b', 650, 900), word('c', 1_200, 1_500), word('d', 1_900, 2_000)];
    const texts = spokenUtterances(words, 300).map((utterance) => utterance.map(({ text }) => text).join(''));
    expect(texts).toEqual(['ab', 'c', 'd']);
  });

  it('are padded to whole cycles, never cut', () => {
    const list = { name: 'x', samples: new Float32Array(16_000), words: [] };
    expect(padded(list, 2).samples.length).toBeGreaterThanOrEqual(32_000);
    expect(() => padded(list, 0.5)).toThrow('longer than 0.5 s');
  });
});

describe('charts', () => {
  it('draw every curve inside the axes, with its name and the goal', () => {
    const svg = drawn([
      {
        title: 'a < b',
        x: 'ms',
        y: '%',
        series: [
          distribution('first', [30, 10, 20]),
          distribution('second', [50, 150]),
          distribution('beyond', [500]),
        ],
        xMost: 100,
        goalX: 50,
      },
    ]);
    expect(svg).toContain('a &lt; b');
    for (const name of ['first', 'second', 'beyond']) expect(svg).toContain(`>${name}<`);
    expect(svg).toContain('stroke-dasharray');
    const points = [...svg.matchAll(/points="([^"]*)"/g)].flatMap(([, list = '']) =>
      list === '' ? [] : list.split(' '),
    );
    // Three, one and where the second curve leaves the chart, none.
    expect(points).toHaveLength(5);
    expect(points[4]).toBe('704.0,98.0');
    for (const point of points) {
      const [x = NaN, y = NaN] = point.split(',').map(Number);
      expect(x).toBeGreaterThanOrEqual(64);
      expect(x).toBeLessThanOrEqual(704);
      expect(y).toBeGreaterThanOrEqual(40);
      expect(y).toBeLessThanOrEqual(272);
    }
  });

  it('show the share of values up to each', () => {
    expect(distribution('x', [30, 10]).points).toEqual([
      [10, 50],
      [30, 100],
    ]);
  });
});
