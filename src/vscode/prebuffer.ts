import { Observable, type Subscriber, type Subscription } from 'rxjs';
import type { Disposable } from '../core/lifetime';
import type { Frame } from '../core/model';
import type { AudioSource } from '../core/ports';

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

  constructor(source: AudioSource) {
    this.name = source.name;
    this.frames$ = new Observable((subscriber) => this.handOver(subscriber));
    this.capture = source.frames$.subscribe({
      next: (frame) => {
        if (this.waiting) this.waiting.push(frame);
        else this.subscriber?.next(frame);
      },
      error: (error: unknown) => this.end({ error }),
      complete: () => this.end('complete'),
    });
  }

  /**
   * Ends the capture; what was captured is still handed over. Idempotent. Does nothing once somebody listens: a session
   * hears the tail after stop, the end of the last word, and then ends the capture itself.
   */
  stop(): void {
    if (this.subscriber) return;
    this.capture.unsubscribe();
    this.end('complete');
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
