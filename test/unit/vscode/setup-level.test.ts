import { describe, expect, it } from 'vitest';
import { english } from '../../../src/vscode/l10n-templates';
import { judgeLevel } from '../../../src/vscode/setup-level';

describe('judgeLevel', () => {
  const level = { rms: 0, floor: 0.001, loudest: 0.2, peak: 0.4, heardMs: 4_000, zerosMs: 0, clipped: false };
  it.each([
    ['ok', level],
    ['warning', { ...level, clipped: true }],
    ['warning', { ...level, loudest: 0.02, peak: 0.03 }],
    ['warning', { ...level, loudest: 0.002, peak: 0.4 }],
    ['failed', { ...level, peak: 0 }],
    ['failed', undefined],
  ])('%s: %o', (state, value) => {
    expect(judgeLevel(value, 'linux', english)).toMatchObject({ state });
  });
});
