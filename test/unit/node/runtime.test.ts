import { BehaviorSubject, EMPTY, firstValueFrom, NEVER, Observable, Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Role } from '../../../src/core/model';
import type { EngineReport, EngineState } from '../../../src/core/ports';
import type { Runtime } from '../../../src/node/runtime';
import { runtimeOf } from '../../support/runtime';

/** An engine that hears what the test says, when it says it. */
class SlowEngine {
  readonly state$: BehaviorSubject<EngineState>;
  readonly done: string[] = [];
  /** Emits with every call that begins. */
  readonly asked$ = new Subject<void>();
  private answers = new Subject<{ text: string; elapsedMs: number }>();

  constructor(
    readonly role: Role,
    phase: 'loading' | 'ready',
  ) {
    this.state$ = new BehaviorSubject<EngineState>(phase === 'ready' ? this.ready : { phase });
  }

  private get ready() {
    return { phase: 'ready', model: this.role, variant: 'fake', loadMs: 5 } as const;
  }

  load(): void {
    this.state$.next(this.ready);
  }
  reset(): void {
    this.done.push('reset');
  }
  push(): void {
    if (this.done.at(-1) !== 'push') this.done.push('push');
  }
  transcribe(): Observable<{ text: string; elapsedMs: number }> {
    return new Observable((subscriber) => {
      this.done.push('call');
      const answers = this.answers;
      const waiting = answers.subscribe(subscriber);
      this.asked$.next();
      return () => waiting.unsubscribe();
    });
  }
  answer(elapsedMs: number): void {
    const answers = this.answers;
    this.answers = new Subject();
    answers.next({ text: 'nothing that was said', elapsedMs });
    answers.complete();
  }
  get isHeard(): boolean {
    return this.answers.observed;
  }
}

const made = vi.hoisted(() => ({ fast: undefined as unknown, heavy: undefined as unknown, prepared: 0 }));
vi.mock('../../../src/node/engine-pool', () => ({
  EnginePool: class {
    prepare() {
      made.prepared += 1;
      return Promise.resolve({ engines: { fast: made.fast, heavy: made.heavy } });
    }
    release = () => Promise.resolve();
    dispose = () => Promise.resolve();
  },
}));

let runtime: Runtime;
let fast: SlowEngine;
let heavy: SlowEngine;

function setUp(phase: 'loading' | 'ready'): void {
  made.prepared = 0;
  made.fast = fast = new SlowEngine('fast', phase);
  made.heavy = heavy = new SlowEngine('heavy', phase);
}

beforeEach(() => {
  setUp('ready');
  runtime = runtimeOf('nowhere');
});
afterEach(() => runtime.dispose());

/** Whether it was measured, or why not. */
const outcome = (measured: Promise<readonly EngineReport[]>) =>
  measured.then(
    (reports) => reports.map(({ role }) => role),
    (error: { code?: string }) => error.code,
  );
const asked = (engine: SlowEngine) => firstValueFrom(engine.asked$);
/** Resolves once `engine` is waited for. */
const watched = async (engine: SlowEngine) => {
  while (!engine.state$.observed) await new Promise((resolve) => setImmediate(resolve));
};
/** Answers both calls that an engine is measured with. */
async function answerAll(engine: SlowEngine): Promise<void> {
  await asked(engine);
  engine.answer(2_000);
  engine.answer(1_000);
}

describe('measuring', () => {
  it('takes one engine after the other, the quickest of the calls, and what was heard', async () => {
    const measured = runtime.machine.measure();
    await answerAll(fast);
    // At once: an engine that is loaded is not waited for.
    heavy.answer(3_000);
    heavy.answer(4_000);
    const [first, second] = await measured;
    expect(fast.done).toEqual(['reset', 'push', 'call', 'call']);
    expect(first).toMatchObject({ role: 'fast', model: 'fast', loadMs: 5, heard: { words: 15, right: 0 } });
    expect(second!.msPerSecond / first!.msPerSecond).toBeCloseTo(3, 1);
  });

  const ways: [string, () => unknown][] = [
    ['a dictation that is prepared', () => runtime.prepare()],
    ['a dictation that begins', () => runtime.during(NEVER).subscribe()],
    ['another measurement', () => outcome(runtime.machine.measure())],
  ];

  it.each(ways)('is ended by %s, in the middle of a call', async (_, begin) => {
    const measured = outcome(runtime.machine.measure());
    await asked(fast);
    const done = [...fast.done];
    begin();
    // What comes next on these engines is not the measurement's.
    expect(fast.isHeard).toBe(false);
    expect(await measured).toBe('measuring-ended');
    expect(fast.done.slice(0, done.length)).toEqual(done);
    expect(heavy.done).toEqual([]);
  });

  it.each(ways.slice(0, 2))('is ended by %s, while models load', async (_, begin) => {
    setUp('loading');
    const measured = outcome(runtime.machine.measure());
    await watched(fast);
    begin();
    fast.load();
    heavy.load();
    expect(await measured).toBe('measuring-ended');
    expect([...fast.done, ...heavy.done]).toEqual([]);
  });

  it.each(ways.slice(0, 2))('is ended by %s, before it has its engines', async (_, begin) => {
    const measured = outcome(runtime.machine.measure());
    begin();
    expect(await measured).toBe('measuring-ended');
    expect([...fast.done, ...heavy.done]).toEqual([]);
  });

  it('is ended by the one who asked for it', async () => {
    const asking = new AbortController();
    const measured = outcome(runtime.machine.measure(asking.signal));
    await asked(fast);
    asking.abort();
    expect(await measured).toBe('measuring-ended');
    expect(fast.isHeard).toBe(false);
    made.prepared = 0;
    expect(await outcome(runtime.machine.measure(asking.signal))).toBe('measuring-ended');
    expect(made.prepared).toBe(0);
  });

  it('leaves engines alone that a dictation has, and works after it', async () => {
    const dictation = runtime.during(NEVER).subscribe();
    expect(await outcome(runtime.machine.measure())).toBe('measuring-ended');
    expect(made.prepared).toBe(0);
    dictation.unsubscribe();
    runtime.during(EMPTY).subscribe();
    const measured = outcome(runtime.machine.measure());
    await answerAll(fast);
    heavy.answer(1);
    heavy.answer(1);
    expect(await measured).toEqual(['fast', 'heavy']);
  });

  it('that took the place of another one comes to its end', async () => {
    const first = outcome(runtime.machine.measure());
    await asked(fast);
    const second = outcome(runtime.machine.measure());
    expect(await first).toBe('measuring-ended');
    await answerAll(fast);
    heavy.answer(1);
    heavy.answer(1);
    expect(await second).toEqual(['fast', 'heavy']);
  });
});
