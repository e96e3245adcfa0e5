import { VirtualTimeScheduler } from 'rxjs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Log, LogLevel } from '../../../src/core/ports';
import { batchedLog, type BatchedLog } from '../../../src/node/log/batched-log';

/** Virtual time that can be moved on step by step. */
class Clock extends VirtualTimeScheduler {
  advanceTo(ms: number): void {
    this.maxFrames = ms;
    this.flush();
    this.frame = ms;
  }
}

describe('batchedLog', () => {
  let lines: string[];
  let clock: Clock;
  let level: LogLevel;
  let log: BatchedLog;

  beforeEach(() => {
    lines = [];
    clock = new Clock();
    level = 'debug';
    const write = (name: string) => (text: string) => lines.push(`${name} ${text}`);
    const sink: Log = {
      error: write('error'),
      warn: write('warn'),
      info: write('info'),
      debug: write('debug'),
    };
    log = batchedLog(sink, { level: () => level, scheduler: clock });
  });

  it('collects for 5 s from the first record on', () => {
    log.info('one');
    clock.advanceTo(4_999);
    log.info('two');
    expect(lines).toEqual([]);
    clock.advanceTo(5_000);
    expect(lines).toEqual(['info one', 'info two']);
    log.info('three');
    clock.advanceTo(9_999);
    expect(lines).toHaveLength(2);
    clock.advanceTo(10_000);
    expect(lines).toHaveLength(3);
  });

  it('shows a native line once and then counts its function', () => {
    log.native('fast', 'whisper_init_state: kv self size = 3.15 MB');
    log.native('fast', 'whisper_init_state: compute buffer = 7.2 MB');
    for (let i = 0; i < 847; i += 1) log.native('fast', `whisper_init_state: kv self size = ${i}.15 MB`);
    log.flush();
    expect(lines).toEqual([
      'debug [fast] whisper_init_state: kv self size = 3.15 MB',
      'debug [fast] whisper_init_state: compute buffer = 7.2 MB',
      'debug [fast] whisper_init_state ×847',
    ]);
    log.native('fast', 'whisper_init_state: kv self size = 9 MB');
    log.native('heavy', 'whisper_init_state: kv self size = 9 MB');
    log.flush();
    expect(lines.slice(3)).toEqual([
      'debug [fast] whisper_init_state ×1',
      'debug [heavy] whisper_init_state: kv self size = 9 MB',
    ]);
  });

  it('counts equal records of the product', () => {
    log.warn('quiet');
    log.warn('quiet');
    log.flush();
    expect(lines).toEqual(['warn quiet ×2']);
  });

  it('flushes at once on an error, with what came before it', () => {
    log.info('before');
    log.error('bad');
    expect(lines).toEqual(['info before', 'error bad']);
    log.native('heavy', 'whisper_full: failed to decode');
    expect(lines).toHaveLength(3);
  });

  it('waits for the end of a running call, but not for ever', () => {
    log.callStarted();
    log.info('during');
    clock.advanceTo(5_000);
    expect(lines).toEqual([]);
    log.callEnded();
    expect(lines).toEqual(['info during']);
    log.callStarted();
    log.info('long');
    clock.advanceTo(14_999);
    expect(lines).toHaveLength(1);
    clock.advanceTo(15_000);
    expect(lines).toHaveLength(2);
  });

  it('filters by a level that may change at any time', () => {
    level = 'warn';
    log.info('no');
    log.native('fast', 'whisper_init_state: chatter');
    level = 'info';
    log.info('yes');
    log.debug('no');
    level = 'off';
    log.error('no');
    log.flush();
    expect(lines).toEqual(['info yes']);
  });

  it('hands over what is left when disposed and leaves no timer', () => {
    log.info('last');
    void log.dispose();
    expect(lines).toEqual(['info last']);
    clock.advanceTo(60_000);
    expect(lines).toHaveLength(1);
  });
});
