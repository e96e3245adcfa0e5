import { describe, expect, it } from 'vitest';
import { lastWords, moreTelling, recorderError } from '../../../src/node/audio/recorder-failure';

const failed = (complaint: string, program = 'arecord', platform: NodeJS.Platform = 'linux') =>
  recorderError('microphone-unavailable', 'exit code 1', { program, complaint, platform });

/** What the programs really wrote, each in the situation it is filed under. */
const SEEN: [situation: string, program: string, complaint: string, message: RegExp, hint: RegExp][] = [
  [
    'no card (arecord)',
    'arecord',
    "ALSA lib confmisc.c:855:(parse_card) cannot find card '0'\nALSA lib conf.c:5703:(snd_config_expand) Evaluate error: No such file or directory\nALSA lib pcm.c:2666:(snd_pcm_open_noupdate) Unknown PCM default\narecord: main:831: audio open error: No such file or directory\n",
    /no microphone was found/,
    /Plug one in/,
  ],
  [
    'no default (sox)',
    'sox',
    'sox FAIL sox: Sorry, there is no default audio device configured\n',
    /no microphone/,
    /Plug/,
  ],
  [
    'busy',
    'arecord',
    'arecord: main:831: audio open error: Device or resource busy\n',
    /in use by another program/,
    /Close the program/,
  ],
  [
    'not allowed',
    'arecord',
    'arecord: main:831: audio open error: Permission denied\n',
    /does not allow access/,
    /usermod -aG audio/,
  ],
  [
    'no server (sox)',
    'sox',
    "sox FAIL formats: can't open input  `default': can not open audio device: Connection refused\n",
    /sound server .* is not running/,
    /systemctl --user start/,
  ],
  [
    'no server (alsa)',
    'arecord',
    'ALSA lib pulse.c:242:(pulse_connect) PulseAudio: Unable to connect: Connection refused\n\narecord: main:831: audio open error: Connection refused\n',
    /sound server .* is not running/,
    /log in again/,
  ],
  [
    'no such source',
    'sox',
    "sox FAIL formats: can't open input  `mic2': can not open audio device: No such entity\n",
    /no microphone/,
    /must exist/,
  ],
  [
    'no driver',
    'sox',
    "sox FAIL formats: no handler for given file type `alsa'\n",
    /without a driver/,
    /libsox-fmt-pulse/,
  ],
  [
    'server went away',
    'sox',
    "sox FAIL sox: `default' error reading from pulse audio device: Connection terminated: Operation not permitted\n",
    /went away/,
    /plugged in/,
  ],
  ['unplugged', 'arecord', 'arecord: pcm_read:2221: read error: No such device\n', /went away/, /plugged in/],
];

describe('recorderError', () => {
  it.each(SEEN)('explains: %s', (_situation, program, complaint, message, hint) => {
    const error = failed(complaint, program);
    expect(error.area).toBe('microphone');
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
    expect(error.message).not.toMatch(/\n|ALSA|FAIL|error:/);
    expect(error.message).not.toContain(program);
  });

  it('says how the program ended if it does not know why, and where to read more', () => {
    const error = failed('odd trouble');
    expect(error.message).toBe('The microphone could not be opened. (arecord: exit code 1)');
    expect(error.hint).toContain('the log');
  });

  it('keeps the last words of the program for the log, on one line of bounded length', () => {
    expect(lastWords('progress 1\rprogress 2\rodd trouble\nALSA lib conf.c:1: noise\n')).toBe(
      'progress 1; progress 2; odd trouble',
    );
    expect(lastWords('')).toBe('');
    expect(lastWords('x'.repeat(5_000)).length).toBeLessThanOrEqual(400);
  });

  it('says whether recording had begun', () => {
    const died = recorderError('recorder-died', 'exit code 0', {
      program: 'sox',
      complaint: '',
      platform: 'darwin',
    });
    expect([died.code, died.message]).toEqual([
      'recorder-died',
      'Recording stopped unexpectedly. (sox: exit code 0)',
    ]);
  });

  it('points to the switch of the system', () => {
    expect(failed('access denied', 'sox', 'darwin').hint).toContain('Privacy & Security');
    expect(failed('access denied', 'sox', 'win32').hint).toContain('Privacy & security');
  });

  it('prefers the failure that explains more', () => {
    const busy = failed('audio open error: Device or resource busy');
    const noServer = failed('Connection refused', 'sox');
    const unknown = failed('?');
    expect(moreTelling(noServer, busy)).toBe(busy);
    expect(moreTelling(busy, noServer)).toBe(busy);
    expect(moreTelling(unknown, noServer)).toBe(noServer);
    expect(moreTelling(unknown, failed(''))).toBe(unknown);
  });
});
