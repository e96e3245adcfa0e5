import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  findProgram,
  recorderCommands,
  type RecorderCommand,
} from '../../../src/node/audio/recorder-command';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-path-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function install(...names: string[]): void {
  for (const name of names) {
    writeFileSync(path.join(folder, name), '#!/bin/sh\n');
    chmodSync(path.join(folder, name), 0o755);
  }
}
const host = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}) => ({
  platform,
  env: { PATH: folder, ...env },
});
/** A way to record in short: program, driver, device. */
const brief = ({ program, env, device }: RecorderCommand) =>
  [program, env['AUDIODRIVER'] ?? '', env['PULSE_SOURCE'] ?? '', device ?? '']
    .join(' ')
    .replace(/ +/g, ' ')
    .trim();

describe('findProgram', () => {
  it('finds programs on the PATH only', () => {
    install('sox');
    mkdirSync(path.join(folder, 'rec'));
    const linux = host('linux');
    expect(findProgram('sox', linux)).toBe(path.join(folder, 'sox'));
    expect(findProgram('rec', linux)).toBeUndefined();
    expect(findProgram('sox', { platform: 'linux', env: {} })).toBeUndefined();
  });

  // On Windows no file is marked as executable, and no relative path leads from one drive to another.
  const itOnUnix = it.skipIf(process.platform === 'win32');

  itOnUnix('passes over what may not be executed, and over relative folders', () => {
    install('sox');
    writeFileSync(path.join(folder, 'arecord'), 'not executable');
    expect(findProgram('arecord', host('linux'))).toBeUndefined();
    const relative = `.${path.delimiter}${path.relative('.', folder)}`;
    expect(findProgram('sox', { platform: 'linux', env: { PATH: relative } })).toBeUndefined();
  });

  it('finds SoX where its Windows installer puts it', () => {
    mkdirSync(path.join(folder, 'sox-14-4-2'));
    install('sox-14-4-2/sox.exe');
    const found = findProgram('sox', { platform: 'win32', env: { Path: '', 'ProgramFiles(x86)': folder } });
    expect(found).toBe(path.join(folder, 'sox-14-4-2', 'sox.exe'));
  });
});

describe('recorderCommands', () => {
  it('prefers the sound server, then bare ALSA', () => {
    install('sox', 'rec', 'arecord');
    expect(recorderCommands('auto', undefined, host('linux')).map(brief)).toEqual([
      'arecord pulse',
      'sox pulseaudio',
      'arecord',
      'sox alsa',
    ]);
  });

  it('uses what is installed or wanted', () => {
    expect(recorderCommands('auto', undefined, host('linux'))).toEqual([]);
    install('rec', 'arecord');
    expect(recorderCommands('rec', undefined, host('linux')).map(brief)).toEqual([
      'rec pulseaudio',
      'rec alsa',
    ]);
    expect(recorderCommands('sox', undefined, host('linux'))).toEqual([]);
    // Not `auto`: on a Mac its own SoX would be found beside the PATH.
    expect(recorderCommands('rec', undefined, host('darwin')).map(brief)).toEqual(['rec']);
  });

  it('hands the device to whoever may know it', () => {
    install('sox', 'arecord');
    expect(recorderCommands('auto', 'usb-mic', host('linux')).map(brief)).toEqual([
      'arecord usb-mic pulse',
      'sox pulseaudio usb-mic',
      'arecord usb-mic',
      'sox alsa usb-mic',
    ]);
    expect(recorderCommands('arecord', 'pulse', host('linux')).map(brief)).toEqual([
      'arecord pulse pulse',
      'arecord pulse',
    ]);
  });

  it('leaves the driver to who has chosen one, and knows the one of Windows', () => {
    install('sox', 'sox.exe');
    expect(recorderCommands('sox', undefined, host('linux', { AUDIODRIVER: 'oss' })).map(brief)).toEqual([
      'sox oss',
    ]);
    expect(recorderCommands('auto', undefined, host('win32')).map(brief)).toEqual(['sox waveaudio']);
    expect(recorderCommands('auto', 'Logitech', host('win32')).map(brief)).toEqual([
      'sox waveaudio Logitech',
    ]);
  });
});
