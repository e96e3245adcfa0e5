import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { DraftRecord } from '../../src/vscode/draft-record';
import type { EntryState, HistoryEntry, KeptText } from '../../src/vscode/history-entry';
import { takeOutStrayDrafts } from '../../src/vscode/take-out-drafts';
import type { Dictation } from './suite/dictation';
import { openFile, placeCursor, type, until } from './suite/editor';
import { onDisk, shows } from './suite/files';
import { inlineDictations } from './suite/inline';

describe('drafts in the document (style inline), left behind by a window that ended', () => {
  const { dictate } = inlineDictations();
  let records: DraftRecord[];
  let history: WrittenHistory;

  beforeEach(() => {
    records = [];
    history = new WrittenHistory();
  });
  afterEach(() => {
    for (const record of records) record.dispose();
  });

  /** Memory of a workspace, which outlives its windows. */
  class Memory implements vscode.Memento {
    private readonly values = new Map<string, unknown>();
    keys = () => [...this.values.keys()];
    get = <T>(key: string, byDefault?: T) => (this.values.get(key) as T | undefined) ?? byDefault;
    update = (key: string, value: unknown) => {
      if (value === undefined) this.values.delete(key);
      else this.values.set(key, value);
      return Promise.resolve();
    };
    copy(): Memory {
      const copy = new Memory();
      for (const [key, value] of this.values) void copy.update(key, value);
      return copy;
    }
  }

  /** What windows have written into the history, newest first. */
  class WrittenHistory {
    readonly entries: HistoryEntry[] = [];
    all = () => Promise.resolve(this.entries);
    add(kept: KeptText, state: EntryState): void {
      this.addOf(Date.now(), kept, state);
    }
    addOf(time: number, kept: KeptText, state: EntryState): void {
      this.entries.unshift({ ...kept, state, time, id: String(this.entries.length) });
    }
    get lines(): readonly string[] {
      return this.entries.map(({ state, text }) => `${state}: ${text}`);
    }
  }

  const takeOut = (memory: Memory) => takeOutStrayDrafts(memory, history);

  /** Dictates into an editor. Returns what the workspace remembers then, and brings the document back to what it was. */
  async function remembered(
    editor: vscode.TextEditor,
    say: (dictation: Dictation) => Promise<void>,
  ): Promise<Memory> {
    const memory = new Memory();
    const { document } = editor;
    const before = document.getText();
    const { isDirty } = document;
    const record = new DraftRecord(memory);
    records.push(record);
    const dictation = dictate(editor, { record });
    await say(dictation);
    const copy = memory.copy();
    await dictation.cancel();
    await dictation.dispose();
    if (document.getText() !== before) await becomes(editor, before);
    if (!isDirty) await document.save();
    await until('it is as clean as it was', () => document.isDirty === isDirty);
    return copy;
  }

  /** Drafts, one after the other, as they stand in a document. */
  const drafts =
    (...texts: readonly string[]) =>
    async ({ session, take }: Dictation) => {
      for (const text of texts) {
        session.draft(1, text);
        await take.settled();
      }
    };

  async function becomes(editor: vscode.TextEditor, text: string): Promise<void> {
    const { document } = editor;
    const all = new vscode.Range(new vscode.Position(0, 0), document.positionAt(document.getText().length));
    await editor.edit((builder) => builder.replace(all, text));
    await shows(document, text);
  }

  it('and brought back by hot exit: taken out, and there is nothing to save', async () => {
    const editor = await openFile('hot-exit.txt', 'x|\n');
    const memory = await remembered(editor, drafts('draft words'));
    placeCursor(editor, 1);
    await type(' draft words');
    await takeOut(memory);
    assert.equal(editor.document.getText(), 'x\n');
    await until('it is clean', () => !editor.document.isDirty);
    assert.deepEqual(memory.keys(), []);
  });

  it('and brought back behind another tab: the same', async () => {
    const editor = await openFile('hot-exit-behind.txt', 'x|\n');
    const { document } = editor;
    const memory = await remembered(editor, drafts('draft words'));
    placeCursor(editor, 1);
    await type(' draft words');
    await openFile('hot-exit-front.txt', '|\n');
    await takeOut(memory);
    await shows(document, 'x\n');
    await until('it is clean', () => !document.isDirty);
    assert.equal(await onDisk(document.uri), 'x\n');
  });

  it('beside what the user had not saved: that stays as it is', async () => {
    const editor = await openFile('hot-exit-dirty.txt', 'x|\n');
    await type('!');
    const memory = await remembered(editor, drafts('draft'));
    placeCursor(editor, 2);
    await type(' draft');
    await takeOut(memory);
    assert.equal(editor.document.getText(), 'x!\n');
    assert.equal(editor.document.isDirty, true);
  });

  it('and written to the file when it closed: taken out of the file', async () => {
    const editor = await openFile('saved-at-exit.txt', 'x|\n');
    const { document } = editor;
    const memory = await remembered(editor, drafts('draft'));
    await vscode.workspace.fs.writeFile(document.uri, Buffer.from('x draft\n'));
    await shows(document, 'x draft\n');
    await takeOut(memory);
    assert.equal(await onDisk(document.uri), 'x\n');
  });

  it('and edited since: it is the user’s, also where they only typed elsewhere', async () => {
    for (const [name, text] of [
      ['edited-since.txt', 'x drift\n'],
      ['longer-since.txt', 'x draft\ny\n'],
    ] as const) {
      const editor = await openFile(name, 'x|\n');
      const memory = await remembered(editor, drafts('draft'));
      await becomes(editor, text);
      await takeOut(memory);
      assert.equal(editor.document.getText(), text);
      assert.deepEqual(memory.keys(), []);
    }
  });

  for (const [what, backup] of [
    ['fewer', 'x some\n'],
    ['more', 'x some more words\n'],
    ['other', 'x sum\n'],
  ] as const)
    it(`and brought back with the ${what} words of a draft before: taken out`, async () => {
      const editor = await openFile(`older-${what}.txt`, 'x|\n');
      const memory = await remembered(editor, drafts('sum', 'some', 'some more words', 'some words'));
      await becomes(editor, backup);
      await takeOut(memory);
      assert.equal(editor.document.getText(), 'x\n');
      await until('it is clean', () => !editor.document.isDirty);
    });

  it('and brought back with a draft whose words were confirmed since: taken out, what was confirmed before stays', async () => {
    const editor = await openFile('confirmed-since.txt', 'x|\n');
    const memory = await remembered(editor, async (dictation) => {
      const { session, take } = dictation;
      await dictation.say('One.');
      session.draft(2, 'to');
      await take.settled();
      session.commit(2, 'Two.', { replacedDraft: 'to' });
      await take.settled();
      assert.equal(editor.document.getText(), 'x One. Two.\n');
    });
    await becomes(editor, 'x One. to\n');
    await takeOut(memory);
    assert.equal(editor.document.getText(), 'x One.\n');
  });

  it('whose words were confirmed as they were drafted: they stay', async () => {
    const editor = await openFile('confirmed-as-drafted.txt', 'x|\n');
    const memory = await remembered(editor, async ({ session, take }) => {
      session.draft(1, 'same words');
      await take.settled();
      session.commit(1, 'same words');
      session.draft(2, 'then');
      await take.settled();
      assert.equal(editor.document.getText(), 'x same words then\n');
    });
    await becomes(editor, 'x same words\n');
    await takeOut(memory);
    assert.equal(editor.document.getText(), 'x same words\n');
  });

  it('at several cursors: taken out everywhere', async () => {
    const editor = await openFile('stray-cursors.txt', 'a|\nb\n');
    editor.selections = [new vscode.Selection(0, 1, 0, 1), new vscode.Selection(1, 1, 1, 1)];
    const memory = await remembered(editor, drafts('one', 'one two'));
    await becomes(editor, 'a one\nb one\n');
    await takeOut(memory);
    assert.equal(editor.document.getText(), 'a\nb\n');
    assert.deepEqual(history.lines, ['draft: one']);
  });

  it('and typed by the user themselves after they were gone: theirs', async () => {
    const editor = await openFile('typed-since.txt', 'x|\n');
    const memory = new Memory();
    const record = new DraftRecord(memory);
    records.push(record);
    const dictation = dictate(editor, { record });
    await drafts('draft', 'other')(dictation);
    await dictation.cancel();
    await dictation.dispose();
    assert.notDeepEqual(memory.keys(), [], 'a crash might still bring them back');
    await becomes(editor, 'x draft\n');
    await takeOut(memory.copy());
    assert.equal(editor.document.getText(), 'x draft\n');
  });

  it('are forgotten once the document has stood without them', async () => {
    const editor = await openFile('settled.txt', 'x|\n');
    const memory = new Memory();
    const record = new DraftRecord(memory, { settledMs: 1 });
    records.push(record);
    const dictation = dictate(editor, { record });
    await drafts('draft')(dictation);
    await dictation.cancel();
    await until('nothing is remembered of what is gone', () => memory.keys().length === 0);
  });

  it('are remembered right before they are written: no crash comes between', async () => {
    const editor = await openFile('ahead.txt', 'x|\n');
    const memory = new Memory();
    const seen: Memory[] = [];
    // Registered first: it hears of a change before anybody else does.
    const subscription = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.getText() === 'x draft\n') seen.push(memory.copy());
    });
    const record = new DraftRecord(memory);
    records.push(record);
    const dictation = dictate(editor, { record });
    await drafts('draft')(dictation);
    subscription.dispose();
    await dictation.cancel();
    await dictation.dispose();
    await becomes(editor, 'x draft\n');
    const [first] = seen;
    assert.ok(first, 'the draft stood there');
    await takeOut(first);
    assert.equal(editor.document.getText(), 'x\n');
  });

  it('are written no more often than they change, and only some of them at once', async () => {
    const editor = await openFile('writes.txt', 'x|\n');
    const count = 40;
    let updates = 0;
    let largest = 0;
    const memory = new Memory();
    const { update } = memory;
    memory.update = (key, value) => {
      updates++;
      largest = Math.max(largest, JSON.stringify(value)?.length ?? 0);
      return update(key, value);
    };
    const record = new DraftRecord(memory);
    records.push(record);
    const dictation = dictate(editor, { record });
    await drafts(...Array.from({ length: count }, (_, index) => `draft ${index}`))(dictation);
    assert.ok(updates <= count, `${updates} writes`);
    assert.ok(largest < 8_000, `${largest} characters`);
  });

  it('which the history does not have yet: it has them then', async () => {
    const editor = await openFile('unwritten.txt', 'x|\n');
    const uri = editor.document.uri.toString();
    history.addOf(1_000, { text: 'Long ago, draft words.', uri, offset: 1 }, 'inserted');
    const memory = await remembered(editor, drafts('draft words'));
    await becomes(editor, 'x draft words\n');
    await takeOut(memory);
    assert.equal(editor.document.getText(), 'x\n');
    assert.deepEqual(history.lines, ['draft: draft words', 'inserted: Long ago, draft words.']);
  });

  it('which the history has, as they were or as they became: it has them once', async () => {
    for (const [state, text] of [
      ['draft', 'draft words and'],
      ['inserted', 'Draught words.'],
    ] as const) {
      history = new WrittenHistory();
      const editor = await openFile(`written-${state}.txt`, 'x|\n');
      const memory = await remembered(editor, drafts('draft words'));
      history.add({ text, uri: editor.document.uri.toString(), offset: 1 }, state);
      await becomes(editor, 'x draft words\n');
      await takeOut(memory);
      assert.equal(editor.document.getText(), 'x\n');
      assert.deepEqual(history.lines, [`${state}: ${text}`]);
    }
  });

  it('of which the first words were confirmed since, in an utterance that goes on: the history has all of them', async () => {
    const editor = await openFile('partly-confirmed.txt', 'x|\n');
    const uri = editor.document.uri.toString();
    const memory = await remembered(editor, async ({ session, take, unfinished, unsaved }) => {
      session.draft(1, 'one two three');
      await take.settled();
      session.commit(1, 'One two', { final: false, replacedDraft: 'one two' });
      session.draft(1, 'three four');
      await take.settled();
      assert.equal(editor.document.getText(), 'x One two three four\n');
      // As a window writes it.
      history.add({ text: unfinished.at(-1) ?? '', uri, offset: 9 }, 'inserted');
      history.add({ text: unsaved.at(-1) ?? '', uri, offset: 9 }, 'draft');
    });
    await becomes(editor, 'x one two three\n');
    await takeOut(memory);
    assert.equal(editor.document.getText(), 'x\n');
    assert.deepEqual(history.lines, ['draft: three four', 'inserted: One two']);
  });

  it('as a former version remembered them: forgotten, nothing is touched', async () => {
    const editor = await openFile('former-version.txt', 'x draft|\n');
    const memory = new Memory();
    const uri = editor.document.uri.toString();
    await memory.update('draftsInDocuments', [
      { uri, start: 1, length: 6, hash: createHash('sha256').update(' draft').digest('hex') },
    ]);
    await takeOut(memory);
    assert.equal(editor.document.getText(), 'x draft\n');
    assert.deepEqual(memory.keys(), []);
  });
});
