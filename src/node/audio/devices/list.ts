import { execFile } from 'node:child_process';
import path from 'node:path';
import type { InputDevice, Log } from '../../../core/ports';
import { findProgram, type RecorderHost } from '../recorder-command';
import { parseAlsaDevices, parseMacDevices, parsePulseSources, parseWindowsDevices } from './parse';

/** macOS needs a second or two, PowerShell up to some seconds on a cold machine. */
const TIMEOUT_MS = 15_000;
/** Far more than any list of devices. */
const MAX_OUTPUT_BYTES = 4_000_000;

/** UTF-8 whatever the console's code page; only devices that are plugged in. */
const POWERSHELL_SCRIPT =
  '[Console]::OutputEncoding=[Text.Encoding]::UTF8;' +
  'Get-PnpDevice -Class AudioEndpoint -PresentOnly -Status OK|Select-Object FriendlyName,InstanceId|ConvertTo-Json -Compress';

/**
 * The microphones of this system, as the recorder names them; empty if the system does not tell. On Linux those of the sound
 * server (PulseAudio, PipeWire), else those of ALSA. Asks programs of the system only; never throws.
 */
export async function listInputDevices(
  log: Log,
  host: RecorderHost = { platform: process.platform, env: process.env },
): Promise<readonly InputDevice[]> {
  const ask = (file: string | undefined, ...args: string[]) => output(file, args, host, log);
  switch (host.platform) {
    case 'linux': {
      const pactl = findProgram('pactl', host);
      const [sources, byDefault] = await Promise.all([
        ask(pactl, '-f', 'json', 'list', 'sources'),
        ask(pactl, 'get-default-source'),
      ]);
      const devices = parsePulseSources(sources, byDefault);
      if (devices.length > 0) return devices;
      return parseAlsaDevices(await ask(findProgram('arecord', host), '-L'));
    }
    case 'darwin':
      return parseMacDevices(await ask('/usr/sbin/system_profiler', 'SPAudioDataType', '-json'));
    case 'win32': {
      const folder = host.env['SystemRoot'] ?? host.env['windir'] ?? 'C:\\Windows';
      const file = path.win32.join(folder, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
      return parseWindowsDevices(
        await ask(file, '-NoProfile', '-NonInteractive', '-Command', POWERSHELL_SCRIPT),
      );
    }
    default:
      return [];
  }
}

/** Standard output of a program, empty if it failed or is not installed. */
function output(
  file: string | undefined,
  args: readonly string[],
  host: RecorderHost,
  log: Log,
): Promise<string> {
  if (!file) return Promise.resolve('');
  const options = {
    env: { ...host.env, LC_ALL: 'C.UTF-8' },
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_OUTPUT_BYTES,
    windowsHide: true,
  };
  return new Promise((resolve) => {
    execFile(file, [...args], options, (error, stdout) => {
      // Its message would hold the whole command line; which program and how it ended is enough.
      if (error) log.debug(`${path.basename(file)} did not list the microphones (${String(error.code)})`);
      resolve(error ? '' : stdout);
    });
  });
}
