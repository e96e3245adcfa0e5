import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { productPaths, userModelsDir } from '../../../src/node/paths';

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

describe('the bundled recording', () => {
  it('has its words beside it, as they are known', () => {
    const root = path.resolve(__dirname, '..', '..', '..');
    const { demoRecording, demoText } = productPaths(root);
    const fixtures = path.join(root, 'test', 'fixtures', 'recordings');
    const known = readdirSync(fixtures).filter(
      (name) =>
        name.endsWith('.wav') && readFileSync(path.join(fixtures, name)).equals(readFileSync(demoRecording)),
    );
    expect(known).toHaveLength(1);
    const words = readFileSync(path.join(fixtures, `${known[0]?.replace('.wav', '.txt')}`), 'utf8');
    expect(readFileSync(demoText, 'utf8').trim()).toBe(words.trim());
  });
});
