import { Observable, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/core/model';
import { PrebufferedSource } from '../../../src/vscode/prebuffer';

const frame = (index: number): Frame => ({ start: index * 512, samples: new Float32Array(512) });

function setup() {
  const frames = new Subject<Frame>();
  const state = { captures: 0, ended: 0 };
  const source = new PrebufferedSource({
    name: 'test',
    frames$: new Observable((subscriber) => {
      state.captures++;
      subscriber.add(() => state.ended++);
      return frames.subscribe(subscriber);
    }),
  });
  const heard: (number | string)[] = [];
  const listen = () =>
    source.frames$.subscribe({
      next: ({ start }) => heard.push(start / 512),
      error: (error: Error) => heard.push(error.message),
      complete: () => heard.push('end'),
    });
  return { frames, state, source, heard, listen };
}

describe('PrebufferedSource', () => {
  it('captures at once and hands over in order, early frames first', () => {
    const { frames, state, heard, listen } = setup();
    expect(state.captures).toBe(1);
    frames.next(frame(0));
    frames.next(frame(1));
    listen();
    frames.next(frame(2));
    expect(heard).toEqual([0, 1, 2]);
    expect(state.captures).toBe(1);
  });

  it('keeps the order when frames arrive during the hand-over', () => {
    const { frames, source } = setup();
    frames.next(frame(0));
    frames.next(frame(1));
    const heard: number[] = [];
    source.frames$.subscribe(({ start }) => {
      if (heard.push(start / 512) === 1) frames.next(frame(2));
    });
    expect(heard).toEqual([0, 1, 2]);
  });

  it.each([
    ['stopped before anyone listens', (source: PrebufferedSource) => source.stop(), [0, 'end']],
    ['disposed before anyone listens', (source: PrebufferedSource) => source.dispose(), []],
  ])('%s', (_name, act, expected) => {
    const { frames, state, source, heard, listen } = setup();
    frames.next(frame(0));
    act(source);
    expect(state.ended).toBe(1);
    listen();
    expect(heard).toEqual(expected);
  });

  it('passes on how the capture ended, early or late', () => {
    for (const early of [true, false]) {
      const { frames, heard, listen } = setup();
      if (!early) listen();
      frames.next(frame(0));
      frames.error(new Error('unplugged'));
      if (early) listen();
      expect(heard).toEqual([0, 'unplugged']);
    }
  });

  it('ends the capture with the subscription', () => {
    const { state, listen } = setup();
    listen().unsubscribe();
    expect(state.ended).toBe(1);
  });

  it('leaves the tail after stop to whoever listens', () => {
    const { frames, state, source, heard, listen } = setup();
    const listener = listen();
    source.stop();
    frames.next(frame(0));
    expect(heard).toEqual([0]);
    listener.unsubscribe();
    expect(state.ended).toBe(1);
  });
});
