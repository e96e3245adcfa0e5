import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { History } from '../../../src/vscode/history';
import type { HistoryStore } from '../../../src/vscode/history-entry';
import { HistoryFiles } from '../../../src/vscode/history-files';

const LOG = { error: vi.fn(), warn: vi.fn(), info: vi.fn(), debug: vi.fn() };
const place = (text: string, offset = 0) => ({ text, uri: 'file:///a', offset });
const HOUR_MS = 3_600_000;

describe('History', () => {
  let folder: string;
  let clock = 0;
  let size = 50;

  function open(window: string, store: HistoryStore = new HistoryFiles(folder, window)): History {
    return new History({ store, size: () => size, now: () => ++clock, window, log: LOG });
  }
  const texts = async (history: History) => (await history.all()).map(({ text }) => text);

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'history-')), 'history');
    [clock, size] = [0, 50];
    LOG.warn.mockClear();
  });
  afterEach(async () => {
    vi.useRealTimers();
    await rm(path.dirname(folder), { recursive: true, force: true });
  });

  it('keeps the latest entries, newest first', async () => {
    size = 3;
    const history = open('a');
    for (let i = 0; i < 5; i++) history.add(place(`take ${i}`), 'inserted');
    expect(await texts(history)).toEqual(['take 4', 'take 3', 'take 2']);
    await history.dispose();
    const [name = ''] = await readdir(folder);
    expect(JSON.parse(await readFile(path.join(folder, name), 'utf8'))).toHaveLength(3);
  });

  it('is found by the next window, with what became of each text', async () => {
    const history = open('a');
    history.add(place('one', 7), 'inserted');
    history.add(place('two'), 'kept');
    await history.dispose();
    expect(await open('b').all()).toMatchObject([
      { text: 'two', state: 'kept' },
      { text: 'one', state: 'inserted', uri: 'file:///a', offset: 7 },
    ]);
  });

  it('has the drafts of a window that crashed, a second old at most', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const history = open('a');
    const owner = {};
    history.setDraft(owner, place('one'));
    history.setDraft(owner, place('one two'));
    expect(await texts(open('b'))).toEqual([]);
    vi.advanceTimersByTime(1_000);
    await history.flush();
    history.setDraft(owner, place('one two three'));
    // Here the window ends without a word.
    expect(await open('b').all()).toMatchObject([{ text: 'one two', state: 'draft' }]);
  });

  it('has a draft of a window that crashed first, however long words before it were drafts, too', async () => {
    const history = open('a');
    const owner = {};
    history.setDraft(owner, place('one'));
    history.setDraft(owner, place('one two'));
    // Its first words are confirmed, and there was no moment without a draft.
    history.add(place('One.'), 'inserted');
    history.setDraft(owner, place('two three'));
    await history.flush();
    expect(await texts(history)).toEqual(['two three', 'One.']);
    expect(await texts(open('b'))).toEqual(['two three', 'One.']);
  });

  it('has what a window that crashed had inserted of an utterance that went on, behind its draft', async () => {
    const history = open('a');
    const owner = {};
    history.setDraft(owner, place('three'));
    history.setUnfinished(owner, place('One two'));
    await history.flush();
    expect(await open('b').all()).toMatchObject([
      { text: 'three', state: 'draft' },
      { text: 'One two', state: 'inserted' },
    ]);
    // Once the utterance is whole it stands there once.
    history.add(place('One two three.'), 'inserted');
    history.setUnfinished(owner, undefined);
    history.setDraft(owner, undefined);
    await history.flush();
    expect(await texts(history)).toEqual(['One two three.']);
    expect(await texts(open('b'))).toEqual(['One two three.']);
  });

  it('has a draft behind what was inserted of its dictation before, however long it has been shown unchanged', async () => {
    const history = open('a');
    const [owner, other] = [{}, {}];
    history.setDraft(owner, place('two'));
    history.setDraft(other, place('elsewhere'));
    // Its first utterance was confirmed whole; no part of it was told before.
    history.add(place('One.'), 'inserted', owner);
    await history.flush();
    const expected = ['two', 'One.', 'elsewhere'];
    expect(await texts(history)).toEqual(expected);
    expect(await texts(open('b'))).toEqual(expected);
  });

  it('takes no draft for newer than it is because nothing is unfinished any more, or still the same', async () => {
    const history = open('a');
    const [owner, other] = [{}, {}];
    history.setDraft(owner, place('old draft'));
    history.setUnfinished(owner, place('said before'));
    history.add(place('newer'), 'inserted', other);
    history.setUnfinished(owner, place('said before'));
    history.setUnfinished(owner, undefined);
    expect(await texts(history)).toEqual(['newer', 'old draft']);
    history.setUnfinished(owner, undefined);
    expect(await texts(history)).toEqual(['newer', 'old draft']);
  });

  it('has what came later first, also of the same millisecond', async () => {
    const still = { store: new HistoryFiles(folder, 'a'), size: () => size, now: () => 7, log: LOG };
    const history = new History({ ...still, window: 'a' });
    for (const text of ['one', 'two', 'three']) history.add(place(text), 'inserted');
    history.setDraft({}, place('four'));
    await history.flush();
    const expected = ['four', 'three', 'two', 'one'];
    expect(await texts(history)).toEqual(expected);
    expect(await texts(open('b'))).toEqual(expected);
  });

  it('forgets a draft once it is in the document', async () => {
    const history = open('a');
    const owner = {};
    history.setDraft(owner, place('one'));
    await history.flush();
    history.add(place('One.'), 'inserted');
    history.setDraft(owner, undefined);
    await history.dispose();
    expect(await texts(open('b'))).toEqual(['One.']);
  });

  it('writes seldom while a draft grows', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let writes = 0;
    const store = {
      read: async () => [],
      prune: async () => undefined,
      clear: async () => undefined,
      write: async () => void writes++,
    };
    const history = open('a', store);
    const owner = {};
    for (let i = 0; i < 40; i++) {
      history.setDraft(owner, place(`draft ${i}`));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(writes).toBeGreaterThan(2);
    expect(writes).toBeLessThan(6);
  });

  it('of several windows is one history, and none overwrites another', async () => {
    const [a, b] = [open('a'), open('b')];
    for (let i = 0; i < 5; i++) {
      a.add(place(`a${i}`), 'inserted');
      b.add(place(`b${i}`), 'inserted');
    }
    await Promise.all([a.dispose(), b.dispose()]);
    const expected = ['b4', 'a4', 'b3', 'a3', 'b2', 'a2', 'b1', 'a1', 'b0', 'a0'];
    expect(await texts(a)).toEqual(expected);
    expect(await texts(open('c'))).toEqual(expected);
  });

  it('of size 0 keeps nothing, in memory and on disk', async () => {
    size = 0;
    const history = open('a');
    history.add(place('one'), 'inserted');
    history.setDraft({}, place('two'));
    await history.dispose();
    expect(await texts(history)).toEqual([]);
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  it('of size 0, once that is chosen, is gone at once, also what other windows wrote and what is a draft', async () => {
    const other = open('b');
    other.add(place('theirs'), 'inserted');
    await other.flush();
    const history = open('a');
    history.add(place('mine'), 'inserted');
    history.setDraft({}, place('draft'));
    await history.flush();
    expect(await readdir(folder)).toHaveLength(2);
    size = 0;
    history.resize();
    await history.flush();
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
    size = 50;
    expect(await texts(history)).toEqual([]);
  });

  it('of a smaller size, once that is chosen, is cut at once, and a window without entries writes none', async () => {
    const history = open('a');
    for (let i = 0; i < 5; i++) history.add(place(`take ${i}`), 'inserted');
    await history.flush();
    size = 2;
    history.resize();
    const idle = open('b');
    idle.resize();
    await Promise.all([history.flush(), idle.flush()]);
    const names = await readdir(folder);
    expect(names).toHaveLength(1);
    expect(JSON.parse(await readFile(path.join(folder, names[0] ?? ''), 'utf8'))).toHaveLength(2);
  });

  it('removes what abandoned windows wrote, once newer entries have taken its place', async () => {
    size = 2;
    for (const window of ['old', 'recent']) {
      const history = open(window);
      history.add(place(window), 'inserted');
      await history.dispose();
    }
    const longAgo = new Date(Date.now() - 30 * HOUR_MS);
    await utimes(path.join(folder, 'old.json'), longAgo, longAgo);
    const history = open('now');
    history.add(place('one'), 'inserted');
    history.add(place('two'), 'inserted');
    await history.dispose();
    expect((await readdir(folder)).sort()).toEqual(['now.json', 'recent.json']);
  });

  // Windows has no such bits: there, the folder of the user keeps others out.
  it.skipIf(process.platform === 'win32')('can be read by its owner only', async () => {
    const history = open('a');
    history.add(place('one'), 'inserted');
    await history.dispose();
    expect((await stat(path.join(folder, 'a.json'))).mode & 0o077).toBe(0);
  });

  it('passes over files that hold something else', async () => {
    const history = open('a');
    history.add(place('one'), 'inserted');
    await history.dispose();
    await writeFile(path.join(folder, 'half.json'), '[{"id":');
    await writeFile(path.join(folder, 'other.json'), '{"id":1}');
    await writeFile(path.join(folder, 'entries.json'), '[{"id":"x"},7,null]');
    expect(await texts(open('b'))).toEqual(['one']);
  });

  it('goes on in memory, and says so, when the disk does not take it', async () => {
    const full = () => Promise.reject(new Error('ENOSPC'));
    const history = open('a', {
      read: async () => [],
      prune: async () => undefined,
      clear: async () => undefined,
      write: full,
    });
    history.add(place('one'), 'kept');
    await history.dispose();
    expect(await texts(history)).toEqual(['one']);
    expect(LOG.warn).toHaveBeenCalledWith(expect.stringContaining('ENOSPC'));
  });

  describe('that cannot be written', () => {
    it('is told once, tried again with every entry, and told again only after it could be written', async () => {
      let isFull = true;
      let told = 0;
      const stored: string[][] = [];
      const history = new History({
        store: {
          read: async () => [],
          prune: async () => undefined,
          clear: async () => undefined,
          write: async (entries) => {
            if (isFull) throw new Error('ENOSPC');
            stored.push(entries.map(({ text }) => text));
          },
        },
        size: () => size,
        now: () => ++clock,
        window: 'a',
        log: LOG,
        onUnwritten: () => told++,
      });
      const add = async (text: string) => {
        history.add(place(text), 'inserted');
        await history.flush();
      };
      await add('one');
      await add('two');
      expect(told).toBe(1);
      expect(await texts(history)).toEqual(['two', 'one']);
      isFull = false;
      await add('three');
      expect(stored).toEqual([['one', 'two', 'three']]);
      expect(told).toBe(1);
      isFull = true;
      await add('four');
      expect(told).toBe(2);
      expect(JSON.stringify(LOG.warn.mock.calls)).not.toMatch(/one|two|three|four/);
    });

    it('because a file is where its folder should be: all that was said is there as long as the window is', async () => {
      let told = 0;
      await writeFile(folder, '');
      const store = new HistoryFiles(folder, 'a');
      const onUnwritten = () => told++;
      const parts = { store, size: () => size, now: () => ++clock, window: 'a', log: LOG, onUnwritten };
      const history = new History(parts);
      history.add(place('one'), 'inserted');
      history.setDraft({}, place('two'));
      await history.flush();
      expect(await texts(history)).toEqual(['two', 'one']);
      expect(told).toBe(1);
      await rm(folder);
      history.add(place('three'), 'inserted');
      await history.dispose();
      expect(await texts(open('b'))).toEqual(['three', 'two', 'one']);
    });

    it('is no reason to warn of old ones that could not be removed', async () => {
      const onUnwritten = vi.fn();
      const store = new HistoryFiles(folder, 'a');
      const prune = () => Promise.reject(new Error('EBUSY'));
      const history = new History({
        store: Object.assign(store, { prune }),
        size: () => size,
        now: () => ++clock,
        window: 'a',
        log: LOG,
        onUnwritten,
      });
      history.add(place('one'), 'inserted');
      await history.dispose();
      expect(onUnwritten).not.toHaveBeenCalled();
      expect(LOG.warn).toHaveBeenCalledWith(expect.stringContaining('EBUSY'));
    });
  });
});
