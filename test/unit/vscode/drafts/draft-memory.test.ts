import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PastState } from '../../../../src/core/anchor/draft-states';
import { DraftMemory } from '../../../../src/vscode/draft-memory';
import { areDraftsLeft } from '../../../../src/vscode/stray-drafts';

const SETTLED_MS = 1_000;
const NONE = { states: [], lines: [] };

function state(hash: string, drafts: PastState['drafts'] = [{ start: 1, end: 2 }]): PastState {
  return { length: 3, hash, drafts, since: 7, stood: 0, touched: 7 };
}
const LINES = {
  count: 1,
  length: 3,
  hash: 'lines',
  isTop: true,
  isBottom: true,
  start: { line: 0, character: 1 },
  end: { line: 0, character: 2 },
};

describe('what a window remembers of drafts in documents', () => {
  let stored: unknown;
  let isFull: boolean;
  let tries: number;
  const warnings: string[] = [];
  const log = { warn: (message: string) => void warnings.push(message) };
  const memory = {
    keys: () => [],
    get: <T>() => stored as T,
    update: (_key: string, value: unknown) => {
      tries++;
      if (isFull) return Promise.reject(new Error('ENOSPC'));
      // As it outlives a window.
      stored = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
      return Promise.resolve();
    },
  };
  const open = () => new DraftMemory({ memory, log, settledMs: SETTLED_MS });
  const settled = () => vi.advanceTimersByTimeAsync(0);

  beforeEach(() => {
    vi.useFakeTimers();
    [stored, isFull, tries] = [undefined, false, 0];
    warnings.length = 0;
  });
  afterEach(() => vi.useRealTimers());

  it('is what the next one finds: states with drafts, and the lines around those of the newest', () => {
    open().keep('file:///a', { states: [state('b'), state('gone', []), state('a')], lines: [LINES] }, true);
    expect(open().left).toEqual([
      { uri: 'file:///a', length: 3, hash: 'b', drafts: [{ start: 1, end: 2 }], since: 7, lines: [LINES] },
      { uri: 'file:///a', length: 3, hash: 'a', drafts: [{ start: 1, end: 2 }], since: 7, lines: [] },
    ]);
  });

  it('has no lines around a draft that was not the last that was seen', () => {
    open().keep('file:///a', { states: [state('gone', []), state('a')], lines: [] }, false);
    expect(open().left).toMatchObject([{ hash: 'a', lines: [] }]);
  });

  it('goes once the document has stood without a draft', async () => {
    const now = open();
    now.keep('file:///a', { states: [state('a')], lines: [] }, false);
    await vi.advanceTimersByTimeAsync(SETTLED_MS - 1);
    now.keep('file:///a', { states: [state('a')], lines: [] }, false);
    await vi.advanceTimersByTimeAsync(SETTLED_MS - 1);
    expect(areDraftsLeft({ ...memory })).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(areDraftsLeft({ ...memory })).toBe(false);
    expect(now.of('file:///a')).toEqual(NONE);
  });

  it('stays as long as a draft stands there, and when the window ends', async () => {
    const now = open();
    now.keep('file:///a', { states: [state('a')], lines: [] }, true);
    await vi.advanceTimersByTimeAsync(2 * SETTLED_MS);
    expect(open().left).toHaveLength(1);
    now.keep('file:///a', { states: [state('a')], lines: [] }, false);
    now.close();
    await vi.advanceTimersByTimeAsync(2 * SETTLED_MS);
    now.keep('file:///a', NONE, false);
    expect(open().left).toHaveLength(1);
  });

  it('keeps what former windows have left until that is seen to, whatever is dictated meanwhile', () => {
    const former = open();
    former.keep('untitled:Untitled-1', { states: [state('a')], lines: [] }, true);
    former.keep('file:///b', { states: [state('b')], lines: [] }, true);
    const now = open();
    now.keep('file:///c', { states: [state('c')], lines: [] }, true);
    now.settle('file:///b');
    const hashes = () => open().left.map(({ hash }) => hash);
    expect(hashes()).toEqual(['c', 'a']);
    now.keep('untitled:Untitled-1', { states: [state('d')], lines: [] }, true);
    expect(hashes()).toEqual(['c', 'd', 'a']);
    now.settle('untitled:Untitled-1');
    expect(hashes()).toEqual(['c', 'd']);
  });

  it('is not written again while nothing changes', async () => {
    const now = open();
    expect(tries).toBe(0);
    now.keep('file:///a', { states: [state('a')], lines: [] }, true);
    now.keep('file:///a', { states: [state('a')], lines: [] }, true);
    await settled();
    open();
    expect(tries).toBe(1);
  });

  it('of another form is forgotten', () => {
    stored = [{ uri: 'file:///a', start: 1, length: 6, hash: 'x' }];
    expect(open().left).toEqual([]);
    expect(stored).toBe(undefined);
  });

  it('is told once if it cannot be written, and written with the next change', async () => {
    const now = open();
    isFull = true;
    now.keep('file:///a', { states: [state('a')], lines: [] }, true);
    await settled();
    now.keep('file:///a', { states: [state('b')], lines: [] }, true);
    await settled();
    expect(warnings).toEqual(['Drafts in documents cannot be remembered: Error: ENOSPC']);
    isFull = false;
    // The same once more: it was not written.
    now.keep('file:///a', { states: [state('b')], lines: [] }, true);
    await settled();
    expect(open().left).toMatchObject([{ hash: 'b' }]);
    isFull = true;
    now.keep('file:///a', { states: [state('c')], lines: [] }, true);
    await settled();
    expect(warnings).toHaveLength(2);
  });
});
