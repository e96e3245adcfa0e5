import { VirtualTimeScheduler } from 'rxjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { KeyPresses } from '../../../src/vscode/key-presses';
import { STARTING, type TakeStatus } from '../../../src/vscode/take-status';
import { msToSamples } from '../../../src/core/units';

/** A machine that can stand still: until `standsStillUntil` its clock shows no time before that. */
class Machine extends VirtualTimeScheduler {
  standsStillUntil = 0;
  override now = () => Math.max(this.frame, this.standsStillUntil);
}

let scheduler: Machine;
let keys: KeyPresses;
let log: string[];
let take: TakeStatus | undefined;
let silenceLimitMs: number;

function tell(more: Partial<TakeStatus> = {}, source = 'microphone (arecord)'): void {
  take = take && { ...take, ...more };
  keys.update({ take, source });
}
function at(...times: number[]): void {
  for (const time of times) scheduler.schedule(() => keys.press(), time);
}
function when(time: number, more: Partial<TakeStatus>): void {
  scheduler.schedule(() => tell(more), time);
}
const repeats = (from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / 30) + 1 }, (_, index) => from + index * 30);
function run(): string[] {
  scheduler.flush();
  return log;
}

beforeEach(() => {
  scheduler = new Machine();
  log = [];
  take = undefined;
  silenceLimitMs = 0;
  keys = new KeyPresses(
    {
      start: () => {
        log.push(`start ${scheduler.now()}`);
        take = { ...STARTING, phase: 'listening' };
        tell();
      },
      stop: () => {
        log.push(`stop ${scheduler.now()}`);
        take = undefined;
        tell();
      },
      silenceLimitMs: () => silenceLimitMs,
    },
    scheduler,
  );
});

describe('the toggle key', () => {
  it('is held still when the machine stands still for longer than it takes to count as let go', () => {
    // The timer runs first, at 1,300 by its count; the repeats of that time come behind it.
    at(0, 250, ...repeats(280, 1_000));
    when(500, { begun: 1 });
    scheduler.schedule(() => (scheduler.standsStillUntil = 1_800), 1_001);
    at(...repeats(1_310, 3_000));
    expect(run()).toEqual(['start 0', 'stop 3290']);
  });

  it('is let go all the same on a machine that is late all the time', () => {
    at(0, 250, ...repeats(280, 1_000));
    when(500, { begun: 1 });
    scheduler.schedule(() => (scheduler.standsStillUntil = 10_000), 1_001);
    expect(run()).toHaveLength(2);
  });

  it('starts, and stops at the next press', () => {
    at(0, 5_000);
    expect(run()).toEqual(['start 0', 'stop 5150']);
  });

  it('is push-to-talk while it is held, whatever the delay before it repeats', () => {
    for (const delay of [250, 500, 660]) {
      log.length = 0;
      const from = scheduler.now() + 10_000;
      scheduler.schedule(() => keys.press(), 10_000);
      at(...repeats(10_000 + delay, 13_000));
      when(11_000, { begun: 1 });
      run();
      expect(log).toHaveLength(2);
      expect(log[0]).toBe(`start ${from}`);
      const stopped = Number(log[1]?.split(' ')[1]) - from;
      expect(stopped).toBeGreaterThan(3_000);
      expect(stopped).toBeLessThanOrEqual(3_300);
    }
  });

  it('pressed twice within 300 ms listens to one utterance', () => {
    at(0, 250);
    when(2_000, { begun: 1, speaking: true });
    when(4_000, { ended: 1, speaking: false });
    expect(run()).toEqual(['start 0', 'stop 4000']);
  });

  it('pressed twice, then once more, stops before anything was said', () => {
    at(0, 250, 3_000);
    expect(run()).toEqual(['start 0', 'stop 3000']);
  });

  it('does not start again when the press that stopped is held too long', () => {
    at(0, 5_000, 5_500, 5_530, 5_560);
    // The repeats come after the stop: no flicker, and the next real press works.
    at(8_000);
    expect(run()).toEqual(['start 0', 'stop 5150', 'start 8000']);
  });

  it('starts anew although the first try failed', () => {
    keys = new KeyPresses(
      { start: () => log.push('tried'), stop: () => {}, silenceLimitMs: () => 0 },
      scheduler,
    );
    at(0, 2_000);
    expect(run()).toEqual(['tried', 'tried']);
  });
});

describe('silence', () => {
  const silent = (ms: number) => ({ clock: msToSamples(10_000 + ms), silentSince: msToSamples(10_000) });

  it('stops dictation after the time that is set, counted on the sample clock', () => {
    silenceLimitMs = 5_000;
    at(0);
    when(100, silent(4_990));
    when(200, { ...silent(9_000), speaking: true });
    when(300, silent(5_000));
    when(400, { ...silent(5_000), speaking: false });
    expect(run()).toEqual(['start 0', 'stop 400']);
  });

  it('never stops by default, nor the dictation of a recording', () => {
    at(0);
    when(100, silent(1e6));
    scheduler.schedule(() => {
      silenceLimitMs = 1;
      tell(silent(1e6), 'demo.wav');
    }, 200);
    expect(run()).toEqual(['start 0']);
  });
});
