import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { DraftMemory } from '../../src/vscode/draft-memory';
import { DraftRecord } from '../../src/vscode/draft-record';
import type { EntryState, HistoryEntry, KeptText } from '../../src/vscode/history-entry';
import { StrayDrafts, type StrayDraftsParts } from '../../src/vscode/take-out-drafts';
import type { Dictation } from './suite/dictation';
import { closeEditors, openFile, placeCursor, type, until } from './suite/editor';
import { onDisk, shows } from './suite/files';
import { inlineDictations } from './suite/inline';
import { MemoryLog } from './suite/scripted';

describe('drafts in the document (style inline), left behind by a window that ended', () => {
  const { dictate } = inlineDictations();
  let begun: vscode.Disposable[];
  let history: WrittenHistory;
  let log: MemoryLog;

  beforeEach(() => {
    begun = [];
    history = new WrittenHistory();
    log = new MemoryLog();
  });
  afterEach(() => {
    for (const one of begun) one.dispose();
    assert.deepEqual(log.records, []);
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

  /** What the next window does when it begins. */
  function takeOut(memory: Memory, times: Pick<StrayDraftsParts, 'now' | 'openingMs'> = {}): Promise<void> {
    const strays = new StrayDrafts({ memory: new DraftMemory({ memory, log }), history, log, ...times });
    begun.push(strays);
    return strays.takeOut();
  }

  function recordIn(memory: Memory, settledMs?: number): DraftRecord {
    const record = new DraftRecord(new DraftMemory({ memory, log, ...(settledMs && { settledMs }) }));
    begun.push(record);
    return record;
  }

  /** Dictates into an editor. Returns what the workspace remembers then, and brings the document back to what it was. */
  async function remembered(
    editor: vscode.TextEditor,
    say: (dictation: Dictation) => Promise<void>,
  ): Promise<Memory> {
    const memory = new Memory();
    const { document } = editor;
    const before = document.getText();
    const { isDirty } = document;
    const record = recordIn(memory);
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
    const record = recordIn(memory);
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
    const record = recordIn(memory, 1);
    const dictation = dictate(editor, { record });
    await drafts('draft')(dictation);
    await dictation.cancel();
    await until('nothing is remembered of what is gone', () => memory.keys().length === 0);
  });

  it('are not remembered of a document that takes none any more, while dictation goes on', async () => {
    const editor = await openFile('takes-none.txt', 'x|\n');
    const memory = new Memory();
    const record = recordIn(memory, 1);
    const dictation = dictate(editor, { record });
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    await drafts('draft')(dictation);
    assert.equal(editor.document.getText(), 'x\n');
    await until('nothing is remembered', () => memory.keys().length === 0);
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorWriteableInSession');
  });

  it('are remembered right before they are written: no crash comes between', async () => {
    const editor = await openFile('ahead.txt', 'x|\n');
    const memory = new Memory();
    const seen: Memory[] = [];
    // Registered first: it hears of a change before anybody else does.
    const subscription = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.getText() === 'x draft\n') seen.push(memory.copy());
    });
    const record = recordIn(memory);
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
    const record = recordIn(memory);
    const dictation = dictate(editor, { record });
    await drafts(...Array.from({ length: count }, (_, index) => `draft ${index}`))(dictation);
    assert.ok(updates <= count, `${updates} writes`);
    assert.ok(largest < 8_000, `${largest} characters`);
  });

  describe('and the user has gone on to write while there was no extension', () => {
    const FAR = Array.from({ length: 10 }, (_, index) => `line ${index}`).join('\n');
    const textWith = (draft: string) => `top\n${FAR}\nx${draft}\n${FAR}\nend\n`;

    /** What is remembered of a document with a draft far from its ends. */
    async function between(name: string) {
      const content = textWith('|');
      const editor = await openFile(name, content);
      const memory = await remembered(editor, drafts('older', 'draft words'));
      return { editor, memory };
    }

    it('elsewhere: taken out, and what they have written stays', async () => {
      const { editor, memory } = await between('gone-on.txt');
      const now = textWith(' draft words').replace('top', 'my top').replace('end', 'the end\nand more');
      await becomes(editor, now);
      await takeOut(memory);
      assert.equal(editor.document.getText(), now.replace(' draft words', ''));
      assert.equal(editor.document.isDirty, true);
      assert.deepEqual(history.lines, ['draft: draft words']);
      assert.deepEqual(memory.keys(), []);
    });

    for (const [where, now, age] of [
      ['in it', textWith(' draft word').replace('top', 'my top'), 0],
      ['behind it', textWith(' draft words.').replace('top', 'my top'), 0],
      ['near it', textWith(' draft words\nI go on'), 0],
      ['elsewhere, and it is an older one', textWith(' older').replace('top', 'my top'), 0],
      ['elsewhere, and it has stood for minutes', textWith(' draft words').replace('top', 'my top'), 600_000],
    ] as const)
      it(`${where}: theirs`, async () => {
        const { editor, memory } = await between('gone-on-near.txt');
        await becomes(editor, now);
        await takeOut(memory, { now: () => Date.now() + age });
        assert.equal(editor.document.getText(), now);
        assert.deepEqual(memory.keys(), []);
      });
  });

  describe('in an unsaved document that is not there yet when the next window begins', () => {
    const { openTextDocument } = vscode.workspace;

    /** What is remembered of an unsaved document, which is closed by then. */
    async function closed(): Promise<{ readonly uri: string; readonly memory: Memory }> {
      const document = await openTextDocument({ content: 'x\n' });
      const editor = await vscode.window.showTextDocument(document);
      placeCursor(editor, 1);
      const memory = await remembered(editor, drafts('draft'));
      await closeEditors();
      await until('it is closed', () => document.isClosed);
      return { uri: document.uri.toString(), memory };
    }

    /** It is back, by the name that it had: VS Code gives a new one the first name that no other has, nor had moments ago. */
    async function comeBack(uri: string): Promise<vscode.TextDocument> {
      const others: vscode.TextDocument[] = [];
      const next = () => openTextDocument({ content: 'x draft\n' });
      let document = await next();
      while (document.uri.toString() !== uri) {
        others.push(document);
        assert.ok(others.length < 100, `${uri} is not given again`);
        document = await next();
      }
      for (const other of others) {
        await vscode.window.showTextDocument(other);
        await closeEditors();
      }
      return document;
    }

    it('are taken out once it is', async () => {
      const { uri, memory } = await closed();
      await takeOut(memory);
      assert.notDeepEqual(memory.keys(), [], 'it may come yet');
      const document = await comeBack(uri);
      await shows(document, 'x\n');
      await until('they are forgotten', () => memory.keys().length === 0);
    });

    it('are forgotten if it does not come', async () => {
      const { uri, memory } = await closed();
      await takeOut(memory, { openingMs: 1 });
      await until('they are forgotten', () => memory.keys().length === 0);
      const document = await comeBack(uri);
      await vscode.window.showTextDocument(document);
      assert.equal(document.getText(), 'x draft\n');
    });

    it('are left to the next window if this one ends before', async () => {
      const { uri, memory } = await closed();
      await takeOut(memory);
      for (const one of begun) one.dispose();
      const document = await comeBack(uri);
      await vscode.window.showTextDocument(document);
      assert.equal(document.getText(), 'x draft\n');
      await takeOut(memory);
      assert.equal(document.getText(), 'x\n');
    });
  });

  describe('by two dictations in one document, the first of which is being confirmed', () => {
    /** Both have a draft in the document: `x first` and `y second`. */
    async function both(name: string): Promise<{
      readonly editor: vscode.TextEditor;
      readonly memory: Memory;
      readonly first: Dictation;
      readonly second: Dictation;
    }> {
      const editor = await openFile(name, 'x|\ny\n');
      const memory = new Memory();
      const record = recordIn(memory);
      const first = dictate(editor, { record });
      await drafts('first')(first);
      first.take.stop();
      placeCursor(editor, editor.document.getText().indexOf('y') + 1);
      const second = dictate(editor, { record });
      await drafts('second')(second);
      await shows(editor.document, 'x first\ny second\n');
      return { editor, memory, first, second };
    }

    /** Ends both, and brings the document back as a crash leaves it. */
    async function broughtBack({ editor, first, second }: Awaited<ReturnType<typeof both>>, text: string) {
      for (const dictation of [first, second]) {
        await dictation.cancel();
        await dictation.dispose();
      }
      await becomes(editor, text);
    }

    it('are both taken out, and nothing else', async () => {
      const all = await both('two.txt');
      const memory = all.memory.copy();
      await broughtBack(all, 'x first\ny second\n');
      await takeOut(memory);
      assert.equal(all.editor.document.getText(), 'x\ny\n');
      assert.deepEqual(history.lines, ['draft: first second']);
    });

    for (const text of ['x fist\ny second\n', 'x first\ny seconds\n', 'x first\ny!second\n'])
      it(`are both left alone where the text differs: ${JSON.stringify(text)}`, async () => {
        const all = await both('two-differ.txt');
        const memory = all.memory.copy();
        await broughtBack(all, text);
        await takeOut(memory);
        assert.equal(all.editor.document.getText(), text);
      });

    it('are told from what was confirmed meanwhile, in front of the other or behind it', async () => {
      const all = await both('two-confirmed.txt');
      all.first.session.commit(1, 'First.', { replacedDraft: 'first' });
      await all.first.take.settled();
      await shows(all.editor.document, 'x First.\ny second\n');
      const memory = all.memory.copy();
      await broughtBack(all, 'x First.\ny second\n');
      await takeOut(memory.copy());
      assert.equal(all.editor.document.getText(), 'x First.\ny\n');
      await becomes(all.editor, 'x first\ny second\n');
      await takeOut(memory);
      assert.equal(all.editor.document.getText(), 'x\ny\n', 'as it was before');
    });

    it('are remembered right before one of them changes, also where the other one moves by it', async () => {
      const all = await both('two-ahead.txt');
      const after = 'x first words\ny second\n';
      let memory: Memory | undefined;
      const { update } = all.memory;
      all.memory.update = async (key, value) => {
        await update(key, value);
        // The edit is on its way, nobody has seen it yet.
        if (all.editor.document.getText() !== after) memory = all.memory.copy();
      };
      await drafts('first words')(all.first);
      await shows(all.editor.document, after);
      assert.ok(memory, 'something was remembered before');
      await broughtBack(all, after);
      await takeOut(memory);
      assert.equal(all.editor.document.getText(), 'x\ny\n');
    });
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
