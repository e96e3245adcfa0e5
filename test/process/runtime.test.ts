import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { firstValueFrom, from, lastValueFrom, tap, toArray } from 'rxjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_LISTENING } from '../../src/core/audio/defaults';
import { Framer } from '../../src/core/audio/framer';
import { wordErrors } from '../../src/core/measure/wer';
import { createSession } from '../../src/core/session';
import type { SessionEvent } from '../../src/core/session-types';
import { threadBudget } from '../../src/core/threads';
import { RING_SECONDS, SAMPLE_RATE } from '../../src/core/units';
import type { Supervised } from '../../src/node/engine/supervisor';
import type { Prepared } from '../../src/node/engine-pool';
import type { Runtime, RuntimeSettings } from '../../src/node/runtime';
import { PrebufferedSource } from '../../src/vscode/prebuffer';
import { REPOSITORY } from '../support/cli';
import { embeddedModel, reached, recording } from '../support/engines';
import { dictationOf } from '../support/pipeline';
import { survivors } from '../support/processes';
import { runtimeOf } from '../support/runtime';

let modelsDir: string;

beforeAll(() => {
  modelsDir = mkdtempSync(path.join(os.tmpdir(), 'tandem-runtime-'));
});
afterAll(() => rmSync(modelsDir, { recursive: true, force: true }));

/** The engines are released after a second without use. `changes` are asked for each time. */
function newRuntime(changes: () => Partial<RuntimeSettings> = () => ({})): Runtime {
  return runtimeOf(modelsDir, () => ({ idleReleaseMs: 1_000, ...changes() }));
}

/** Process ids of the engines. */
const pidsOf = ({ engines }: Prepared) => {
  const [fast = 0, heavy = 0] = [engines.fast, engines.heavy].map(
    (engine) => (engine as Partial<Supervised>).pid,
  );
  return { fast, heavy };
};

it('releases engines that were prepared for a dictation that never began', async () => {
  const runtime = newRuntime();
  const prepared = await runtime.prepare();
  const { engines } = prepared;
  const pids = Object.values(pidsOf(prepared));
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

it('gives way to a dictation that begins while the models are measured, which loses no word', async () => {
  const runtime = newRuntime(() => ({ idleReleaseMs: Infinity }));
  const { text } = recording('t09');
  try {
    const { engines } = await runtime.prepare();
    await Promise.all([reached(engines.fast, 'ready'), reached(engines.heavy, 'ready')]);
    const measured = runtime.machine.measure().catch((error: unknown) => error);
    // The recording to measure on is in the engine, and its model is at work.
    await firstValueFrom(engines.fast.voice$);
    const file = path.join(REPOSITORY, 'test/fixtures/recordings/t09.wav');
    const source = await runtime.openFile(file, 'realtime', () => Infinity);
    const session = createSession({ source, engines, language: 'en', listening: DEFAULT_LISTENING });
    const events = await lastValueFrom(runtime.during(session.events$).pipe(toArray()));
    expect(await measured).toMatchObject({ code: 'measuring-ended' });
    const heard = dictationOf(events, session.stats());
    expect(wordErrors(text, heard.text).errors).toBe(0);
    expect(heard.stats.unverified).toBe(0);
    expect(await runtime.machine.measure()).toHaveLength(2);
  } finally {
    await runtime.dispose();
  }
});

it('releases the models after a dictation; the next one starts at once and loses no word while they load', async () => {
  const runtime = newRuntime();
  const { text } = recording('t09');
  /** One dictation at the pace of speech, as a microphone would have it. */
  const dictated = async () => {
    const prepared = await runtime.prepare();
    const { engines } = prepared;
    const pids = Object.values(pidsOf(prepared));
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

/** The same words twice; more than the processes keep lies between. */
function twiceWithPause() {
  const { samples, text } = recording('t09');
  const silence = new Float32Array((RING_SECONDS + 10) * SAMPLE_RATE);
  const framer = new Framer();
  const parts = [samples, silence, samples, silence.subarray(0, SAMPLE_RATE)];
  return { frames: parts.flatMap((part) => framer.push(part)), text: `${text} ${text}` };
}

it('hears all that was captured before it could begin, however much that is', async () => {
  const runtime = newRuntime();
  const { frames, text } = twiceWithPause();
  try {
    const { engines } = await runtime.prepare();
    let heardUpTo = () => 0;
    const source = new PrebufferedSource(
      { name: 'all of it at once', frames$: from(frames) },
      { tailMs: 0, heardUpTo: () => heardUpTo() },
    );
    const session = createSession({ source, engines, language: 'en', listening: DEFAULT_LISTENING });
    heardUpTo = () => session.heardUpTo();
    const events = await lastValueFrom(runtime.during(session.events$).pipe(toArray()));
    const heard = dictationOf(events, session.stats());
    expect(wordErrors(text, heard.text).errors).toBe(0);
    expect(heard.stats.unverified).toBe(0);
  } finally {
    await runtime.dispose();
  }
});

it('hears all that was said while the processes started, and after one had to start again', async () => {
  const runtime = newRuntime();
  const { frames, text } = twiceWithPause();
  try {
    const prepared = await runtime.prepare();
    // All of it is there before a process is.
    const source = { name: 'too fast', frames$: from(frames) };
    const { engines } = prepared;
    const session = createSession({ source, engines, language: 'en', listening: DEFAULT_LISTENING });
    let killed = false;
    const kill = tap<SessionEvent>((event) => {
      if (killed || event.type !== 'utterance' || event.phase !== 'end') return;
      killed = true;
      process.kill(pidsOf(prepared).fast, 'SIGKILL');
    });
    const events = await lastValueFrom(runtime.during(session.events$.pipe(kill)).pipe(toArray()));
    const heard = dictationOf(events, session.stats());
    expect(killed).toBe(true);
    expect(wordErrors(text, heard.text).errors).toBe(0);
    expect(heard.stats.unverified).toBe(0);
  } finally {
    await runtime.dispose();
  }
});

it('restarts only the engine whose model or threads have changed', async () => {
  let changes: Partial<RuntimeSettings> = { idleReleaseMs: Infinity };
  const runtime = newRuntime(() => changes);
  try {
    const first = await runtime.prepare();
    const before = pidsOf(first);
    await Promise.all([reached(first.engines.fast, 'ready'), reached(first.engines.heavy, 'ready')]);
    const again = pidsOf(await runtime.prepare());
    expect(again).toEqual(before);

    const other = path.join(modelsDir, 'other.bin');
    copyFileSync(embeddedModel('fast'), other);
    changes = { ...changes, fast: other };
    const drafting = await runtime.prepare();
    const withOther = pidsOf(drafting);
    expect(withOther.heavy).toBe(before.heavy);
    expect(withOther.fast).not.toBe(before.fast);
    // Nor has it loaded its model once more.
    expect(drafting.engines.heavy).toBe(first.engines.heavy);
    expect(await firstValueFrom(drafting.engines.heavy.state$)).toMatchObject({ phase: 'ready' });
    expect(await survivors([before.fast])).toEqual([]);

    changes = { ...changes, threads: { heavy: threadBudget(os.availableParallelism()).heavy + 1 } };
    const withThreads = pidsOf(await runtime.prepare());
    expect(withThreads.fast).toBe(withOther.fast);
    expect(withThreads.heavy).not.toBe(before.heavy);
    expect(await survivors([before.heavy])).toEqual([]);

    changes = { ...changes, strategy: 'single' };
    const sole = pidsOf(await runtime.prepare());
    expect(sole.fast).toBe(sole.heavy);
    expect(await survivors([withThreads.fast, withThreads.heavy])).toEqual([]);
  } finally {
    await runtime.dispose();
  }
});
