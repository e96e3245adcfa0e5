import { PassThrough } from 'node:stream';
import { defer, of } from 'rxjs';
import { expect, it, vi } from 'vitest';
import { confirmationSlow } from '../../../src/core/session/falling-behind';
import type { Session, SessionEvent, SessionOptions } from '../../../src/core/session-types';
import type { TerminalIo } from '../../../src/node/terminal/dictate';
import { dictate } from '../../../src/node/terminal/dictate';

const ADVICE = 'Choose a smaller confirming model: base.en-q8_0 would keep up.';
const MEASURED_MS = 1_100;
const asked = vi.hoisted(() => [] as number[]);
const POLICY = vi.hoisted(() => ({ allCoresUpTo: 500, yieldToFinal: true, skipConfirmAbove: 0.9 }));
const sessions = vi.hoisted(() => [] as SessionOptions[]);

/** Models and engines that nobody loads. */
vi.mock('../../../src/node/runtime', () => ({
  Runtime: class {
    prepare() {
      const model = { name: 'own', origin: 'setting' };
      const slowAdvice = (msPerSecond: number) => (asked.push(msPerSecond), ADVICE);
      const engines = { fast: {}, heavy: {} };
      return Promise.resolve({
        engines,
        fast: model,
        heavy: model,
        strategy: 'cascaded',
        policy: POLICY,
        slowAdvice,
      });
    }
    openFile() {
      return Promise.resolve({ name: 'speech.wav', frames$: of() });
    }
    dispose() {
      return Promise.resolve();
    }
  },
}));

/** A session whose confirming model has turned out too slow; how it finds out is tested with the session. */
vi.mock('../../../src/core/session', () => ({
  createSession: (options: SessionOptions): Pick<Session, 'events$' | 'stop'> => {
    sessions.push(options);
    return {
      events$: defer(() =>
        of<SessionEvent>({
          type: 'problem',
          error: confirmationSlow(options.slowAdvice?.(MEASURED_MS) ?? ''),
        }),
      ),
      stop: () => undefined,
    };
  },
}));

it('shares the work at the terminal as the engines are made for, and tells which smaller model would keep up', async () => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdout, stderr } as unknown as TerminalIo;
  expect(await dictate(['speech.wav', '--rules', 'none'], io, '/nowhere')).toBe(0);
  expect(sessions).toMatchObject([{ strategy: 'cascaded', policy: POLICY }]);
  expect(asked).toEqual([MEASURED_MS]);
  expect(String(stderr.read())).toMatch(
    /^dictate: The confirming model is slower than speech.*base\.en-q8_0 would keep up\.\n$/,
  );
});
