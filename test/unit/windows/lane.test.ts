import { map, NEVER, of, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import type { DropReason } from '../../../src/core/model';
import { latestWins, type LaneOptions } from '../../../src/core/windows/lane';

/** Upper-case letters are urgent; the work of an item takes 5 frames and emits it in brackets. */
function run(test: (scheduler: TestScheduler, lane: (over?: Partial<Lane>) => Lane) => void): void {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  const lane = (over: Partial<Lane> = {}): Lane => ({
    project: (item) => timer(5, scheduler).pipe(map(() => `(${item})`)),
    dropped: (item, reason) => `${item}:${reason}`,
    isUrgent: (item) => item === item.toUpperCase(),
    supersedes: () => true,
    refuse: () => undefined,
    open$: of(true),
    ...over,
  });
  test(scheduler, lane);
}
type Lane = LaneOptions<string, string>;

const values = {
  a: '(a)',
  b: '(b)',
  c: '(c)',
  d: '(d)',
  A: '(A)',
  B: '(B)',
  x: 'b:superseded',
  y: 'c:superseded',
  z: 'a:superseded',
  n: 'a:nothing-new' satisfies `a:${DropReason}`,
};

describe('latestWins', () => {
  it('works on one item at a time and keeps only the newest waiting', () => {
    run((scheduler, lane) =>
      scheduler.run(({ hot, expectObservable, expectSubscriptions }) => {
        const source = hot('   abcd------------|');
        const expected = '     --xy-a----d-----|';
        const subscription = ' ^---------------!';
        expectObservable(source.pipe(latestWins(lane()))).toBe(expected, values);
        expectSubscriptions(source.subscriptions).toBe(subscription);
      }),
    );
  });

  it('does not starve when items come faster than the work is done', () => {
    run((scheduler, lane) =>
      scheduler.run(({ hot, expectObservable }) => {
        const source = hot('   a--b--c--d--|');
        const expected = '     -----a---yb----(d|)';
        expectObservable(source.pipe(latestWins(lane()))).toBe(expected, values);
      }),
    );
  });

  it('never drops urgent items, takes them first and in order', () => {
    run((scheduler, lane) =>
      scheduler.run(({ hot, expectObservable }) => {
        const source = hot('   aABd--------------------|');
        const expected = '     -----a----A----B----d---|';
        expectObservable(source.pipe(latestWins(lane()))).toBe(expected, values);
      }),
    );
  });

  it('lets an urgent item take the place of what it makes pointless', () => {
    run((scheduler, lane) =>
      scheduler.run(({ hot, expectObservable }) => {
        const source = hot('   abA-------|');
        const expected = '     --x--a----(A|)';
        expectObservable(source.pipe(latestWins(lane()))).toBe(expected, values);
      }),
    );
    run((scheduler, lane) =>
      scheduler.run(({ hot, expectObservable }) => {
        const source = hot('   abA--------------|');
        const expected = '     -----a----A----b-|';
        expectObservable(source.pipe(latestWins(lane({ supersedes: () => false })))).toBe(expected, values);
      }),
    );
  });

  it('waits while it is closed, with the newest item and all urgent ones', () => {
    run((scheduler, lane) =>
      scheduler.run(({ hot, cold, expectObservable, expectSubscriptions }) => {
        const source = hot('   abcA--|');
        const gate = cold('    f--------t', { t: true, f: false });
        const expected = '     -zxy----------(A|)';
        expectObservable(source.pipe(latestWins(lane({ open$: gate })))).toBe(expected, values);
        expectSubscriptions(source.subscriptions).toBe('^-----!');
        expectSubscriptions(gate.subscriptions).toBe('  ^-------------!');
      }),
    );
  });

  it('opens for good when its gate completes', () => {
    run((scheduler, lane) =>
      scheduler.run(({ hot, cold, expectObservable }) => {
        const gate = cold('    f--|', { f: false });
        const expected = '     --------(a|)';
        expectObservable(hot('a-|').pipe(latestWins(lane({ open$: gate })))).toBe(expected, values);
      }),
    );
  });

  it('asks at arrival and at the turn whether the work is still wanted', () => {
    const asked: string[] = [];
    run((scheduler, lane) =>
      scheduler.run(({ hot, expectObservable }) => {
        const refuse = (item: string): DropReason | undefined => {
          asked.push(item);
          return item === 'a'
            ? 'nothing-new'
            : asked.filter((other) => other === 'c').length > 1
              ? 'pause'
              : undefined;
        };
        const source = hot('   abc-------|');
        const expected = '     n-----(bw)|';
        expectObservable(source.pipe(latestWins(lane({ refuse })))).toBe(expected, {
          ...values,
          w: 'c:pause',
        });
      }),
    );
    expect(asked).toEqual(['a', 'b', 'b', 'c', 'c']);
  });

  it('works off thousands of items that are done at once without growing the stack', () => {
    const told: string[] = [];
    of(...Array.from({ length: 20_000 }, () => 'A'))
      .pipe(
        latestWins<string, string>({
          project: (item) => of(item),
          dropped: (item) => item,
          isUrgent: () => true,
          supersedes: () => false,
          refuse: () => undefined,
          open$: of(true),
        }),
      )
      .subscribe((value) => told.push(value));
    expect(told).toHaveLength(20_000);
  });

  it('passes an error on and ends everything with it', () => {
    run((scheduler, lane) =>
      scheduler.run(({ hot, cold, expectObservable, expectSubscriptions }) => {
        const source = hot('   a-b-#');
        const work = cold('    ---------w|');
        expectObservable(source.pipe(latestWins(lane({ project: () => work })))).toBe('----#');
        expectSubscriptions(work.subscriptions).toBe('^---!');
      }),
    );
  });

  it('unsubscribes from source, gate and work', () => {
    run((scheduler, lane) =>
      scheduler.run(({ hot, cold, expectObservable, expectSubscriptions }) => {
        const source = hot('   a-b-------');
        const work = cold('    ---------w|');
        const gate = cold('    t---------', { t: true });
        const unsubscribed = ' ^----!';
        expectObservable(
          source.pipe(latestWins(lane({ project: () => work, open$: gate }))),
          unsubscribed,
        ).toBe('------');
        for (const { subscriptions } of [source, work, gate])
          expectSubscriptions(subscriptions).toBe('^----!');
      }),
    );
  });

  it('starts afresh with every subscription', () => {
    run((scheduler, lane) =>
      scheduler.run(({ cold, expectObservable }) => {
        const lane$ = cold('   ab--|').pipe(latestWins(lane()));
        expectObservable(lane$).toBe('-----a----(b|)', values);
        expectObservable(lane$).toBe('-----a----(b|)', values);
      }),
    );
  });

  it('stays open as long as its source does', () => {
    run((scheduler, lane) =>
      scheduler.run(({ expectObservable }) => {
        expectObservable(NEVER.pipe(latestWins(lane())), '^-----!').toBe('-------');
      }),
    );
  });
});
