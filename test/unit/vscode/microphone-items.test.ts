import { describe, expect, it } from 'vitest';
import type { InputLevel } from '../../../src/core/audio/input-level';
import { decibels, levelBar } from '../../../src/vscode/level-bars';
import { english } from '../../../src/vscode/l10n-templates';
import { levelTitle, microphoneChoices } from '../../../src/vscode/microphone-items';

const desk = { id: 'alsa_input.desk', name: 'Desk', isDefault: true, isMonitor: false };
const yeti = { id: 'alsa_input.yeti', name: 'Yeti', isDefault: false, isMonitor: false };
const monitor = { id: 'out.monitor', name: 'Monitor', isDefault: false, isMonitor: true };
const labels = (current: string, devices = [desk, yeti, monitor]) =>
  microphoneChoices(devices, current, english).map(({ label, description }) => `${label}|${description}`);

describe('microphoneChoices', () => {
  it('offers the default by its name and the devices, but not what the loudspeakers play', () => {
    expect(labels('')).toEqual(['$(check) System Default|Desk', '$(blank) Desk|', '$(blank) Yeti|']);
  });

  it('marks the one in use, also a monitor', () => {
    expect(labels('out.monitor').at(-1)).toBe('$(check) Monitor|what the loudspeakers play');
  });

  it('keeps one that is not plugged in', () => {
    expect(labels('gone').at(-1)).toBe('$(check) gone|not found now');
  });

  it('still offers the default where the system lists nothing', () => {
    expect(labels('', [])).toEqual(['$(check) System Default|']);
  });
});

describe('the level', () => {
  const level = (rms: number, zerosMs = 0): InputLevel => ({
    rms,
    floor: 0,
    loudest: rms,
    peak: rms,
    heardMs: 1_000,
    zerosMs,
    clipped: false,
  });

  it('is drawn on a scale of decibels', () => {
    expect([0, 0.003, 0.03, 0.3, 1].map(levelBar)).toEqual(['▁', '▁', '▄', '█', '█']);
    expect([decibels(1), decibels(0.1), decibels(0)]).toEqual([0, -20, -120]);
  });

  it('moves in from the right', () => {
    expect(levelTitle([], english)).toBe('Microphone · opening…');
    expect(levelTitle([level(0.03), level(0.3)], english)).toBe('Microphone · ▁▁▁▁▁▁▁▁▁▁▄█');
  });

  it('tells digital silence from a quiet room', () => {
    expect(levelTitle([level(0, 1_000)], english)).toContain('muted, or not allowed');
    expect(levelTitle([level(0, 900)], english)).not.toContain('muted');
  });
});
