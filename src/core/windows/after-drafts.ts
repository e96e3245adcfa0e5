import { NEVER, Observable, Subscription } from 'rxjs';
import type { Window } from '../model';
import type { TranscriberEvent } from './transcriber';
import type { SpeechEvent } from './windower';

/** True for a window that is drafted: all but an utterance's last one, whose end was drafted at the pause before it. */
export function isDrafted(window: Window): boolean {
  return !window.final || window.speculative === true;
}

/**
 * The speech events for the heavy model, of which the windows that `waits` names come only when the fast model is done with
 * all windows up to them: it has drafted them, or there was nothing new to draft. All other events come at once.
 * Completes when the source has completed and no window waits.
 * @param fast$ hot; what the fast model tells of its windows, each event after the merge has taken it in
 * @param changed$ emits when `waits` may name fewer windows than before; those that it does not name any more come at once
 */
export function afterDrafts(
  speech$: Observable<SpeechEvent>,
  fast$: Observable<TranscriberEvent>,
  waits: (window: Window) => boolean,
  changed$: Observable<unknown> = NEVER,
): Observable<SpeechEvent> {
  return new Observable((subscriber) => {
    const subscription = new Subscription();
    const drafts = new OpenDrafts();
    let waiting: { readonly event: SpeechEvent; readonly window: Window }[] = [];
    let ended = false;

    const finishIfEmpty = () => {
      if (ended && waiting.length === 0) subscriber.complete();
    };
    const release = () => {
      const ready = waiting.filter(({ window }) => !waits(window) || !drafts.anyUpTo(window.id));
      waiting = waiting.filter((entry) => !ready.includes(entry));
      for (const { event } of ready) subscriber.next(event);
      finishIfEmpty();
    };
    const observe = (event: SpeechEvent) => {
      if (event.type !== 'window') return subscriber.next(event);
      const { window } = event;
      if (isDrafted(window)) drafts.opened(window.id);
      if (waits(window) && drafts.anyUpTo(window.id)) waiting.push({ event, window });
      else subscriber.next(event);
    };

    subscription.add(
      fast$.subscribe((event) => {
        if (event.type === 'dropped' && event.reason === 'superseded') drafts.superseded(event.window.id);
        else drafts.done(event.window.id);
        release();
      }),
    );
    subscription.add(changed$.subscribe(release));
    subscription.add(
      speech$.subscribe({
        next: observe,
        error: (error: unknown) => subscriber.error(error),
        complete: () => {
          ended = true;
          finishIfEmpty();
        },
      }),
    );
    return subscription;
  });
}

/** Windows that the fast model has not done with. */
class OpenDrafts {
  /** Ids, and whether a newer window has taken the place: whose draft then covers both. */
  private readonly open = new Map<number, 'due' | 'superseded'>();
  /** A window may be refused in the moment in which it opens. */
  private latestDone = 0;

  opened(id: number): void {
    if (id !== this.latestDone) this.open.set(id, 'due');
  }

  superseded(id: number): void {
    this.open.set(id, 'superseded');
  }

  done(id: number): void {
    this.latestDone = id;
    this.open.delete(id);
    for (const [other, state] of this.open) if (other < id && state === 'superseded') this.open.delete(other);
  }

  anyUpTo(id: number): boolean {
    return [...this.open.keys()].some((other) => other <= id);
  }
}
