import assert from 'node:assert/strict';
import { Subject } from 'rxjs';
import type * as vscode from 'vscode';
import type { Cleaner } from '../../src/core/cleanup/cleaner';
import { DictationError } from '../../src/core/errors';
import { createWording, DEFAULT_WORDING } from '../../src/core/text/wording';
import { CommandMatcher } from '../../src/core/voice-commands/matcher';
import { VOICE_COMMANDS } from '../../src/core/voice-commands/registry';
import { cleanUpKey, storeCleanUpKey } from '../../src/vscode/cleanup/key';
import { DictationController } from '../../src/vscode/controller';
import { DraftView } from '../../src/vscode/draft-view';
import type { StatusInput } from '../../src/vscode/status-view';
import type { Outcome } from '../../src/vscode/voice/voice-place';
import { CLEAN, HEARD } from './suite/consent';
import { closeEditors, openFile, undo, until } from './suite/editor';
import { MemoryHistory, ScriptedServices, SilentKeeper } from './suite/scripted';

describe('the clean-up', () => {
  let services: ScriptedServices;
  let history: MemoryHistory;
  let keeper: SilentKeeper;
  let view: DraftView;
  let controller: DictationController;
  let shown: StatusInput;
  let answers: Subject<string>;
  let asked: string[];
  let told: [phrase: string, outcome: Outcome][];

  beforeEach(() => {
    services = new ScriptedServices();
    keeper = new SilentKeeper();
    history = new MemoryHistory();
    view = new DraftView(() => 100);
    answers = new Subject();
    asked = [];
    const cleaner: Cleaner = {
      clean: (text) => {
        asked.push(text);
        return answers;
      },
    };
    const status = { update: (input: StatusInput) => void (shown = input) };
    const wording = createWording(() => DEFAULT_WORDING);
    const cleanUp = { cleaner: () => cleaner, timeoutMs: () => 60_000 };
    told = [];
    const matcher = new CommandMatcher(VOICE_COMMANDS, 'en');
    const voice = {
      matcher: () => matcher,
      run: () => Promise.resolve(undefined),
      tell: (phrase: string, outcome: Outcome) => void told.push([phrase, outcome]),
    };
    controller = new DictationController({
      services,
      style: () => ({ view, wording }),
      status,
      keeper,
      history,
      cleanUp,
      voice,
    });
  });
  afterEach(async () => {
    await controller.dispose();
    view.dispose();
    await closeEditors();
  });

  /** Settles when the dictation is over, once its session has begun. */
  const begin = async (): Promise<{ readonly done: Promise<void> }> => {
    const done = controller.start();
    await until('the session has begun', () => services.sessions.length === 1 && services.session.observed);
    return { done };
  };

  it('holds an utterance back until it is clean; then it is one undo step, and what was heard is in the history', async () => {
    const editor = await openFile('clean.md', 'Before.|\n');
    const { done } = await begin();
    services.session.emit({
      type: 'status',
      status: { phase: 'listening', speaking: false, pending: false, lagMs: 0, verifying: true },
    });
    services.session.draft(1, 'so um we rename');
    services.session.commit(1, 'So um we', { final: false, replacedDraft: 'so um we' });
    services.session.commit(1, 'rename the file.', { replacedDraft: 'rename' });
    assert.equal(shown.take?.cleaning, true);
    assert.equal(editor.document.isDirty, false);
    services.session.end();
    answers.next(CLEAN);
    await done;
    assert.equal(editor.document.getText(), `Before. ${CLEAN}\n`);
    assert.deepEqual(history.lines, [`heard: ${HEARD}`, `inserted: ${CLEAN}`]);
    await undo();
    assert.equal(editor.document.getText(), 'Before.\n');
  });

  it('leaves text as it was heard if the model fails, and says so', async () => {
    const editor = await openFile('failing.md', '|\n');
    const { done } = await begin();
    services.session.commit(1, HEARD);
    services.session.end();
    answers.error(new DictationError('cleanup', 'cleanup-status', 'Status 500.'));
    await done;
    assert.equal(editor.document.getText().replace(/um /, ''), `${CLEAN}\n`);
    assert.deepEqual(services.log.records, ['error cleanup/cleanup-status: Status 500.']);
  });

  it('is for prose: comments yes, code and few words no', async () => {
    await openFile('code.ts', 'const a = 1;\n|\n');
    const { done } = await begin();
    services.session.commit(1, 'get the next user here now');
    services.session.end();
    await done;
    assert.deepEqual(asked, []);
  });

  it('in a comment is asked for', async () => {
    await openFile('comment.ts', '// |\n');
    const { done } = await begin();
    services.session.commit(1, 'So um');
    services.session.commit(2, HEARD);
    assert.deepEqual(asked, [HEARD]);
    answers.next(CLEAN);
    services.session.end();
    await done;
  });

  it('leaves voice commands alone: they act at once, and no language model hears of them', async () => {
    const editor = await openFile('commands.md', 'one two three four five|\n');
    const { done } = await begin();
    services.session.draft(1, 'delete the last three words');
    services.session.commit(1, 'Delete the last', { final: false, replacedDraft: 'delete the last' });
    services.session.commit(1, 'three words.', { replacedDraft: 'three words' });
    await until('the command has acted', () => editor.document.getText() === 'one two\n');
    assert.deepEqual(told, [['Delete the last three words.', undefined]]);
    services.session.commit(2, HEARD);
    services.session.commit(3, 'Delete the last two words.');
    assert.deepEqual(asked, [HEARD]);
    // It is about what was said before, which is not there yet.
    assert.equal(told.length, 1);
    answers.next(CLEAN);
    services.session.end();
    await done;
    assert.equal(editor.document.getText(), 'one two so we rename\n');
    assert.deepEqual(asked, [HEARD]);
  });

  it('ends with the dictation: cancelled, the text is kept as it was heard', async () => {
    const editor = await openFile('cancelled.md', '|\n');
    const { done } = await begin();
    services.session.commit(1, HEARD);
    assert.equal(answers.observed, true);
    controller.cancel();
    await done;
    assert.equal(answers.observed, false);
    assert.equal(editor.document.isDirty, false);
    assert.match(keeper.texts.join(), /we rename the file/);
  });
});

describe('keys for the clean-up', () => {
  it('belong to the host they were entered for, and can be removed', async () => {
    const kept = new Map<string, string>();
    const secrets = {
      get: (name: string) => Promise.resolve(kept.get(name)),
      store: (name: string, value: string) => Promise.resolve(void kept.set(name, value)),
      delete: (name: string) => Promise.resolve(void kept.delete(name)),
    } as unknown as vscode.SecretStorage;
    await storeCleanUpKey(secrets, 'https://one.example/v1', 'secret');
    assert.equal(await cleanUpKey(secrets, 'https://one.example/v2/chat/completions'), 'secret');
    assert.equal(await cleanUpKey(secrets, 'https://other.example/v1'), undefined);
    assert.equal(await cleanUpKey(secrets, 'http://one.example/v1'), undefined);
    await storeCleanUpKey(secrets, 'https://one.example/v1', '');
    assert.equal(kept.size, 0);
  });
});
