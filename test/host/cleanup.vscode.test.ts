import assert from 'node:assert/strict';
import { firstValueFrom, Subject } from 'rxjs';
import * as vscode from 'vscode';
import type { Cleaner } from '../../src/core/cleanup/cleaner';
import { DictationError } from '../../src/core/errors';
import { createWording, DEFAULT_WORDING } from '../../src/core/text/wording';
import { cleanUpKey, storeCleanUpKey } from '../../src/vscode/cleanup/key';
import { languageModelCleaner, type SelectModels } from '../../src/vscode/cleanup/language-model';
import { DictationController } from '../../src/vscode/controller';
import { DraftView } from '../../src/vscode/draft-view';
import type { StatusInput } from '../../src/vscode/status-view';
import { closeEditors, openFile, undo, until } from './suite/editor';
import { MemoryHistory, ScriptedServices, SilentKeeper } from './suite/scripted';

const HEARD = 'So um we rename the file.';
const CLEAN = 'So we rename the file.';

describe('the clean-up', () => {
  let services: ScriptedServices;
  let history: MemoryHistory;
  let keeper: SilentKeeper;
  let view: DraftView;
  let controller: DictationController;
  let shown: StatusInput;
  let answers: Subject<string>;
  let asked: string[];

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
    controller = new DictationController({
      services,
      style: () => ({ view, wording }),
      status,
      keeper,
      history,
      cleanUp,
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

describe('a language model of VS Code', () => {
  const models = (...names: string[]): SelectModels => {
    const fakes = names.map((name) => ({
      id: `id-${name}`,
      name,
      family: 'family',
      sendRequest: (messages: vscode.LanguageModelChatMessage[]) =>
        Promise.resolve({
          text: (async function* () {
            yield `${name} heard ${messages.length} messages, `;
            yield await Promise.resolve('in two parts');
          })(),
        }),
    }));
    return () => Promise.resolve(fakes as unknown as vscode.LanguageModelChat[]);
  };
  const clean = (wanted: string, select: SelectModels) =>
    firstValueFrom(languageModelCleaner(wanted, select).clean(HEARD));

  it('is the one of the settings, or the first that is offered', async () => {
    assert.equal(await clean('', models('one', 'two')), 'one heard 2 messages, in two parts');
    assert.equal(await clean('two', models('one', 'two')), 'two heard 2 messages, in two parts');
    assert.equal(await clean('id-two', models('one', 'two')), 'two heard 2 messages, in two parts');
  });

  it('that is missing is an error that says so', async () => {
    await assert.rejects(clean('three', models('one')), { area: 'cleanup', code: 'cleanup-model' });
    // As it is in this VS Code, which has none.
    await assert.rejects(firstValueFrom(languageModelCleaner('').clean(HEARD)), { code: 'cleanup-model' });
  });

  it('that refuses is an error, and consent a matter of its own', async () => {
    const failing = (error: Error): SelectModels => {
      const fake = { id: 'x', name: 'x', family: 'x', sendRequest: () => Promise.reject(error) };
      return () => Promise.resolve([fake] as unknown as vscode.LanguageModelChat[]);
    };
    await assert.rejects(clean('', failing(new Error('boom'))), { code: 'cleanup-failed' });
    const noConsent = vscode.LanguageModelError.NoPermissions('no');
    await assert.rejects(clean('', failing(noConsent)), { code: 'cleanup-consent' });
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
