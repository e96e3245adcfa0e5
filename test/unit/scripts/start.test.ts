import { describe, expect, it } from 'vitest';
import { banner } from '../../../scripts/start/banner.mjs';
import { desktopArguments } from '../../../scripts/start/desktop.mjs';
import { hasDisplay, parseStartOptions } from '../../../scripts/start/options.mjs';

describe('parseStartOptions', () => {
  it('needs none', () => {
    expect(parseStartOptions([])).toEqual({ web: false, port: undefined, exitAfterReady: false });
  });

  it('takes all', () => {
    expect(parseStartOptions(['--web', '--port', '0', '--exit-after-ready'])).toEqual({
      web: true,
      port: 0,
      exitAfterReady: true,
    });
  });

  it.each([['--port', 'x'], ['--port', '65536'], ['--port', '-1'], ['--nonsense'], ['file']])(
    'refuses %s %s',
    (...args) => {
      expect(() => parseStartOptions(args.filter((arg) => arg !== undefined))).toThrow();
    },
  );
});

describe('hasDisplay', () => {
  it.each([
    ['win32', {}, true],
    ['darwin', {}, true],
    ['linux', {}, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['linux', { DISPLAY: ':0', WSL_DISTRO_NAME: 'Debian' }, false],
  ] as const)('%s %o: %s', (platform, env, expected) => {
    expect(hasDisplay(platform, env)).toBe(expected);
  });
});

describe('banner', () => {
  it('names the address, the command and whose microphone is heard', () => {
    const text = banner({
      url: 'http://127.0.0.1:1',
      microphone: { heard: true, name: 'microphone (arecord)' },
    });
    expect(text).toContain('http://127.0.0.1:1');
    expect(text).toContain('Dictation: Start Dictation');
    expect(text).toContain('microphone (arecord), that of this machine, not of the one');
    expect(text).not.toContain('Recording…');
  });

  it('offers the recording where there is no microphone, in lines that fit a terminal', () => {
    const why = 'No program that records sound is installed. Install one with: apt-get install sox. '.repeat(
      3,
    );
    const text = banner({ url: undefined, microphone: { heard: false, why } });
    expect(text).toContain('no microphone on this machine');
    expect(text).toContain('apt-get install sox');
    expect(text).toContain('Dictation: Dictate a Recording…');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe('desktopArguments', () => {
  it('opens a VS Code apart from the one in use, with the extension, and waits for its end', () => {
    const options = { userData: '/u', extensions: '/e', folder: '/f', notes: '/f/n.txt', root: false };
    const args = desktopArguments(options);
    expect(args.find((arg) => arg.startsWith('--extensionDevelopmentPath='))).toBeTruthy();
    expect(args).toEqual(
      expect.arrayContaining(['--user-data-dir=/u', '--extensions-dir=/e', '--wait', '/f', '/f/n.txt']),
    );
    expect(args).not.toContain('--no-sandbox');
    expect(desktopArguments({ ...options, root: true })).toContain('--no-sandbox');
  });
});
