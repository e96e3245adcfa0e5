import { map, of, throwError, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { latestWins } from '../../../src/core/windows/lane';
import { ALWAYS, Turns } from '../../../src/core/windows/turns';

const run = (test: (scheduler: TestScheduler) => void) =>
  test(new TestScheduler((actual, expected) => expect(actual).toEqual(expected)));

describe('Turns', () => {
  it('lets one model work at a time', () => {
    run((scheduler) =>
      scheduler.run(({ cold, expectObservable }) => {
        const turns = new Turns();
        expectObservable(turns.of('fast').hold(cold('--a|'))).toBe('--a|');
        expectObservable(turns.of('heavy').hold(cold('--b|'))).toBe('-----b|');
      }),
    );
  });

  it('is over when the work is, also when it failed', () => {
    run((scheduler) =>
      scheduler.run(({ cold, expectObservable }) => {
        const turns = new Turns();
        expectObservable(turns.of('heavy').hold(cold('--#'))).toBe('--#');
        expectObservable(turns.of('fast').hold(cold('-a|'))).toBe('---a|');
      }),
    );
    const turns = new Turns();
    turns
      .of('fast')
      .hold(throwError(() => new Error('no')))
      .subscribe({ error: () => undefined });
    const told: string[] = [];
    turns
      .of('heavy')
      .hold(of('b'))
      .subscribe((value) => told.push(value));
    expect(told).toEqual(['b']);
  });

  it('alternates where both always have something to do, whoever is quicker', () => {
    run((scheduler) =>
      scheduler.run(({ hot, expectObservable }) => {
        const turns = new Turns();
        const lane = (role: 'fast' | 'heavy', frames: number) =>
          latestWins<string, string>({
            project: (item) => turns.of(role).hold(timer(frames, scheduler).pipe(map(() => item))),
            dropped: () => '',
            isUrgent: () => true,
            supersedes: () => false,
            refuse: () => undefined,
            open$: turns.of(role).open$,
          });
        expectObservable(hot('(abc)').pipe(lane('fast', 1))).toBe('-a---b---c');
        expectObservable(hot('(xyz)').pipe(lane('heavy', 3))).toBe('----x---y---z');
      }),
    );
  });

  it('that always comes waits for nobody', () => {
    run((scheduler) =>
      scheduler.run(({ cold, expectObservable }) => {
        expectObservable(ALWAYS.hold(cold('--a|'))).toBe('--a|');
        expectObservable(ALWAYS.hold(cold('--b|'))).toBe('--b|');
        expectObservable(ALWAYS.open$).toBe('(t|)', { t: true });
      }),
    );
  });
});
