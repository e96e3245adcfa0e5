import { Observable, Subject, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/core/model';
import { PrebufferedSource } from '../../../src/vscode/prebuffer';

const frame = (index: number): Frame => ({ start: index * 512, samples: new Float32Array(512) });

/** Three frames. */
const TAIL_MS = 96;

function setup() {
  const frames = new Subject<Frame>();
  const state = { captures: 0, ended: 0 };
  const scheduler = new VirtualTimeScheduler();
  const microphone = {
    name: 'test',
    frames$: new Observable<Frame>((subscriber) => {
      state.captures++;
      subscriber.add(() => state.ended++);
      return frames.subscribe(subscriber);
    }),
  };
  const source = new PrebufferedSource(microphone, TAIL_MS, scheduler);
  const heard: (number | string)[] = [];
  const listen = () =>
    source.frames$.subscribe({
      next: ({ start }) => heard.push(start / 512),
      error: (error: Error) => heard.push(error.message),
      complete: () => heard.push('end'),
    });
  return { frames, state, source, scheduler, heard, listen };
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

  it('forgets everything when disposed before anyone listens', () => {
    const { frames, state, source, heard, listen } = setup();
    frames.next(frame(0));
    source.dispose();
    expect(state.ended).toBe(1);
    listen();
    expect(heard).toEqual([]);
  });

  it('stopped before anyone listens keeps the tail, the end of the last word', () => {
    const { frames, state, source, heard, listen } = setup();
    frames.next(frame(0));
    source.stop();
    for (let index = 1; index < 6; index++) {
      expect(state.ended).toBe(index > 3 ? 1 : 0);
      source.stop();
      frames.next(frame(index));
    }
    listen();
    expect(heard).toEqual([0, 1, 2, 3, 'end']);
  });

  it('ends where it was to end even if somebody begins to listen during the tail', () => {
    const { frames, source, heard, listen } = setup();
    frames.next(frame(0));
    source.stop();
    frames.next(frame(1));
    listen();
    for (let index = 2; index < 6; index++) frames.next(frame(index));
    expect(heard).toEqual([0, 1, 2, 3, 'end']);
  });

  it('does not wait for a microphone that delivers nothing more', () => {
    const { frames, state, source, scheduler, heard, listen } = setup();
    frames.next(frame(0));
    source.stop();
    listen();
    expect(heard).toEqual([0]);
    scheduler.flush();
    expect(heard).toEqual([0, 'end']);
    expect(state.ended).toBe(1);
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
