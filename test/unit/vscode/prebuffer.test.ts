import { Observable, Subject, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/core/model';
import { PrebufferedSource } from '../../../src/vscode/prebuffer';

const frame = (index: number): Frame => ({ start: index * 512, samples: new Float32Array(512) });

/** Three frames. */
const TAIL_MS = 96;

function setup() {
  const frames = new Subject<Frame>();
  const state = { captures: 0, ended: 0, heardUpTo: 0 };
  const scheduler = new VirtualTimeScheduler();
  const microphone = {
    name: 'test',
    frames$: new Observable<Frame>((subscriber) => {
      state.captures++;
      subscriber.add(() => state.ended++);
      return frames.subscribe(subscriber);
    }),
  };
  const source = new PrebufferedSource(
    microphone,
    { tailMs: TAIL_MS, heardUpTo: () => state.heardUpTo },
    scheduler,
  );
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

  describe('with a backlog that is longer than the engines keep', () => {
    /** 32 s, what may be ahead. */
    const AHEAD = 1_000;
    const BACKLOG = 1_500;

    function open() {
      const all = setup();
      for (let index = 0; index < BACKLOG; index++) all.frames.next(frame(index));
      all.listen();
      /** Time passes, and so much has been heard meanwhile. */
      const hear = (frames: number) => {
        all.state.heardUpTo = frames * 512;
        all.scheduler.maxFrames += 60;
        all.scheduler.flush();
      };
      all.scheduler.maxFrames = 0;
      return { ...all, hear };
    }
    const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

    it('is as far ahead as they keep, and never further, until all is handed over', () => {
      const { frames, source, heard, hear } = open();
      expect(heard).toEqual(upTo(AHEAD));
      frames.next(frame(BACKLOG));
      hear(0);
      expect(heard).toHaveLength(AHEAD);
      hear(100);
      expect(heard).toEqual(upTo(AHEAD + 100));
      expect(source.hasBacklog).toBe(true);
      hear(501);
      expect(heard).toEqual(upTo(BACKLOG + 1));
      expect(source.hasBacklog).toBe(false);
      // From there on at once, as any microphone.
      frames.next(frame(BACKLOG + 1));
      expect(heard).toEqual(upTo(BACKLOG + 2));
    });

    it('hands over all of it, and the tail, although it was stopped', () => {
      const { frames, state, source, heard, hear } = open();
      source.stop();
      for (let index = 0; index < 6; index++) frames.next(frame(BACKLOG + index));
      expect(state.ended).toBe(1);
      hear(BACKLOG);
      expect(heard).toEqual([...upTo(BACKLOG + 3), 'end']);
    });

    it('hands over nothing any more once it is disposed', () => {
      const { source, heard, hear } = open();
      source.dispose();
      hear(BACKLOG);
      expect(heard).toHaveLength(AHEAD);
    });
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
