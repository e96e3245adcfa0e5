import { beforeEach, expect, it, vi } from 'vitest';
import { DictationError } from '../../../src/core/errors';
import { confirmationSlow } from '../../../src/core/session/falling-behind';
import type { SessionOptions } from '../../../src/core/session-types';
import { dictationServices } from '../../../src/machine';
import type { Runtime } from '../../../src/node/runtime';
import type { LogChannel } from '../../../src/vscode/log-channel';
import { showError } from '../../../src/vscode/notifications';
import type { Take } from '../../../src/vscode/take';
import { takeEvents } from '../../../src/vscode/take-wiring';

const ADVICE = 'Choose a smaller confirming model: base.en-q8_0 would keep up.';
const seen = vi.hoisted(() => ({ notified: [] as string[], sessions: [] as SessionOptions[] }));

/** As much of VS Code as an error needs to reach the user. */
vi.mock('vscode', () => ({
  l10n: { t: (message: string) => message, bundle: undefined },
  window: {
    showErrorMessage: (message: string) => {
      seen.notified.push(message);
      return Promise.resolve(undefined);
    },
  },
  workspace: {
    getConfiguration: () => ({ get: () => undefined, inspect: () => undefined }),
  },
}));
vi.mock('../../../src/core/session', () => ({
  createSession: (options: SessionOptions) => {
    seen.sessions.push(options);
    return { events$: undefined };
  },
}));

const logged: string[] = [];
const keep = (text: string) => void logged.push(text);
const log = { error: keep, warn: keep, info: keep, debug: keep } as unknown as LogChannel;

beforeEach(() => {
  seen.notified.length = 0;
  seen.sessions.length = 0;
  logged.length = 0;
});

/** What a dictation does with its problems. */
const events = () =>
  takeEvents(
    {
      history: { add: () => undefined, setDraft: () => undefined, setUnfinished: () => undefined },
      keeper: { keep: () => undefined },
      log,
      changed: () => undefined,
      report: (error) => void showError(error, log),
      stopOnly: () => undefined,
    },
    () => ({}) as Take,
  );

it('notifies of a confirming model that is too slow, with the one to choose, once in a dictation', () => {
  const { problem } = events();
  problem(confirmationSlow(ADVICE));
  problem(confirmationSlow(ADVICE));
  expect(seen.notified).toEqual([
    `The confirming model is slower than speech on this machine: confirmed text falls further and further behind. ${ADVICE}`,
  ]);
  expect(logged).toHaveLength(2);
  events().problem(confirmationSlow(ADVICE));
  expect(seen.notified).toHaveLength(2);
});

it('logs what mends itself', () => {
  const { problem } = events();
  for (const code of ['engine-crashed', 'engine-deadline', 'engine-failed'])
    problem(new DictationError('engine', code, 'It broke.'));
  expect(seen.notified).toEqual([]);
  expect(logged).toHaveLength(3);
});

it('lets the session ask the engines that it was made with for their advice, and know how they share the work', async () => {
  const asked: number[] = [];
  const policy = { allCoresUpTo: 500, yieldToFinal: true, skipConfirmAbove: 0.9 };
  const model = { name: 'own' };
  const prepared = {
    engines: {},
    fast: model,
    heavy: model,
    strategy: 'cascaded',
    policy,
    slowAdvice: (msPerSecond: number) => (asked.push(msPerSecond), ADVICE),
  };
  const runtime = {
    prepare: () => Promise.resolve(prepared),
    during: (events$: unknown) => events$,
  } as unknown as Runtime;
  const services = dictationServices(runtime, {
    log,
    glossary: () => 'kubectl',
    onListen: () => undefined,
    onMicrophoneLost: () => undefined,
  });
  const { createSession } = await services.prepare();
  createSession({ name: 'none', frames$: undefined as never });
  expect(seen.sessions[0]?.slowAdvice?.(1_100)).toBe(ADVICE);
  expect(asked).toEqual([1_100]);
  expect(seen.sessions[0]).toMatchObject({ strategy: 'cascaded', policy });
  expect(seen.sessions[0]?.policy?.glossary?.()).toBe('kubectl');
});
