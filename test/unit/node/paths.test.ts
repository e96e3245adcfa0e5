import { describe, expect, it } from 'vitest';
import { userModelsDir } from '../../../src/node/paths';

describe('the folder for downloaded models', () => {
  it.each([
    ['linux', {}, '/home/me', '/home/me/.local/share/tandem-dictation/models'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/home/me', '/data/tandem-dictation/models'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/me', '/home/me/.local/share/tandem-dictation/models'],
    ['linux', { XDG_DATA_HOME: 'here' }, '/home/me', '/home/me/.local/share/tandem-dictation/models'],
    ['darwin', {}, '/Users/me', '/Users/me/Library/Application Support/tandem-dictation/models'],
    ['win32', {}, 'C:\\me', 'C:\\me\\AppData\\Local\\tandem-dictation\\models'],
    ['win32', { LOCALAPPDATA: 'D:\\data' }, 'C:\\me', 'D:\\data\\tandem-dictation\\models'],
  ] as const)('on %s with %j', (platform, env, home, expected) => {
    expect(userModelsDir(platform, env, home)).toBe(expected);
  });
});
