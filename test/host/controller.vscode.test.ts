import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { DictationError } from '../../src/core/errors';
import { DictationController } from '../../src/vscode/controller';
import { DraftView } from '../../src/vscode/draft-view';
import type { StatusInput } from '../../src/vscode/status-view';
import { UtteranceLog } from '../../src/vscode/voice/utterance-log';
import { closeEditors, openFile, until } from './suite/editor';
import { MemoryHistory, ScriptedServices, SilentKeeper } from './suite/scripted';

/** VS Code shares documents of up to 50 MB with extensions. */
const TOO_LARGE_BYTES = 51 * 1024 * 1024;

describe('starting and stopping', () => {
  let services: ScriptedServices;
  let keeper: SilentKeeper;
  let history: MemoryHistory;
  let view: DraftView;
  let utterances: UtteranceLog;
  let controller: DictationController;
  let shown: StatusInput;

  beforeEach(() => {
    services = new ScriptedServices();
    keeper = new SilentKeeper();
    history = new MemoryHistory();
    view = new DraftView(() => 100);
    utterances = new UtteranceLog();
    const status = { update: (input: StatusInput) => void (shown = input) };
    controller = new DictationController({
      services,
      style: () => ({ view, utterances }),
      status,
      keeper,
      history,
    });
  });
  afterEach(async () => {
    await controller.dispose();
    view.dispose();
    utterances.dispose();
    await closeEditors();
  });

  const sessionsBegun = (count: number) =>
    until(
      `session ${count} has begun`,
      () => services.sessions.length === count && services.session.observed,
    );

  it('starting twice makes one dictation', async () => {
    await openFile('twice.txt', '|\n');
    void controller.start();
    void controller.start();
    await sessionsBegun(1);
    await controller.start();
    assert.equal(services.sessions.length, 1);
    assert.equal(services.captures.started, 1);
  });

  it('stopping listens no more and waits for what is grey', async () => {
    const editor = await openFile('stop.txt', '|\n');
    const done = controller.start();
    await sessionsBegun(1);
    services.session.draft(1, 'some');
    controller.stop();
    controller.stop();
    assert.equal(services.session.stops, 1);
    assert.equal(shown.take?.phase, 'stopping');
    services.session.commit(1, 'Some words.', { replacedDraft: 'some' });
    services.session.end();
    await done;
    assert.equal(editor.document.getText(), 'Some words.\n');
    assert.equal(shown.take, undefined);
    assert.deepEqual(keeper.texts, []);
  });

  it('toggling starts and stops', async () => {
    await openFile('toggle.txt', '|\n');
    void controller.toggle();
    await sessionsBegun(1);
    assert.equal(shown.take?.phase, 'starting');
    void controller.toggle();
    assert.equal(services.session.stops, 1);
  });

  it('one that starts while another is confirming listens at once, and each writes at its own place', async () => {
    const editor = await openFile('two.txt', 'a|\nb\n');
    const first = controller.start();
    await sessionsBegun(1);
    const former = services.session;
    former.draft(1, 'first');
    controller.stop();
    editor.selection = new vscode.Selection(1, 1, 1, 1);
    const second = controller.start();
    await until('the second microphone is open', () => services.captures.started === 2);
    // The engines hear one dictation at a time, and are not exchanged under it.
    assert.equal(services.sessions.length, 1);
    assert.equal(services.preparations, 1);
    former.commit(1, 'first.', { replacedDraft: 'first' });
    former.end();
    await first;
    await sessionsBegun(2);
    services.session.commit(1, 'second.');
    services.session.end();
    await second;
    assert.equal(editor.document.getText(), 'a first.\nb second.\n');
  });

  it('stopped before its models are found, it still dictates what was heard', async () => {
    await openFile('early-stop.txt', '|\n');
    let ready = () => {};
    services.ready = new Promise((resolve) => (ready = resolve));
    const done = controller.start();
    await until('the microphone is open', () => services.captures.started === 1);
    controller.stop();
    // It hears the end of the last word.
    await until('the microphone is closed', () => services.captures.ended === 1);
    ready();
    await sessionsBegun(1);
    assert.equal(services.session.stops, 1);
    services.session.end();
    await done;
  });

  it('cancelling keeps the drafts in the history and ends at once', async () => {
    const editor = await openFile('cancel-all.txt', 'x|\n');
    const done = controller.start();
    await sessionsBegun(1);
    services.session.draft(1, 'one');
    services.session.draft(2, 'two');
    controller.cancel();
    await done;
    assert.deepEqual(keeper.texts, ['one two']);
    assert.equal(keeper.kept[0]?.offset, 1);
    assert.equal(services.session.observed, false);
    assert.equal(services.captures.ended, 1);
    assert.equal(editor.document.isDirty, false);
  });

  it('cancelled before its session began, it leaves nothing running', async () => {
    await openFile('cancel-early.txt', '|\n');
    let ready = () => {};
    services.ready = new Promise((resolve) => (ready = resolve));
    const done = controller.start();
    await until('the microphone is open', () => services.captures.started === 1);
    controller.cancel();
    ready();
    await done;
    assert.equal(services.captures.ended, 1);
    assert.equal(services.sessions.length, 0);
    assert.equal(shown.take, undefined);
  });

  it('text for a document that is gone is kept, and listening ends', async () => {
    const editor = await openFile('closed-while-listening.txt', 'x|\n');
    const done = controller.start();
    await sessionsBegun(1);
    services.session.draft(1, 'one');
    const { uri } = editor.document;
    await closeEditors();
    await until('dictation stops', () => services.session.stops === 1);
    await vscode.workspace.fs.delete(uri);
    services.session.commit(1, 'One.', { replacedDraft: 'one' });
    services.session.end();
    await done;
    assert.deepEqual(keeper.texts, ['One.']);
    assert.match(keeper.reasons[0] ?? '', /closed/);
  });

  it('a session that fails keeps the words that were shown and says why', async () => {
    await openFile('failing.txt', 'x|\n');
    const done = controller.start();
    await sessionsBegun(1);
    services.session.draft(1, 'one');
    services.session.fail(
      new DictationError('microphone', 'unplugged', 'The microphone is gone.', 'Plug it in.'),
    );
    await done;
    assert.deepEqual(keeper.texts, ['one']);
    assert.equal(shown.failure, 'The microphone is gone. Plug it in.');
    assert.deepEqual(services.log.records, [
      'error microphone/unplugged: The microphone is gone. Plug it in.',
    ]);
  });

  it('a microphone that is missing ends the start with an error', async () => {
    await openFile('no-microphone.txt', '|\n');
    services.openSource = () =>
      Promise.reject(new DictationError('microphone', 'recorder-missing', 'No recorder.', 'Install sox.'));
    await controller.start();
    assert.equal(shown.failure, 'No recorder. Install sox.');
    assert.equal(shown.take, undefined);
    assert.equal(services.sessions.length, 0);
  });

  it('passing problems go to the log, lasting ones are told once', async () => {
    await openFile('problems.txt', '|\n');
    void controller.start();
    await sessionsBegun(1);
    const problem = (code: string) =>
      services.session.emit({ type: 'problem', error: new DictationError('engine', code, `It is ${code}.`) });
    problem('engine-crashed');
    problem('engine-unavailable');
    problem('engine-unavailable');
    assert.deepEqual(services.log.records, [
      'warn engine/engine-crashed: It is engine-crashed.',
      'error engine/engine-unavailable: It is engine-unavailable.',
      'warn engine/engine-unavailable: It is engine-unavailable.',
    ]);
  });

  it('the history has what was written of an utterance that goes on, until it has the whole of it', async () => {
    const { document } = await openFile('goes-on.txt', '|\n');
    const done = controller.start();
    await sessionsBegun(1);
    const { session } = services;
    const unfinished = () => [...history.unfinished.values()].map(({ text }) => text);
    session.draft(1, 'one two three');
    session.commit(1, 'One two', { final: false, replacedDraft: 'one two' });
    await until('the first words are written', () => document.getText().startsWith('One two'));
    await until('the history has them', () => unfinished().length > 0);
    assert.deepEqual(unfinished(), ['One two']);
    assert.deepEqual(history.lines, []);
    session.commit(1, 'three', { final: false, replacedDraft: 'three' });
    await until('more is written', () => document.getText() === 'One two three\n');
    assert.deepEqual(unfinished(), ['One two three']);
    session.commit(1, '.');
    session.end();
    await done;
    assert.deepEqual(unfinished(), []);
    assert.deepEqual(history.lines, ['inserted: One two three.']);
  });

  it('an error of its own ends the dictation in order: words are kept, the log has the place and not the words', async () => {
    const { document } = await openFile('broken.txt', '|\n');
    const setDraft = history.setDraft.bind(history);
    let breaks = false;
    history.setDraft = (...args) => {
      const isNow = breaks;
      breaks = false;
      if (isNow) throw new Error('they said hidden words');
      setDraft(...args);
    };
    const done = controller.start();
    await sessionsBegun(1);
    const { session } = services;
    session.draft(1, 'written');
    session.commit(1, 'Written.');
    await until('the first words are written', () => document.getText() === 'Written.\n');
    breaks = true;
    session.draft(2, 'hidden words');
    await done;
    assert.equal(document.getText(), 'Written.\n');
    assert.deepEqual(keeper.texts, ['hidden words']);
    assert.equal(session.observed, false);
    assert.equal(services.captures.ended, 1);
    assert.match(shown.failure ?? '', /error of its own/);
    const { records } = services.log;
    assert.ok(
      records.some((record) => /^error Dictation failed: Error at /.test(record)),
      records.join('\n'),
    );
    assert.ok(!records.some((record) => record.includes('hidden')));
    // The next one is none the worse.
    void controller.start();
    await sessionsBegun(2);
  });

  describe('when the history fails and goes on failing', () => {
    const breakHistory = () => {
      const fail = () => {
        throw new Error('they said hidden words');
      };
      Object.assign(history, { add: fail, setDraft: fail, setUnfinished: fail });
    };
    const hasEnded = (count: number) => {
      assert.equal(services.session.observed, false);
      assert.equal(services.captures.ended, count);
      assert.equal(shown.take, undefined);
      assert.ok(!services.log.records.some((record) => record.includes('hidden')));
    };

    it('what was shown is offered, what was written stays, and the dictation ends in order', async () => {
      const { document } = await openFile('history-fails.txt', '|\n');
      const done = controller.start();
      await sessionsBegun(1);
      services.session.commit(1, 'Written', { final: false });
      await until('the first words are written', () => document.getText() === 'Written\n');
      breakHistory();
      services.session.draft(1, 'hidden words');
      await done;
      assert.equal(document.getText(), 'Written\n');
      assert.deepEqual(keeper.texts, ['hidden words']);
      assert.match(shown.failure ?? '', /error of its own/);
      hasEnded(1);
      // The next one is none the worse.
      void controller.start();
      await sessionsBegun(2);
    });

    it('what was confirmed is written where it belongs', async () => {
      const { document } = await openFile('history-fails-late.txt', '|\n');
      const done = controller.start();
      await sessionsBegun(1);
      breakHistory();
      services.session.commit(1, 'Hidden words.');
      await until('the words are written', () => document.getText() === 'Hidden words.\n');
      services.session.end();
      await done;
      assert.equal(document.getText(), 'Hidden words.\n');
      assert.deepEqual(keeper.texts, []);
      assert.equal(shown.failure, undefined);
      assert.match(services.log.records.join('\n'), /^error Dictation failed: Error at /);
      hasEnded(1);
    });

    it('closing the window ends all dictations, the one behind it too', async () => {
      const editor = await openFile('history-fails-twice.txt', 'a|\nb\n');
      const first = controller.start();
      await sessionsBegun(1);
      services.session.draft(1, 'hidden words');
      controller.stop();
      editor.selection = new vscode.Selection(1, 1, 1, 1);
      const second = controller.start();
      await until('the second microphone is open', () => services.captures.started === 2);
      breakHistory();
      await controller.dispose();
      await Promise.all([first, second]);
      hasEnded(2);
    });
  });

  it('without an editor nothing is started and the log says why', async () => {
    await closeEditors();
    await until('no editor is active', () => vscode.window.activeTextEditor === undefined);
    await controller.start();
    assert.equal(services.captures.started, 0);
    assert.match(services.log.records[0] ?? '', /no text editor/);
    assert.equal(shown.failure, undefined);
  });

  it('in front of a file that is too large for extensions the log says that, and nothing is started', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'tandem-large-'));
    try {
      const file = path.join(folder, 'large.txt');
      await writeFile(file, Buffer.alloc(TOO_LARGE_BYTES, 'word\n'));
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
      const isInFront = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'large.txt';
      await until('the large file is shown', isInFront);
      assert.equal(vscode.window.activeTextEditor, undefined);
      await controller.start();
      assert.equal(services.captures.started, 0);
      assert.match(services.log.records[0] ?? '', /larger than 50 MB.*clipboard/);
      assert.equal(shown.failure, undefined);
    } finally {
      await closeEditors();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('disposing ends everything', async () => {
    await openFile('dispose.txt', '|\n');
    void controller.start();
    await sessionsBegun(1);
    await controller.dispose();
    assert.equal(services.session.observed, false);
    assert.equal(services.captures.ended, 1);
  });
});
