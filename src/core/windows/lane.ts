import { from, Observable, type ObservableInput, type OperatorFunction, Subscription } from 'rxjs';
import type { DropReason } from '../model';

/** How a lane treats its items. */
export interface LaneOptions<T, R> {
  /** Does the work; everything it emits is passed on. It must not error: a failure is a value like any other. */
  readonly project: (item: T) => ObservableInput<R>;
  /** What is told of an item that gets no turn. */
  readonly dropped: (item: T, reason: DropReason) => R;
  /** Items that always get their turn, in order, before all others. */
  readonly isUrgent: (item: T) => boolean;
  /** True if the arrival of the urgent `newer` makes the waiting, not urgent `item` pointless. */
  readonly supersedes: (newer: T, item: T) => boolean;
  /** Asked when an item arrives and again when its turn comes: a reason why it is not worth the work. */
  readonly refuse: (item: T) => DropReason | undefined;
  /** False while no work can be done (a model is loading); items wait meanwhile. */
  readonly open$: Observable<boolean>;
}

/**
 * Latest wins, without starving: one item is worked on, one waits, and a newer one takes the waiting one's place. Unlike
 * `switchMap`, work in progress always finishes, so that a source faster than the work still gets results. Urgent
 * items queue up and are never dropped. Completes when the source has completed and all work is done.
 */
export function latestWins<T, R>(options: LaneOptions<T, R>): OperatorFunction<T, R> {
  return (source) =>
    new Observable<R>((subscriber) => {
      const urgent: T[] = [];
      let waiting: { readonly item: T } | undefined;
      let open = false;
      let busy = false;
      let ended = false;
      const subscription = new Subscription();

      const drop = (item: T, reason: DropReason) => subscriber.next(options.dropped(item, reason));

      const take = (): { readonly item: T } | undefined => {
        if (urgent.length > 0) return { item: urgent.shift() as T };
        const next = waiting;
        waiting = undefined;
        return next;
      };

      // A loop, not recursion: work that finishes at once must not grow the stack.
      const advance = () => {
        while (open && !busy && !subscriber.closed) {
          const next = take();
          if (!next) break;
          const reason = options.refuse(next.item);
          if (reason) drop(next.item, reason);
          else work(next.item);
        }
        if (ended && !busy && urgent.length === 0 && !waiting) subscriber.complete();
      };

      const work = (item: T) => {
        busy = true;
        let synchronous = true;
        const done = () => {
          busy = false;
          if (!synchronous) advance();
        };
        subscription.add(
          from(options.project(item)).subscribe({
            next: (result) => subscriber.next(result),
            error: (error: unknown) => subscriber.error(error),
            complete: done,
          }),
        );
        synchronous = false;
      };

      const arrive = (item: T) => {
        const reason = options.refuse(item);
        if (reason) return drop(item, reason);
        if (waiting && (!options.isUrgent(item) || options.supersedes(item, waiting.item))) {
          const old = waiting.item;
          waiting = undefined;
          drop(old, 'superseded');
        }
        if (options.isUrgent(item)) urgent.push(item);
        else waiting = { item };
        return advance();
      };

      subscription.add(
        source.subscribe({
          next: arrive,
          error: (error: unknown) => subscriber.error(error),
          complete: () => {
            ended = true;
            advance();
          },
        }),
      );
      subscription.add(
        options.open$.subscribe({
          next: (value) => {
            open = value;
            advance();
          },
          // Whatever opened the gate is gone: let the items run and fail one by one.
          complete: () => {
            open = true;
            advance();
          },
        }),
      );
      return subscription;
    });
}
