import assert from 'node:assert/strict';
import { firstValueFrom } from 'rxjs';
import * as vscode from 'vscode';
import { createWording, DEFAULT_WORDING } from '../../src/core/text/wording';
import { languageModelCleaner, type SelectModels } from '../../src/vscode/cleanup/language-model';
import { DictationController } from '../../src/vscode/controller';
import { DraftView } from '../../src/vscode/draft-view';
import { ALLOWED, CLEAN, HEARD, unasked } from './suite/consent';
import { closeEditors, openFile, until } from './suite/editor';
import { MemoryHistory, ScriptedServices, SilentKeeper } from './suite/scripted';

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
    firstValueFrom(languageModelCleaner(wanted, ALLOWED, select).clean(HEARD));

  it('is the one of the settings, or the first that is offered', async () => {
    assert.equal(await clean('', models('one', 'two')), 'one heard 2 messages, in two parts');
    assert.equal(await clean('two', models('one', 'two')), 'two heard 2 messages, in two parts');
    assert.equal(await clean('id-two', models('one', 'two')), 'two heard 2 messages, in two parts');
  });

  it('that is missing is an error that says so', async () => {
    await assert.rejects(clean('three', models('one')), { area: 'cleanup', code: 'cleanup-model' });
    // As it is in this VS Code, which has none.
    await assert.rejects(firstValueFrom(languageModelCleaner('', ALLOWED).clean(HEARD)), {
      code: 'cleanup-model',
    });
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

describe('the consent to a language model', () => {
  /** A model whose question is answered by the test. */
  const scene = () => {
    const requests: { texts: string[]; cancelled: boolean; answer: (error?: Error) => void }[] = [];
    const model = {
      id: 'guarded',
      name: 'Guarded',
      family: 'tests',
      sendRequest: (
        messages: vscode.LanguageModelChatMessage[],
        _options: unknown,
        token: vscode.CancellationToken,
      ) =>
        new Promise((resolve, reject) => {
          const request = {
            texts: messages.map(({ content }) =>
              content.map((part) => (part as { value: string }).value).join(''),
            ),
            cancelled: false,
            answer: (error?: Error) => (error ? reject(error) : resolve({ text: said() })),
          };
          token.onCancellationRequested(() => (request.cancelled = true));
          requests.push(request);
        }),
    };
    const select = () => Promise.resolve([model as unknown as vscode.LanguageModelChat]);
    return { requests, select: select as SelectModels };
  };
  async function* said(): AsyncGenerator<string, void> {
    yield await Promise.resolve(CLEAN);
  }

  for (const says of [true, undefined])
    it(`is asked for once, without any text, where VS Code says ${says}; meanwhile no text waits, and none is sent`, () =>
      asksOnce(says));

  async function asksOnce(says: boolean | undefined): Promise<void> {
    const { requests, select } = scene();
    const consent = unasked(() => says);
    const cleaner = languageModelCleaner('', consent, select);
    const prepared = firstValueFrom(cleaner.prepare!(), { defaultValue: 'allowed' });
    await until('it is asked', () => requests.length === 1);
    await assert.rejects(firstValueFrom(cleaner.clean(HEARD)), { code: 'cleanup-asking' });
    assert.equal(requests.length, 1);
    assert.ok(!requests[0]?.texts.join().includes('rename'));
    requests[0]?.answer();
    assert.equal(await prepared, 'allowed');
    assert.equal(requests[0]?.cancelled, true, 'the answer is not waited for');
    const cleaned = firstValueFrom(cleaner.clean(HEARD));
    await until('the text is sent', () => requests.length === 2);
    assert.match(requests[1]?.texts.join() ?? '', /rename/);
    requests[1]?.answer();
    assert.equal(await cleaned, CLEAN);
  }

  it('is asked for again where it was withdrawn', async () => {
    const { requests, select } = scene();
    let withdrawn = false;
    const cleaner = languageModelCleaner(
      '',
      unasked(() => !withdrawn),
      select,
    );
    const prepared = firstValueFrom(cleaner.prepare!(), { defaultValue: 'allowed' });
    await until('it is asked', () => requests.length === 1);
    requests[0]?.answer();
    await prepared;
    withdrawn = true;
    await assert.rejects(firstValueFrom(cleaner.clean(HEARD)), { code: 'cleanup-asking' });
    assert.equal(requests.length, 2);
    assert.ok(!requests[1]?.texts.join().includes('rename'));
  });

  it('is asked for by the first text if nobody did before, and again after a refusal', async () => {
    const { requests, select } = scene();
    const cleaner = languageModelCleaner('', unasked(), select);
    await assert.rejects(firstValueFrom(cleaner.clean(HEARD)), { code: 'cleanup-asking' });
    assert.equal(requests.length, 1);
    const prepared = firstValueFrom(cleaner.prepare!(), { defaultValue: 'allowed' });
    const refused = assert.rejects(prepared, { code: 'cleanup-consent' });
    // Until that has joined in: nothing but promises is waited for.
    await new Promise((resolve) => setImmediate(resolve));
    requests[0]?.answer(vscode.LanguageModelError.NoPermissions('no'));
    await refused;
    const again = firstValueFrom(cleaner.prepare!(), { defaultValue: 'allowed' });
    await until('it is asked again', () => requests.length === 2);
    // A model that fails may be used all the same: its first text tells what is wrong.
    requests[1]?.answer(new Error('boom'));
    assert.equal(await again, 'allowed');
  });
});

/** What the extension in `models/` tells, and is told. */
interface TestModels {
  offered: readonly string[];
  readonly asked: { readonly model: string; readonly messages: readonly string[] }[];
  cancelled: number;
}

/**
 * As far as VS Code itself has a say: models of another extension, chosen, asked, consented to and cancelled through it. VS
 * Code 1.104 is the first in which an extension may offer models; on older desktops these tests are skipped.
 */
describe('a language model that another extension offers', () => {
  let models: TestModels;
  let services: ScriptedServices;
  let history: MemoryHistory;
  let view: DraftView;
  let controller: DictationController | undefined;

  before(async function () {
    const extension = vscode.extensions.getExtension<TestModels>('tandem-tests.models');
    if (!extension) return this.skip();
    models = await extension.activate();
  });
  beforeEach(() => {
    models.asked.length = 0;
    models.cancelled = 0;
    services = new ScriptedServices();
    history = new MemoryHistory();
    view = new DraftView(() => 100);
  });
  afterEach(async () => {
    models.offered = [];
    await controller?.dispose();
    view.dispose();
    await closeEditors();
  });

  const clean = (wanted: string) => firstValueFrom(languageModelCleaner(wanted, ALLOWED).clean(HEARD));

  /** Dictates {@link HEARD} into an empty document. @returns what stands there in the end */
  const dictated = async (
    wanted: string,
    { timeoutMs = 60_000, consent = ALLOWED, before = () => Promise.resolve() } = {},
  ): Promise<string> => {
    controller = new DictationController({
      services,
      style: () => ({
        view,
        wording: createWording(() => ({ ...DEFAULT_WORDING, off: new Set(['fillers']) })),
      }),
      status: { update: () => undefined },
      keeper: new SilentKeeper(),
      history,
      cleanUp: { cleaner: () => languageModelCleaner(wanted, consent), timeoutMs: () => timeoutMs },
    });
    const editor = await openFile('models.md', '|\n');
    const done = controller.start();
    await until('the session has begun', () => services.sessions.length === 1 && services.session.observed);
    await before();
    services.session.commit(1, HEARD);
    services.session.end();
    await done;
    return editor.document.getText();
  };

  it('is found by its id, or is the first; the answer comes in parts, and the text goes as data', async () => {
    models.offered = ['chatty', 'tidy'];
    assert.equal(await dictated('tidy'), `${CLEAN}\n`);
    assert.deepEqual(history.lines, [`heard: ${HEARD}`, `inserted: ${CLEAN}`]);
    const [request, ...others] = models.asked;
    assert.deepEqual(others, []);
    assert.equal(request?.model, 'tidy');
    assert.equal(request.messages.length, 2);
    assert.match(request.messages[0] ?? '', /never a request to you/);
    assert.equal(request.messages[1], `<dictation>\n${HEARD}\n</dictation>`);
    models.offered = ['tidy', 'chatty'];
    assert.equal(await clean(''), CLEAN);
  });

  it('is missing: the text stays as it was heard, and that is an error that says so', async () => {
    models.offered = ['tidy'];
    await assert.rejects(clean('absent'), { area: 'cleanup', code: 'cleanup-model' });
    models.offered = [];
    assert.equal(await dictated(''), `${HEARD}\n`);
    assert.match(services.log.records.join(), /cleanup-model: VS Code offers no language model/);
    assert.deepEqual(models.asked, []);
  });

  it('that answers what was said is not believed', async () => {
    models.offered = ['chatty'];
    assert.equal(await dictated('chatty'), `${HEARD}\n`);
    assert.match(services.log.records.join(), /cleanup-refused/);
  });

  it('that takes too long is cancelled', async () => {
    models.offered = ['silent'];
    // Long enough for it to be found and asked, however busy the machine is.
    assert.equal(await dictated('silent', { timeoutMs: 2_000 }), `${HEARD}\n`);
    assert.match(services.log.records.join(), /cleanup-timeout/);
    await until('the model has heard of it', () => models.cancelled === 1);
  });

  it('that is not needed any more is cancelled', async () => {
    models.offered = ['silent'];
    const subscription = languageModelCleaner('silent', ALLOWED).clean(HEARD).subscribe();
    await until('the model was asked', () => models.asked.length === 1);
    subscription.unsubscribe();
    await until('the model has heard of it', () => models.cancelled === 1);
  });

  it('that breaks in the middle of its answer leaves the text as it was heard', async () => {
    models.offered = ['failing'];
    assert.equal(await dictated('failing'), `${HEARD}\n`);
    assert.match(services.log.records.join(), /cleanup-failed: The language model failing gives no answer/);
  });

  // VS Code's question is a dialog, which is refused in a window that runs tests: nobody has consented. The end-to-end tests
  // answer it.
  it('that nobody has consented to is not asked', async () => {
    models.offered = ['guarded'];
    const told = () => services.log.records.some((record) => record.includes('cleanup-consent'));
    const before = () => until('the refusal is told, before anything is said', told);
    assert.equal(await dictated('guarded', { consent: unasked(), before }), `${HEARD}\n`);
    assert.match(services.log.records.join(), /cleanup-consent/);
    assert.deepEqual(models.asked, []);
  });
});
