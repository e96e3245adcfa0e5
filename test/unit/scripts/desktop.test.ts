import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { HOST_OUT, MODELS_EXTENSION } from '../../../scripts/test/bundle.mjs';
import { DEBUG_HOME, desktopTestOptions, prepareDesktop } from '../../../scripts/test/desktop.mjs';
import { HOST_SETTINGS } from '../../../scripts/test/host-settings.mjs';

const json = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

describe('the desktop VS Code that runs the suites', () => {
  let home: string;
  beforeEach(() => {
    home = path.join(mkdtempSync(path.join(os.tmpdir(), 'tandem-desktop-')), 'a home');
  });
  afterEach(() => rmSync(path.dirname(home), { recursive: true, force: true }));

  it('has an empty folder to write into, and the settings that the suites count on', async () => {
    const { folder, userData, extensions } = await prepareDesktop(home);
    expect(readdirSync(folder)).toEqual([]);
    expect(readdirSync(extensions)).toEqual([]);
    expect(json(path.join(userData, 'User', 'settings.json'))).toMatchObject(HOST_SETTINGS);
  });

  it('finds nothing of an earlier run', async () => {
    const { folder } = await prepareDesktop(home);
    writeFileSync(path.join(folder, 'left.txt'), '');
    await prepareDesktop(home);
    expect(existsSync(path.join(folder, 'left.txt'))).toBe(false);
  });

  it('opens the folder, with user data and extensions of its own', async () => {
    const place = await prepareDesktop(home);
    const options = desktopTestOptions(place, { executable: '/code', grep: 'undo' }, 'linux');
    expect(options).toMatchObject({
      vscodeExecutablePath: '/code',
      extensionDevelopmentPath: [ROOT, MODELS_EXTENSION],
      extensionTestsPath: path.join(HOST_OUT, 'index.js'),
      extensionTestsEnv: { TANDEM_HOST_GREP: 'undo' },
      reuseMachineInstall: true,
    });
    // A folder is opened if it comes first.
    expect(options.launchArgs[0]).toBe(place.folder);
    expect(options.launchArgs).toContain(`--user-data-dir=${place.userData}`);
    expect(options.launchArgs).toContain(`--extensions-dir=${place.extensions}`);
  });

  it('is started on Windows although there are blanks in its paths', async () => {
    const place = await prepareDesktop(home);
    const { launchArgs, extensionDevelopmentPath, extensionTestsPath } = desktopTestOptions(
      place,
      { executable: 'Code.exe' },
      'win32',
    );
    // What a shell there makes of the line: blanks separate, except between quotes.
    const developed = [extensionDevelopmentPath ?? []].flat().map((folder) => `--a=${folder}`);
    const line = [...launchArgs, ...developed, `--b=${extensionTestsPath}`].join(' ');
    const words = (line.match(/(?:"[^"]*"|[^\s"])+/g) ?? []).map((word) => word.replaceAll('"', ''));
    expect(words).toEqual([
      place.folder,
      `--user-data-dir=${place.userData}`,
      `--extensions-dir=${place.extensions}`,
      '--disable-workspace-trust',
      '--enable-proposed-api=tandem-tests.models',
      ...[ROOT, MODELS_EXTENSION].map((folder) => `--a=${folder}`),
      `--b=${path.join(HOST_OUT, 'index.js')}`,
    ]);
  });
});

describe('the launch configuration "Extension Tests"', () => {
  const { configurations } = json(path.join(ROOT, '.vscode', 'launch.json')) as {
    configurations: readonly { name: string; args: readonly string[]; preLaunchTask: string }[];
  };
  const { tasks } = json(path.join(ROOT, '.vscode', 'tasks.json')) as {
    tasks: readonly { label: string; args?: readonly string[] }[];
  };
  const launch = configurations.find(({ name }) => name === 'Extension Tests');
  const args = (launch?.args ?? []).map((arg) => arg.replace('${workspaceFolder}', ROOT));

  it('opens the folder that its task makes, and runs the suites that it compiles', () => {
    expect(args[0] && path.normalize(args[0])).toBe(path.join(DEBUG_HOME, 'workspace'));
    const suites = args.find((arg) => arg.startsWith('--extensionTestsPath='))?.split('=')[1] ?? '';
    expect(path.normalize(suites)).toBe(path.join(HOST_OUT, 'index.js'));
    const task = tasks.find(({ label }) => label === launch?.preLaunchTask);
    expect(task?.args).toEqual(['scripts/test-desktop.mjs', '--prepare']);
  });
});
