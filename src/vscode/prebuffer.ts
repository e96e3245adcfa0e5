import { asyncScheduler, Observable, type SchedulerLike, type Subscriber, type Subscription } from 'rxjs';
import type { Disposable } from '../core/lifetime';
import type { Frame } from '../core/model';
import type { AudioSource } from '../core/ports';
import { msToSamples } from '../core/units';

/** A microphone that delivers nothing for so long after its tail is due is not waited for, ms. */
const STOP_GRACE_MS = 1_000;

/**
 * A source that captures from the moment it is made, so that the first word is not lost while models are looked up
 * or a former dictation still needs the engines. What was captured until then is handed over on subscription; only one
 * subscription is possible.
 */
export class PrebufferedSource implements AudioSource, Disposable {
  readonly name: string;
  readonly frames$: Observable<Frame>;
  private readonly capture: Subscription;
  /** Frames nobody took yet; `undefined` once there is a subscriber that gets them directly. */
  private waiting: Frame[] | undefined = [];
  private subscriber: Subscriber<Frame> | undefined;
  /** How the capture ended, if it did. */
  private ended: { readonly error: unknown } | 'complete' | undefined;

  /** Samples of the tail that are still to come, once it was stopped. */
  private tailLeft = Infinity;

  /**
   * @param tailMs audio kept after {@link stop}: the end of the last word
   * @param scheduler real time; virtual in tests
   */
  constructor(
    source: AudioSource,
    private readonly tailMs: number,
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

  /**
   * Ends the capture after the tail; what was captured is still handed over. Idempotent. Does nothing once somebody listens: a
   * session hears the tail by itself and then ends the capture.
   */
  stop(): void {
    if (this.subscriber || this.tailLeft < Infinity) return;
    this.tailLeft = msToSamples(this.tailMs);
    if (this.tailLeft === 0) this.endCapture();
    else this.capture.add(this.scheduler.schedule(() => this.endCapture(), this.tailMs + STOP_GRACE_MS));
  }

  /** Ends the capture and forgets what nobody took. */
  dispose(): void {
    this.capture.unsubscribe();
    this.waiting = [];
  }

  private handOver(subscriber: Subscriber<Frame>): () => void {
    this.subscriber = subscriber;
    // Frames that arrive while this runs go to the end of the same queue: the order never changes.
    for (let frame = this.waiting?.shift(); frame; frame = this.waiting?.shift()) subscriber.next(frame);
    this.waiting = undefined;
    this.pass();
    return () => this.capture.unsubscribe();
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
