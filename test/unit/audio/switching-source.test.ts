import { Observable, Subject, type Subscriber } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { switchingSource } from '../../../src/core/audio/switching-source';
import type { Frame } from '../../../src/core/model';
import type { AudioSource } from '../../../src/core/ports';

const frame = (start: number, value: number): Frame => ({ start, samples: Float32Array.of(value) });

describe('switchingSource', () => {
  it('goes on with the other microphone where the first has stopped', () => {
    const [a, b] = [new Subject<Frame>(), new Subject<Frame>()];
    const others$ = new Subject<AudioSource>();
    const heard: string[] = [];
    const source = switchingSource({ name: 'a', frames$: a }, others$, () => expect.unreachable());
    const subscription = source.frames$.subscribe(({ start, samples }) =>
      heard.push(`${start}:${samples[0]}`),
    );
    a.next(frame(0, 1));
    a.next(frame(512, 2));
    others$.next({ name: 'b', frames$: b });
    a.next(frame(1_024, 9));
    b.next(frame(0, 3));
    expect(heard).toEqual(['0:1', '512:2', '1024:3']);
    expect(a.observed).toBe(false);
    subscription.unsubscribe();
    expect([b.observed, others$.observed]).toEqual([false, false]);
  });

  /** Sources that can be captured again and again, as microphones can. */
  function microphones() {
    const others$ = new Subject<AudioSource>();
    const made = (name: string) => {
      const captures: Subscriber<Frame>[] = [];
      return {
        name,
        captures,
        frames$: new Observable<Frame>((subscriber) => void captures.push(subscriber)),
      };
    };
    const [a, b] = [made('a'), made('b')];
    const failures: unknown[] = [];
    const heard: (number | string)[] = [];
    switchingSource(a, others$, (error) => failures.push(error)).frames$.subscribe({
      next: ({ start, samples }) => heard.push(start / 512, `${samples[0]}`),
      error: (error: Error) => heard.push(error.message),
    });
    return { a, b, others$, failures, heard };
  }

  it.each([false, true])(
    'goes back to the microphone before when the chosen one fails (heard before: %s)',
    (late) => {
      const { a, b, others$, failures, heard } = microphones();
      a.captures[0]?.next(frame(0, 1));
      others$.next(b);
      if (late) b.captures[0]?.next(frame(0, 2));
      const error = new Error('unplugged');
      b.captures[0]?.error(error);
      expect(failures).toEqual([error]);
      expect(a.captures).toHaveLength(2);
      expect(a.captures[0]?.closed).toBe(true);
      a.captures[1]?.next(frame(0, 3));
      expect(heard).toEqual(late ? [0, '1', 1, '2', 2, '3'] : [0, '1', 1, '3']);
    },
  );

  it('fails with the one it went back to, and with the first', () => {
    const back = microphones();
    back.others$.next(back.b);
    back.b.captures[0]?.error(new Error('b'));
    back.a.captures[1]?.error(new Error('a again'));
    expect(back.heard).toEqual(['a again']);
    const alone = microphones();
    alone.a.captures[0]?.error(new Error('a'));
    expect([alone.heard, alone.failures]).toEqual([['a'], []]);
  });

  it('can be told of yet another one after a failure', () => {
    const { a, b, others$, heard } = microphones();
    others$.next(b);
    b.captures[0]?.error(new Error('b'));
    others$.next(b);
    expect(a.captures[1]?.closed).toBe(true);
    b.captures[1]?.next(frame(0, 5));
    expect(heard).toEqual([0, '5']);
  });
});
