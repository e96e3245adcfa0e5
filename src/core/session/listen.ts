import { Observable, type SchedulerLike, Subscription, timer } from 'rxjs';
import { Conditioner } from '../audio/conditioner';
import { Segmenter } from '../audio/segmenter';
import { ListeningMonitor } from '../audio/warnings';
import { asDictationError, DictationError } from '../errors';
import type { Frame, Level, ListeningWarning, UtteranceEvent } from '../model';
import type { AudioSource, Engines } from '../ports';
import type { ListeningOptions } from '../session-types';
import { FRAME_SAMPLES, msToSamples } from '../units';
import { distinctEngines } from './engines';

/** About 10 levels a second: enough for a meter, cheap for the editor. */
const LEVEL_EVERY_FRAMES = 3;
/** A microphone that delivers nothing for so long after stop is not waited for. */
const STOP_GRACE_MS = 1_000;
/** Without the detector, a frame louder than this counts as speech (the design's noise gate). */
const FALLBACK_PEAK = 0.04;

/** What listening tells. `over` is always the last: everything that was captured has been judged. */
export type ListenEvent =
  | UtteranceEvent
  | { readonly type: 'captured'; readonly position: number }
  | { readonly type: 'judged'; readonly position: number }
  | { readonly type: 'level'; readonly level: Level; readonly voiced: boolean }
  | { readonly type: 'warning'; readonly warning: ListeningWarning; readonly active: boolean }
  | { readonly type: 'over'; readonly error?: DictationError };

/** What listening needs. */
export interface ListenOptions {
  readonly source: AudioSource;
  readonly engines: Engines;
  readonly listening: ListeningOptions;
  readonly scheduler: SchedulerLike;
  /** Ends the capture after the tail. */
  readonly stop$: Observable<unknown>;
  /** Ends the open utterance. */
  readonly endNow$: Observable<unknown>;
}

interface WaitingFrame {
  readonly start: number;
  readonly peak: number;
  readonly gated: boolean;
}

/**
 * One capture from start to end: conditions the frames, hands them to every engine, and turns the detector's answers
 * into utterances. Completes only when every captured frame was judged, even if the detector is still loading when
 * the capture stops: the first word is never lost. Never errors; what went wrong is told by `over`.
 */
export function listen(options: ListenOptions): Observable<ListenEvent> {
  return new Observable<ListenEvent>((subscriber) => {
    const { engines, listening, scheduler } = options;
    const conditioner = new Conditioner(listening);
    const monitor = new ListeningMonitor();
    const segmenter = new Segmenter({ ...listening.vad, maxUtteranceSamples: engines.heavy.longestWindow });
    const all = distinctEngines(engines).map(({ engine }) => engine);
    const waiting: WaitingFrame[] = [];
    const capture = new Subscription();
    const subscription = new Subscription();
    let captured = 0;
    let frames = 0;
    let voiced = false;
    /** As `voiced`, but speech that is too faint for the gate counts: it is what the warning of quiet speech is about. */
    let faintOrVoiced = false;
    let stopAt = Infinity;
    let ended = false;
    let failure: DictationError | undefined;

    const tell = (events: readonly ListenEvent[]) => events.forEach((event) => subscriber.next(event));

    const finishIfJudged = () => {
      if (!ended || waiting.length > 0 || subscriber.closed) return;
      tell(segmenter.finish());
      subscriber.next({ type: 'over', ...(failure && { error: failure }) });
      subscriber.complete();
    };

    const endCapture = (error?: DictationError) => {
      if (ended) return;
      ended = true;
      failure ??= error;
      capture.unsubscribe();
      finishIfJudged();
    };

    const judge = (frame: WaitingFrame, probability: number) => {
      faintOrVoiced = probability >= listening.vad.on;
      voiced = faintOrVoiced && !frame.gated;
      tell(segmenter.push({ ...frame, probability }));
      subscriber.next({ type: 'judged', position: frame.start + FRAME_SAMPLES });
    };

    const capturedFrame = (frame: Frame) => {
      const ready = conditioner.push(frame);
      captured = frame.start + frame.samples.length;
      waiting.push({ start: frame.start, peak: ready.level.peak, gated: ready.gated });
      for (const engine of all) engine.push(ready.frame);
      subscriber.next({ type: 'captured', position: captured });
      if (frames++ % LEVEL_EVERY_FRAMES === 0) subscriber.next({ type: 'level', level: ready.level, voiced });
      tell(monitor.push(ready.level, faintOrVoiced).map((change) => ({ type: 'warning', ...change })));
      if (captured >= stopAt) endCapture();
    };

    // Answers come in order. A frame that gets none counts as silence.
    const answered = ({ start, probability }: { start: number; probability: number }) => {
      while (waiting[0] && waiting[0].start <= start) {
        const frame = waiting.shift() as WaitingFrame;
        judge(frame, frame.start === start ? probability : 0);
      }
      finishIfJudged();
    };

    // The detector is gone for good: what it did not judge is judged by loudness, so that nothing said is lost.
    const lostDetector = (error: DictationError) => {
      failure ??= error;
      endCapture(error);
      for (const frame of waiting.splice(0)) judge(frame, frame.peak > FALLBACK_PEAK ? 1 : 0);
      finishIfJudged();
    };

    const stop = () => {
      const tailMs = listening.vad.stopTailMs;
      stopAt = Math.min(stopAt, captured + msToSamples(tailMs));
      capture.add(timer(tailMs + STOP_GRACE_MS, scheduler).subscribe(() => endCapture()));
    };

    for (const engine of all) engine.start();
    for (const engine of all) engine.reset();
    subscription.add(capture);
    subscription.add(engines.fast.voice$.subscribe(answered));
    subscription.add(options.endNow$.subscribe(() => tell(segmenter.endNow())));
    subscription.add(options.stop$.subscribe(stop));
    subscription.add(
      engines.fast.state$.subscribe({
        next: (state) => {
          if (state.phase === 'failed') lostDetector(state.error);
        },
        complete: () => lostDetector(engineGone()),
      }),
    );
    if (!ended) {
      capture.add(
        options.source.frames$.subscribe({
          next: capturedFrame,
          error: (error: unknown) => endCapture(asDictationError(error, 'microphone', 'capture-failed')),
          complete: () => endCapture(),
        }),
      );
    }
    return subscription;
  });
}

function engineGone(): DictationError {
  return new DictationError(
    'engine',
    'engine-unavailable',
    'The speech engine was shut down while dictating.',
    'Start dictation again.',
  );
}
