import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lastValueFrom, tap, toArray } from 'rxjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_LISTENING } from '../../src/core/audio/defaults';
import { wordErrors } from '../../src/core/measure/wer';
import { createSession } from '../../src/core/session';
import { Runtime } from '../../src/node/runtime';
import { REPOSITORY } from '../support/cli';
import { recording } from '../support/engines';
import { dictationOf } from '../support/pipeline';
import { survivors } from '../support/processes';

const silent = () => undefined;
let modelsDir: string;

beforeAll(() => {
  modelsDir = mkdtempSync(path.join(os.tmpdir(), 'tandem-runtime-'));
});
afterAll(() => rmSync(modelsDir, { recursive: true, force: true }));

/** With the built-in models; the engines are released after a second without use. */
function newRuntime(): Runtime {
  return new Runtime({
    root: REPOSITORY,
    modelsDir,
    log: { error: silent, warn: silent, info: silent, debug: silent },
    logLevel: () => 'off',
    settings: () => ({
      fast: undefined,
      heavy: undefined,
      language: 'en',
      recorder: 'auto',
      device: undefined,
      strategy: 'tandem',
      skipConfirmAbove: 1,
      threads: {},
      idleReleaseMs: 1_000,
    }),
  });
}

it('releases engines that were prepared for a dictation that never began', async () => {
  const runtime = newRuntime();
  const { engines } = await runtime.prepare();
  const pids = [engines.fast, engines.heavy].map((engine) => (engine as { pid?: number }).pid ?? 0);
  expect(pids).not.toContain(0);
  // Completes when the engine is disposed, which only the idle time can have done here.
  await Promise.all([lastValueFrom(engines.fast.state$), lastValueFrom(engines.heavy.state$)]);
  expect(await survivors(pids)).toEqual([]);
  await runtime.dispose();
});

it('measures both models on the bundled recording, whose words they hear', async () => {
  const runtime = newRuntime();
  try {
    const reports = await runtime.machine.measure();
    expect(reports.map(({ role }) => role)).toEqual(['fast', 'heavy']);
    for (const { role, heard, msPerSecond, loadMs } of reports) {
      expect(heard.words).toBe(15);
      // Half is what the check of the set-up demands of any model.
      expect(heard.right).toBeGreaterThanOrEqual(role === 'heavy' ? 14 : 8);
      expect(msPerSecond).toBeGreaterThan(0);
      expect(loadMs).toBeGreaterThan(0);
    }
  } finally {
    await runtime.dispose();
  }
});

it('releases the models after a dictation; the next one starts at once and loses no word while they load', async () => {
  const runtime = newRuntime();
  const { text } = recording('t09');
  /** One dictation at the pace of speech, as a microphone would have it. */
  const dictated = async () => {
    const { engines } = await runtime.prepare();
    const pids = [engines.fast, engines.heavy].map((engine) => (engine as { pid?: number }).pid ?? 0);
    const file = path.join(REPOSITORY, 'test/fixtures/recordings/t09.wav');
    const source = await runtime.openFile(file, 'realtime', () => Infinity);
    let framesBeforeReady = 0;
    let ready = false;
    const watching = engines.fast.state$.subscribe(({ phase }) => (ready ||= phase === 'ready'));
    const frames$ = source.frames$.pipe(
      tap(() => {
        if (!ready) framesBeforeReady += 1;
      }),
    );
    const session = createSession({
      source: { name: source.name, frames$ },
      engines,
      language: 'en',
      listening: DEFAULT_LISTENING,
    });
    const events = await lastValueFrom(runtime.during(session.events$).pipe(toArray()));
    watching.unsubscribe();
    return { engines, pids, framesBeforeReady, heard: dictationOf(events, session.stats()) };
  };
  const first = await dictated();
  expect(wordErrors(text, first.heard.text).errors).toBe(0);
  // Completes when the engine is disposed, which only the idle time can have done here.
  await Promise.all([lastValueFrom(first.engines.fast.state$), lastValueFrom(first.engines.heavy.state$)]);
  expect(await survivors(first.pids)).toEqual([]);

  const second = await dictated();
  expect(second.pids).not.toContain(0);
  expect(second.pids.some((pid) => first.pids.includes(pid))).toBe(false);
  expect(second.framesBeforeReady).toBeGreaterThan(0);
  expect(wordErrors(text, second.heard.text).errors).toBe(0);
  expect(second.heard.stats.unverified).toBe(0);
  await runtime.dispose();
  expect(await survivors(second.pids)).toEqual([]);
});
