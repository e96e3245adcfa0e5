import type { Engine, ListeningEngine } from '../../src/core/ports';

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
