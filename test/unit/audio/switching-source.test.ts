import { Subject } from 'rxjs';
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
    const source = switchingSource({ name: 'a', frames$: a }, others$);
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
});
