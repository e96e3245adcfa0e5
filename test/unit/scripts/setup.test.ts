import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isBuilt } from '../../../scripts/setup/build.mjs';
import { isUpToDate } from '../../../scripts/setup/node-modules.mjs';
import { satisfies } from '../../../scripts/setup/node-version.mjs';
import { findProgram } from '../../../scripts/setup/programs.mjs';
import { run, withRetries } from '../../../scripts/setup/run.mjs';
import { serverEnv } from '../../../scripts/vscode/server-home.mjs';

const folders: string[] = [];
function folder(): string {
  const made = mkdtempSync(path.join(os.tmpdir(), 'tandem-setup-'));
  folders.push(made);
  return made;
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true });
});

describe('isUpToDate', () => {
  const wanted = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0', integrity: 'x' },
      'node_modules/other-platform': { version: '1.0.0', integrity: 'y', optional: true },
    },
  };

  it('accepts what the lock file asks for, without the optional packages of other platforms', () => {
    expect(isUpToDate(wanted, { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'x' } } })).toBe(
      true,
    );
  });

  it.each([
    ['nothing', {}],
    ['another version', { 'node_modules/a': { version: '1.0.1', integrity: 'x' } }],
    ['other content', { 'node_modules/a': { version: '1.0.0', integrity: 'z' } }],
  ])('refuses %s', (_name, packages) => {
    expect(isUpToDate(wanted, { packages })).toBe(false);
  });
});

describe('satisfies', () => {
  const range = '^20.19.0 || ^22.12.0 || >=24.0.0';
  it.each([
    ['20.20.2', true],
    ['20.18.9', false],
    ['22.12.0', true],
    ['22.2.0', false],
    ['23.9.0', false],
    ['24.0.0', true],
    ['30.1.0', true],
  ])('Node %s: %s', (version, expected) => {
    expect(satisfies(version, range)).toBe(expected);
  });
});

describe('run', () => {
  const node = (code: string, options: Parameters<typeof run>[2] = {}) =>
    run(process.execPath, ['-e', code], { allowFailure: true, ...options });

  it('keeps what a program writes until its turn has come, and then passes on all of it', async () => {
    const written: string[] = [];
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
    try {
      let itsTurn = () => {};
      const after = new Promise<void>((resolve) => (itsTurn = resolve));
      const code = await node(
        'process.stdout.write("one "); process.stderr.write("two"); process.exitCode = 3',
        {
          after,
        },
      );
      expect(code).toBe(3);
      expect(written).toEqual([]);
      itsTurn();
      await after;
      expect(written.join('')).toMatch(/^(one two|twoone )$/);
      await node('console.log("three")', { after });
      expect(written.at(-1)).toBe('three\n');
    } finally {
      stdout.mockRestore();
    }
  });

  it('lets a leisurely program give way to others', async () => {
    const priority = 'process.exitCode = Math.max(0, require("node:os").getPriority())';
    expect(await node(priority)).toBe(Math.max(0, os.getPriority()));
    expect(await node(priority, { leisurely: true })).toBe(os.constants.priority.PRIORITY_LOW);
  });
});

describe('isBuilt', () => {
  /** A checkout in which everything was last changed at second 100 and built at second 200. */
  function builtCheckout(): string {
    const root = folder();
    for (const file of ['src/core/a.ts', 'src/cli.ts', 'esbuild.mjs', 'package-lock.json'])
      touch(path.join(root, file), 100);
    for (const file of ['dist/cli.js', 'dist/engine.js', 'dist/extension.js', 'dist/native/x/addon.node'])
      touch(path.join(root, file), 200);
    return root;
  }
  function touch(file: string, seconds: number): void {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '');
    utimesSync(file, seconds, seconds);
  }

  it('is true for a build newer than its sources', async () => {
    // Deleting a file shows only in its folder, so folders count too; these have just been made.
    const root = builtCheckout();
    for (const made of ['src', 'src/core']) utimesSync(path.join(root, made), 100, 100);
    expect(await isBuilt(root)).toBe(true);
  });

  it('is false after a change deep inside', async () => {
    const root = builtCheckout();
    touch(path.join(root, 'src/core/a.ts'), 300);
    expect(await isBuilt(root)).toBe(false);
  });

  it.each(['dist/engine.js', 'dist/native'])('is false without %s', async (missing) => {
    const root = builtCheckout();
    rmSync(path.join(root, missing), { recursive: true });
    expect(await isBuilt(root)).toBe(false);
  });
});

describe('findProgram', () => {
  it.skipIf(process.platform === 'win32')('finds executables in the order of PATH, and nothing else', () => {
    const [first, second] = [folder(), folder()];
    writeFileSync(path.join(first, 'tool'), '', { mode: 0o644 });
    writeFileSync(path.join(second, 'tool'), '', { mode: 0o755 });
    mkdirSync(path.join(first, 'directory'));
    const env = { PATH: [first, second].join(path.delimiter) };
    expect(findProgram('tool', env)).toBe(path.join(second, 'tool'));
    expect(findProgram('directory', env)).toBeUndefined();
    expect(findProgram('absent', env)).toBeUndefined();
    expect(findProgram(path.join(second, 'tool'), env)).toBe(path.join(second, 'tool'));
    expect(findProgram(path.join(first, 'tool'), env)).toBeUndefined();
  });

  it('tries the endings of Windows, whose PATH may be written otherwise', () => {
    const place = folder();
    writeFileSync(path.join(place, 'tool.EXE'), '', { mode: 0o755 });
    expect(findProgram('tool', { Path: place, PATHEXT: '.COM;.EXE' }, 'win32')).toBe(
      path.join(place, 'tool.EXE'),
    );
  });
});

describe('withRetries', () => {
  it('tries again, then gives the last error up', async () => {
    let calls = 0;
    const failing = () => Promise.reject(new Error(`attempt ${++calls}`));
    await expect(withRetries(failing, { tries: 3, pauseMs: 0 })).rejects.toThrow('attempt 3');
    calls = 0;
    const second = () => (++calls === 2 ? Promise.resolve('done') : Promise.reject(new Error('no')));
    expect(await withRetries(second, { tries: 3, pauseMs: 0 })).toBe('done');
  });
});

describe('serverEnv', () => {
  it('keeps a surrounding VS Code and a hosting platform out, and lets sound through', () => {
    const base = {
      PATH: '/bin',
      VSCODE_IPC_HOOK_CLI: 'x',
      PORT: '1',
      PASSWORD: 'y',
      PULSE_SERVER: 'unix:/a',
    };
    const env = serverEnv('/home/private', { env: { PULSE_SERVER: 'unix:/b' } }, base);
    expect(env).toMatchObject({ PATH: '/bin', PULSE_SERVER: 'unix:/b', HOME: '/home/private' });
    for (const name of ['VSCODE_IPC_HOOK_CLI', 'PORT', 'PASSWORD']) expect(env).not.toHaveProperty(name);
  });

  it("leaves the user's home alone where that is wanted", () => {
    const env = serverEnv('/home/private', { ownHome: false }, { HOME: '/home/me' });
    expect(env.HOME).toBe('/home/me');
    expect(env).not.toHaveProperty('XDG_CONFIG_HOME');
  });
});
