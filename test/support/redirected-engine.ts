import type { Engine, Engines, ListeningEngine } from '../../src/core/ports';

type Transcribe = Engine['transcribe'];

/** The same engine, but `transcribe` takes its calls. */
export function redirected(inner: ListeningEngine, transcribe: Transcribe): ListeningEngine;
export function redirected(inner: Engine, transcribe: Transcribe): Engine;
export function redirected(
  inner: Engine & Partial<ListeningEngine>,
  transcribe: Transcribe,
): Engine & Partial<ListeningEngine> {
  return {
    role: inner.role,
    longestWindow: inner.longestWindow,
    takesPrompts: inner.takesPrompts ?? true,
    state$: inner.state$,
    ...(inner.voice$ && { voice$: inner.voice$ }),
    start: () => inner.start(),
    reset: () => inner.reset(),
    push: (frame) => inner.push(frame),
    release: (before) => inner.release(before),
    usage: () => inner.usage(),
    dispose: () => inner.dispose(),
    transcribe,
  };
}

/**
 * Both engines, but other calls are made.
 * @param taking what takes the calls of an engine
 */
export function redirectedPair(engines: Engines, taking: (inner: Engine) => Transcribe): Engines {
  return oneStaysOne(engines, ({ fast, heavy }) => ({
    fast: redirected(fast, taking(fast)),
    heavy: redirected(heavy, taking(heavy)),
  }));
}

/** What `wrapped` makes of both engines; one in both roles stays one, or a session would take it for two. */
export function oneStaysOne(engines: Engines, wrapped: (engines: Engines) => Engines): Engines {
  const { fast, heavy } = wrapped(engines);
  return { fast, heavy: engines.fast === engines.heavy ? fast : heavy };
}
