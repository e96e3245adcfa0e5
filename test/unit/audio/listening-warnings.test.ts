import { from, interval, map, VirtualTimeScheduler, zip } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LISTENING } from '../../../src/core/audio/defaults';
import { createSession } from '../../../src/core/session';
import { FakeEngine } from '../../support/fake-engine';
import { babble, framesOf, silence, type Signal } from './signals';

/** The warnings of a session whose detector says this of every frame. */
function warningsFor(probability: number, ...stretches: [signal: Signal, seconds: number][]): string[] {
  const scheduler = new VirtualTimeScheduler();
  const engine = (role: 'fast' | 'heavy') =>
    new FakeEngine({ role, scheduler, loadMs: 0, voice: () => probability });
  const warnings: string[] = [];
  const source = {
    name: 'test',
    frames$: zip(from(framesOf(...stretches)), interval(32, scheduler)).pipe(map(([frame]) => frame)),
  };
  const engines = { fast: engine('fast'), heavy: engine('heavy') };
  createSession(
    { source, engines, language: 'en', listening: DEFAULT_LISTENING },
    scheduler,
  ).events$.subscribe((event) => {
    if (event.type === 'warning') warnings.push(`${event.warning} ${event.active ? 'on' : 'off'}`);
  });
  scheduler.flush();
  return warnings;
}

describe('warnings of a session', () => {
  it('warns of speech so faint that the gate keeps it from being an utterance', () => {
    expect(warningsFor(1, [babble(0.004), 4])).toEqual(['quiet on']);
  });

  it('warns of a muted microphone, and not of good speech', () => {
    expect(warningsFor(0, [silence, 4])).toEqual(['silent-microphone on']);
    expect(warningsFor(1, [babble(0.3), 4])).toEqual([]);
  });
});
