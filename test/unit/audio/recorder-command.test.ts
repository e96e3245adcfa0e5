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
  it('finds executables on the PATH only, never in relative folders', () => {
    install('sox');
    writeFileSync(path.join(folder, 'arecord'), 'not executable');
    mkdirSync(path.join(folder, 'rec'));
    const linux = host('linux');
    expect(findProgram('sox', linux)).toBe(path.join(folder, 'sox'));
    expect(findProgram('arecord', linux)).toBeUndefined();
    expect(findProgram('rec', linux)).toBeUndefined();
    expect(
      findProgram('sox', {
        platform: 'linux',
        env: { PATH: `.${path.delimiter}${path.relative('.', folder)}` },
      }),
    ).toBeUndefined();
    expect(findProgram('sox', { platform: 'linux', env: {} })).toBeUndefined();
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
    expect(recorderCommands('auto', undefined, host('darwin')).map(brief)).toEqual(['rec']);
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
