import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { DictationController } from '../../src/vscode/controller';
import { DraftView } from '../../src/vscode/draft-view';
import { History } from '../../src/vscode/history';
import { HistoryCommands } from '../../src/vscode/history-commands';
import { HistoryFiles } from '../../src/vscode/history-files';
import { removeUnwantedHistory } from '../../src/vscode/unwanted-history';
import { UtteranceLog } from '../../src/vscode/voice/utterance-log';
import { closeEditors, openFile, undo, until } from './suite/editor';
import { ScriptedServices, SilentKeeper } from './suite/scripted';

describe('the history', () => {
  let folder: string;
  let services: ScriptedServices;
  let history: History;
  let view: DraftView;
  let utterances: UtteranceLog;
  let controller: DictationController;

  const open = (window: string) =>
    new History({
      store: new HistoryFiles(folder, window),
      size: () => 10,
      now: () => Date.now(),
      window,
      log: services.log,
    });
  /** What another window finds, or this one after a reload. */
  const found = async () => (await open('later').all()).map(({ state, text }) => `${state}: ${text}`);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'tandem-history-'));
    services = new ScriptedServices();
    history = open('now');
    view = new DraftView(() => 100);
    utterances = new UtteranceLog();
    const parts = {
      services,
      style: () => ({ view, utterances }),
      status: { update: () => undefined },
      history,
    };
    controller = new DictationController({ ...parts, keeper: new SilentKeeper() });
  });
  afterEach(async () => {
    await controller.dispose();
    await history.dispose();
    view.dispose();
    utterances.dispose();
    await closeEditors();
    await rm(folder, { recursive: true });
  });

  async function start(): Promise<void> {
    void controller.start();
    await until('a session has begun', () => services.sessions.length === 1 && services.session.observed);
  }

  it('has each utterance, whole, and what is still a draft', async () => {
    await openFile('uttered.txt', '|\n');
    await start();
    services.session.commit(1, 'One', { final: false });
    services.session.commit(1, 'two.', { final: true });
    services.session.draft(2, 'three');
    await until(
      'the utterance is in',
      () => vscode.window.activeTextEditor?.document.getText() === 'One two.\n',
    );
    await history.flush();
    // Nothing of this window is asked: it might have crashed here.
    assert.deepEqual((await found()).sort(), ['draft: three', 'inserted: One two.']);
  });

  it('has the drafts of a window that is closed or loaded anew', async () => {
    await openFile('reloaded.txt', '|\n');
    await start();
    services.session.draft(1, 'not confirmed yet');
    await controller.dispose();
    await history.dispose();
    assert.deepEqual(await found(), ['draft: not confirmed yet']);
  });

  it('inserts the last dictation once more, in place of what is selected, as one undo step', async () => {
    history.add({ text: 'older', uri: 'file:///a', offset: 0 }, 'inserted');
    await new Promise((resolve) => setTimeout(resolve, 2));
    history.add({ text: 'newest words', uri: 'file:///a', offset: 0 }, 'kept');
    const editor = await openFile('last.txt', 'a b c\n');
    editor.selection = new vscode.Selection(0, 2, 0, 3);
    await new HistoryCommands(history).insertLast();
    assert.equal(editor.document.getText(), 'a newest words c\n');
    await undo();
    assert.equal(editor.document.getText(), 'a b c\n');
  });

  it('is shown as a list whose chosen text is inserted at the cursor', async () => {
    history.add({ text: 'chosen', uri: 'file:///a', offset: 0 }, 'inserted');
    const editor = await openFile('list.txt', 'a|\n');
    const closed = new HistoryCommands(history).show();
    await until('the list was accepted', () => {
      void vscode.commands.executeCommand('quickInput.accept');
      return editor.document.getText() !== 'a\n';
    });
    await closed;
    assert.equal(editor.document.getText(), 'a chosen\n');
  });

  it('goes to the clipboard when no editor takes it', async () => {
    history.add({ text: 'for the clipboard', uri: 'file:///a', offset: 0 }, 'kept');
    await closeEditors();
    await until('no editor is active', () => vscode.window.activeTextEditor === undefined);
    await new HistoryCommands(history).insertLast();
    assert.equal(await vscode.env.clipboard.readText(), 'for the clipboard');
  });
});

describe('a history that nobody wants', () => {
  const SIZE = 'tandem.history.size';
  let folder: string;
  let watching: vscode.Disposable | undefined;

  const setSize = (size: number | undefined) =>
    vscode.workspace.getConfiguration().update(SIZE, size, vscode.ConfigurationTarget.Global);

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'tandem-unwanted-')), 'history');
    await mkdir(folder);
    await writeFile(path.join(folder, 'some-window.json'), '[]');
  });
  afterEach(async () => {
    watching?.dispose();
    await setSize(undefined);
    await rm(path.dirname(folder), { recursive: true });
  });

  it('is removed when a window opens', async () => {
    await setSize(0);
    watching = removeUnwantedHistory(folder, () => false);
    await until('the folder is gone', () => !existsSync(folder));
  });

  it('is removed when the setting says so, and only then', async () => {
    watching = removeUnwantedHistory(folder, () => false);
    await setSize(3);
    assert.ok(existsSync(folder));
    await setSize(0);
    await until('the folder is gone', () => !existsSync(folder));
  });

  it('is left to a history that sees to it', async () => {
    await setSize(0);
    let asked = 0;
    watching = removeUnwantedHistory(folder, () => ++asked > 0);
    assert.equal(asked, 1);
    assert.ok(existsSync(folder));
  });
});
