import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexSteps } from '../../../../src/core/vocabulary/index-steps';
import { namesIn } from '../../../../src/core/vocabulary/names';
import { Vocabulary } from '../../../../src/core/vocabulary/vocabulary';
import { DocumentIndexer, type IndexJob } from '../../../../src/vscode/vocabulary/document-indexer';
import type { IndexLimits } from '../../../../src/vscode/vocabulary/limits';
import { SLICE_MS, Slicer, type SliceClock } from '../../../../src/vscode/vocabulary/slices';

const LIMITS: IndexLimits = { listed: 100, files: 100, bytesPerFile: 1_000, bytes: 10_000, names: 1_000 };

/** A clock on which every look costs `cost` ms; counts rests. */
class CountingClock implements SliceClock {
  time = 0;
  pauses = 0;
  worst = 0;
  private resumed = 0;
  constructor(private readonly cost: number) {}
  now(): number {
    this.time += this.cost;
    return this.time;
  }
  async pause(): Promise<void> {
    if (this.pauses > 0) this.worst = Math.max(this.worst, this.time - this.resumed);
    this.pauses++;
    await Promise.resolve();
    this.resumed = this.time;
  }
}

function indexer(limits: Partial<IndexLimits> = {}, clock: SliceClock = new CountingClock(0)) {
  const vocabulary = new Vocabulary({ ordinaryWords: new Set(['the']) });
  const parts = { vocabulary, limits: { ...LIMITS, ...limits }, clock };
  return { vocabulary, index: new DocumentIndexer(parts) };
}

function job(key: string, text: string | undefined): IndexJob {
  return { key, fileName: '', read: () => Promise.resolve(text) };
}

function namesOf(vocabulary: Vocabulary, ...documents: string[]): readonly string[] {
  vocabulary.focus({ document: documents[0] ?? '', near: new Set(), openDocuments: new Set(documents) });
  return vocabulary
    .nearby()
    .map(({ text }) => text)
    .toSorted();
}

describe('work in slices', () => {
  function* work(steps: number): Generator<void, void> {
    for (let step = 0; step < steps; step++) yield;
  }
  it('rests whenever its share of time is over, however much there is to do', async () => {
    const clock = new CountingClock(1);
    expect(await new Slicer(clock).run(work(1_000), () => false)).toBe(true);
    // A step too many, and the look at the clock after a rest.
    expect(clock.worst).toBeLessThanOrEqual(SLICE_MS + 2);
    expect(clock.pauses).toBeGreaterThan(1_000 / (SLICE_MS + 2));
  });
  it('shares one slice among small pieces of work', async () => {
    const clock = new CountingClock(0.1);
    const slicer = new Slicer(clock);
    for (let piece = 0; piece < 10; piece++) await slicer.run(work(2), () => false);
    expect(clock.pauses).toBe(1);
  });
  it('stops in the middle', async () => {
    let left = 3;
    expect(await new Slicer(new CountingClock(1)).run(work(100), () => left-- === 0)).toBe(false);
  });
});

describe('a text that is taken in by steps', () => {
  it('has the same names as in one, wherever it is cut', () => {
    const word = fc.constantFrom('getUser', 'load_page', ' ', '\n', '.', 'ürgendWas', '()', 'a-b', '😀');
    fc.assert(
      fc.property(fc.array(word, { minLength: 3_000, maxLength: 4_000 }), fc.boolean(), (parts, kebab) => {
        // No chunk can be as long as this without a blank.
        const text = parts.map((part, index) => (index % 4 === 0 ? `${part} ` : part)).join('');
        const vocabulary = new Vocabulary({ ordinaryWords: new Set() });
        let steps = 0;
        for (const _ of indexSteps(vocabulary, 'a', 'file.ts', text, kebab)) steps++;
        const expected = new Vocabulary({ ordinaryWords: new Set() });
        expected.setDocument('a', new Map([...namesIn(text, kebab), ['file.ts', 1]]));
        expect(namesOf(vocabulary, 'a')).toEqual(namesOf(expected, 'a'));
        expect(steps).toBeGreaterThan(1);
      }),
      { numRuns: 20 },
    );
  });
});

describe('documents', () => {
  it('are taken in, replaced and forgotten', async () => {
    const { vocabulary, index } = indexer();
    index.add(job('a', 'getUser loadPage'));
    index.add(job('b', 'getUser'));
    await index.idle();
    expect(namesOf(vocabulary, 'a', 'b')).toEqual(['getUser', 'loadPage']);
    index.add(job('a', 'dropTable'));
    await index.idle();
    expect(namesOf(vocabulary, 'a', 'b')).toEqual(['dropTable', 'getUser']);
    index.remove('b');
    index.remove('never seen');
    await index.idle();
    expect(namesOf(vocabulary, 'a', 'b')).toEqual(['dropTable']);
    expect(index.size).toBe(1);
  });

  it('that are open come first', async () => {
    const order: string[] = [];
    const { index } = indexer();
    const watched = (key: string): IndexJob => ({
      ...job(key, 'x'),
      read: async () => (order.push(key), 'x'),
    });
    index.add(watched('a'));
    index.add(watched('b'));
    index.add(watched('open'), true);
    await index.idle();
    expect(order.indexOf('open')).toBeLessThan(order.indexOf('b'));
  });

  it('read while they change end with the latest text', async () => {
    const { vocabulary, index } = indexer();
    let finish = (_text: string): void => undefined;
    const slow = new Promise<string>((resolve) => (finish = resolve));
    index.add({ key: 'a', fileName: '', read: () => slow });
    await Promise.resolve();
    index.add(job('a', 'newName'));
    finish('oldName');
    await index.idle();
    expect(namesOf(vocabulary, 'a')).toEqual(['newName']);
    expect(vocabulary.size).toBe(1);
  });

  it('that cannot be read are known by their file name', async () => {
    const { vocabulary, index } = indexer();
    index.add({ key: 'a', fileName: 'logo.png', read: () => Promise.reject(new Error('gone')) });
    await index.idle();
    expect(namesOf(vocabulary, 'a')).toEqual(['logo.png']);
  });

  it('count no more than the limits, but open ones always', async () => {
    const { vocabulary, index } = indexer({ files: 2, bytes: 30 });
    index.add(job('a', 'firstName'));
    index.add(job('b', 'secondName'));
    index.add(job('c', 'thirdName'));
    index.add({ ...job('d', 'fourthName'), fileName: 'd.ts' });
    await index.idle();
    expect(namesOf(vocabulary, 'a', 'b', 'c', 'd')).toEqual(['d.ts', 'firstName', 'secondName']);
    index.add(job('e', 'openName'.repeat(5)), true);
    await index.idle();
    expect(namesOf(vocabulary, 'e')).toHaveLength(1);
    index.remove('a');
    index.remove('b');
    index.remove('e');
    await index.idle();
    index.add(job('c', 'thirdName'));
    await index.idle();
    expect(namesOf(vocabulary, 'c')).toEqual(['thirdName']);
  });

  it('stop coming when there are names enough', async () => {
    const { vocabulary, index } = indexer({ names: 2 });
    index.add(job('a', 'oneName otherName'));
    index.add(job('b', 'thirdName'));
    await index.idle();
    expect(vocabulary.size).toBe(2);
    expect(index.size).toBe(1);
  });

  it('are left alone once it is disposed', async () => {
    const clock = new CountingClock(1);
    const { vocabulary, index } = indexer({ bytes: 1e6 }, clock);
    const many = Array.from({ length: 500 }, (_, number) => `name_${number}`).join(' ');
    index.add(job('a', many));
    index.add(job('b', 'getUser'));
    const done = index.idle();
    while (vocabulary.size === 0) await Promise.resolve();
    index.dispose();
    index.add(job('c', 'getUser'));
    await done;
    expect(vocabulary.size).toBeLessThan(500);
    expect(namesOf(vocabulary, 'b', 'c')).toEqual([]);
  });

  it('however they come and go leave the names of those that are there', async () => {
    const text = fc.array(fc.constantFrom('getUser', 'load_page', 'A_B', 'xY'), { maxLength: 4 });
    const step = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(text), fc.boolean(), fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { vocabulary, index } = indexer();
        const last = new Map<string, readonly string[]>();
        for (const [key, names, urgent, wait] of steps) {
          if (names) index.add(job(key, names.join(' ')), urgent);
          else index.remove(key);
          last.set(key, names ?? []);
          if (wait) await index.idle();
        }
        await index.idle();
        const expected = new Set([...last.values()].flat().filter((name) => name.length > 2));
        expect(namesOf(vocabulary, 'a', 'b', 'c')).toEqual([...expected].toSorted());
        expect(vocabulary.size).toBe(expected.size);
      }),
    );
  });
});
