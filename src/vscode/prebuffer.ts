import { asyncScheduler, Observable, type SchedulerLike, type Subscriber, type Subscription } from 'rxjs';
import type { Disposable } from '../core/lifetime';
import type { Frame } from '../core/model';
import type { AudioSource } from '../core/ports';
import { MOST_AHEAD_SECONDS, msToSamples, SAMPLE_RATE } from '../core/units';

/** A microphone that delivers nothing for so long after its tail is due is not waited for, ms. */
const STOP_GRACE_MS = 1_000;
const MOST_AHEAD = MOST_AHEAD_SECONDS * SAMPLE_RATE;
/** How often a hand-over that was ahead looks whether it may go on, ms. */
const AHEAD_RETRY_MS = 50;

/** How a {@link PrebufferedSource} hands over. */
export interface PrebufferOptions {
  /** Audio kept after {@link PrebufferedSource.stop}: the end of the last word, ms. */
  readonly tailMs: number;
  /** The sample position up to which whoever listens needs no audio any more. */
  readonly heardUpTo: () => number;
}

/**
 * A source that captures from the moment it is made, so that the first word is not lost while models are looked up
 * or a former dictation still needs the engines. What was captured until then is handed over on subscription, as fast as it is
 * heard: the engines keep so much and no more, and whoever has spoken for a minute meanwhile has a backlog that is longer. Only
 * one subscription is possible.
 */
export class PrebufferedSource implements AudioSource, Disposable {
  readonly name: string;
  readonly frames$: Observable<Frame>;
  private readonly capture: Subscription;
  /** Frames nobody took yet; `undefined` once there is a subscriber who has taken all and gets the others directly. */
  private waiting: Frame[] | undefined = [];
  private subscriber: Subscriber<Frame> | undefined;
  /** How the capture ended, if it did. */
  private ended: { readonly error: unknown } | 'complete' | undefined;

  /** Samples of the tail that are still to come, once it was stopped. */
  private tailLeft = Infinity;
  private retry: Subscription | undefined;

  /** @param scheduler real time; virtual in tests */
  constructor(
    source: AudioSource,
    private readonly options: PrebufferOptions,
    private readonly scheduler: SchedulerLike = asyncScheduler,
  ) {
    this.name = source.name;
    this.frames$ = new Observable((subscriber) => this.handOver(subscriber));
    this.capture = source.frames$.subscribe({
      next: (frame) => {
        if (this.waiting) this.waiting.push(frame);
        else this.subscriber?.next(frame);
        this.tailLeft -= frame.samples.length;
        if (this.tailLeft <= 0) this.endCapture();
      },
      error: (error: unknown) => this.end({ error }),
      complete: () => this.end('complete'),
    });
  }

  /** True while there is sound that was captured and not handed over: who stops listening now would not hear it. */
  get hasBacklog(): boolean {
    return this.waiting !== undefined && this.waiting.length > 0;
  }

  /**
   * Ends the capture after the tail; what was captured is still handed over, and then the source ends. Idempotent. Does nothing
   * once somebody listens and has no backlog: a session hears the tail by itself and then ends the capture.
   */
  stop(): void {
    if ((this.subscriber && !this.hasBacklog) || this.tailLeft < Infinity) return;
    const { tailMs } = this.options;
    this.tailLeft = msToSamples(tailMs);
    if (this.tailLeft === 0) this.endCapture();
    else this.capture.add(this.scheduler.schedule(() => this.endCapture(), tailMs + STOP_GRACE_MS));
  }

  /** Ends the capture and forgets what nobody took. */
  dispose(): void {
    this.capture.unsubscribe();
    this.retry?.unsubscribe();
    this.waiting = [];
  }

  private handOver(subscriber: Subscriber<Frame>): () => void {
    this.subscriber = subscriber;
    this.goOn(subscriber);
    return () => {
      this.retry?.unsubscribe();
      this.capture.unsubscribe();
    };
  }

  /** Hands over what may be handed over by now. Frames that arrive meanwhile go to the end of the queue: the order never changes. */
  private goOn(subscriber: Subscriber<Frame>): void {
    for (let frame = this.due(); frame; frame = this.due()) subscriber.next(frame);
    if (this.hasBacklog) {
      this.retry = this.scheduler.schedule(() => this.goOn(subscriber), AHEAD_RETRY_MS);
      return;
    }
    this.waiting = undefined;
    this.pass();
  }

  private due(): Frame | undefined {
    const [first] = this.waiting ?? [];
    if (!first || first.start + first.samples.length - this.options.heardUpTo() > MOST_AHEAD)
      return undefined;
    return this.waiting?.shift();
  }

  private endCapture(): void {
    this.capture.unsubscribe();
    this.end('complete');
  }

  private end(how: { readonly error: unknown } | 'complete'): void {
    this.ended ??= how;
    if (!this.waiting) this.pass();
  }

  /** Tells the subscriber how the capture ended. */
  private pass(): void {
    if (this.ended === 'complete') this.subscriber?.complete();
    else if (this.ended) this.subscriber?.error(this.ended.error);
  }
}
