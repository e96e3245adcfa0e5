import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatNames, listedNames, parseNames } from '../../bench/vocabulary-names';
import {
  dictateUtterances,
  readProjects,
  readUtterances,
  type Corpus,
  type Half,
  type Outcome,
} from '../../bench/vocabulary-corpus';

const root = path.resolve(import.meta.dirname, '../../..');
const HALVES: readonly Half[] = ['tuning', 'heldout'];

function sum(outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number {
  return outcomes.reduce((total, outcome) => total + of(outcome), 0);
}

describe.each(['real', 'written'] as const)('the corpus over %s files', (corpus: Corpus) => {
  const projects = readProjects(root, corpus);

  describe.each(HALVES)('its %s half', (half) => {
    const outcomes = dictateUtterances(projects, readUtterances(root, corpus, half));
    it('is large enough to tell something', () => {
      expect(outcomes.length).toBeGreaterThanOrEqual(100);
      expect(sum(outcomes, ({ utterance }) => utterance.names.length)).toBeGreaterThanOrEqual(100);
    });
    it('has nine names in ten right', () => {
      const right =
        sum(outcomes, (outcome) => outcome.right) / sum(outcomes, ({ utterance }) => utterance.names.length);
      expect(right).toBeGreaterThanOrEqual(0.9);
    });
    it('has at most one ordinary word in two hundred wrong', () => {
      const wrong =
        sum(outcomes, (outcome) => outcome.wrong) / sum(outcomes, ({ utterance }) => utterance.words.length);
      expect(wrong).toBeLessThanOrEqual(0.005);
    });
  });

  it('has no utterance in both halves', () => {
    const [tuning, heldout] = HALVES.map(
      (half) => new Set(readUtterances(root, corpus, half).map(({ heard }) => heard)),
    );
    expect([...tuning!].filter((heard) => heldout!.has(heard))).toEqual([]);
  });

  it('asks for names that its projects have, and for words that were said', () => {
    const known = new Set(projects.flatMap(({ names }) => [...names]));
    for (const half of HALVES)
      for (const { names, heard } of readUtterances(root, corpus, half)) {
        expect(heard).not.toMatch(/[«»]/u);
        for (const name of names) expect(known, heard).toContain(name);
      }
  });
});

describe('the corpus over real files', () => {
  it.each(HALVES)('is about all four languages, in its %s half', (half) => {
    const documents = readUtterances(root, 'real', half).map(({ document }) => path.extname(document));
    expect([...new Set(documents)].sort()).toEqual(['.go', '.py', '.rs', '.ts']);
  });
  it('has prose without any name beside the rest', () => {
    const plain = HALVES.flatMap((half) => readUtterances(root, 'real', half)).filter(
      ({ names }) => names.length === 0,
    );
    expect(plain.length).toBeGreaterThanOrEqual(100);
  });
});

describe('a list of names', () => {
  it('has what a vocabulary takes of a source, and comes back as it was written', () => {
    const source = 'export function getUser(userId) { return cache.get(userId) ?? fetchUser(userId) }';
    const names = listedNames(source);
    expect([...names]).toEqual([
      ['getUser', 1],
      ['userId', 3],
      ['fetchUser', 1],
    ]);
    const list = new Map([
      ['src/users.ts', names],
      ['LICENSE', new Map<string, number>()],
    ]);
    const read = parseNames(formatNames(list));
    expect([...read.keys()]).toEqual([...list.keys()]);
    expect(new Map(read.get('src/users.ts'))).toEqual(names);
    expect(read.get('LICENSE')!.size).toBe(0);
  });
  it.each(['3 before any document', '@ a.ts\nno count', '@ a.ts\n0 nothing'])('is not %j', (text) => {
    expect(() => parseNames(text)).toThrow('no list of names');
  });
});
