import { describe, expect, it } from 'vitest';
import { ListeningMonitor, type WarningChange } from '../../../src/core/audio/warnings';

/** Plays frames given as [input peak, voiced, seconds] and returns the changes with the second they came at. */
function watch(...parts: [inputPeak: number, voiced: boolean, seconds: number][]) {
  const monitor = new ListeningMonitor();
  const changes: (WarningChange & { second: number })[] = [];
  let start = 0;
  for (const [inputPeak, voiced, seconds] of parts)
    for (let i = 0; i < Math.round((seconds * 16_000) / 512); i++, start += 512)
      for (const change of monitor.push({ start, inputPeak, peak: inputPeak, rms: 0, gain: 1 }, voiced))
        changes.push({ ...change, second: Math.round(start / 1_600) / 10 });
  return changes;
}

describe('ListeningMonitor', () => {
  it('says nothing about normal speech and its pauses', () => {
    expect(
      watch([0.01, false, 5], [0.3, true, 2], [0.02, true, 1], [0.004, false, 10], [0.3, true, 2]),
    ).toEqual([]);
  });

  it('warns once of speech that stays quiet, and is content only after some loud speech', () => {
    expect(watch([0.03, true, 10])).toEqual([{ warning: 'quiet', active: true, second: 2 }]);
    expect(watch([0.03, true, 3], [0.06, true, 5])).toHaveLength(1);
    expect(watch([0.03, true, 3], [0.2, true, 1]).map((change) => change.active)).toEqual([true, false]);
  });

  it('counts only speech as quiet', () => {
    expect(watch([0.03, false, 60])).toEqual([]);
    expect(watch([0.03, true, 1], [0.005, false, 5], [0.03, true, 1.5])).toHaveLength(1);
  });

  it('does not flutter at the threshold', () => {
    const fluttering = Array.from({ length: 400 }, (_, i): [number, boolean, number] => [
      i % 2 ? 0.049 : 0.052,
      true,
      0.032,
    ]);
    expect(watch([0.03, true, 3], ...fluttering)).toHaveLength(1);
  });

  it('warns of digital silence after 3 s and clears with the first sound', () => {
    expect(watch([0, false, 2.9], [0.0001, false, 0.032], [0, false, 2.9])).toEqual([]);
    expect(watch([0, false, 10], [0.0001, false, 1], [0, false, 4])).toEqual([
      { warning: 'silent-microphone', active: true, second: 3 },
      { warning: 'silent-microphone', active: false, second: 10 },
      { warning: 'silent-microphone', active: true, second: 14 },
    ]);
  });

  it('warns of clipping that repeats, not of one knock', () => {
    expect(watch([1, false, 0.1], [0.2, true, 5], [1, false, 0.1])).toEqual([]);
    expect(
      watch([1, true, 1], [0.5, true, 4], [1, true, 0.1], [0.5, true, 6]).map((change) => change.active),
    ).toEqual([true, false]);
  });
});
