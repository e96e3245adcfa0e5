import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Programs that node-record-lpcm16 knows how to call. */
export type RecorderProgram = 'sox' | 'rec' | 'arecord';

/** One way to call a recorder. */
export interface RecorderCommand {
  readonly program: RecorderProgram;
  /** Absolute: never looked up in the working folder, as Windows would. */
  readonly file: string;
  /** Device as the program names it; undefined for its default. */
  readonly device?: string;
  /** Arguments before those of node-record-lpcm16. */
  readonly args: readonly string[];
  /** Added to the environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** The system a recorder is looked for on; the real one unless a test says otherwise. */
export interface RecorderHost {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
}

/** Homebrew and MacPorts: an editor started from the Dock may not have them on its PATH. */
const MAC_FOLDERS = ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin'];

/** Absolute path of `program`, from the PATH and the places where installers put SoX; undefined if it is not installed. */
export function findProgram(program: string, { platform, env }: RecorderHost): string | undefined {
  const searched = env['PATH'] ?? env['Path'] ?? '';
  const folders = searched.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  if (platform === 'darwin') folders.push(...MAC_FOLDERS);
  if (platform === 'win32') folders.push(...windowsSoxFolders(env));
  const name = platform === 'win32' ? `${program}.exe` : program;
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

/** The recorder programs that are installed here; `rec` is SoX under another name. */
export function installedRecorders(host: RecorderHost): RecorderProgram[] {
  const usable: RecorderProgram[] = host.platform === 'linux' ? ['arecord', 'sox', 'rec'] : ['sox', 'rec'];
  return usable.filter((program) => findProgram(program, host) !== undefined);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** SoX's installer makes `Program Files (x86)\sox-14-4-2` and leaves the PATH alone. */
function windowsSoxFolders(env: NodeJS.ProcessEnv): string[] {
  return [env['ProgramFiles'], env['ProgramFiles(x86)']].flatMap((root) => {
    if (!root) return [];
    try {
      return readdirSync(root)
        .filter((folder) => folder.toLowerCase().startsWith('sox'))
        .map((folder) => path.join(root, folder));
    } catch {
      return [];
    }
  });
}

/** Length of the pieces in which a sound server hands over audio, ms: one frame of the pipeline. */
const PIECE_MS = 32;
/** Audio that ALSA keeps for us while the machine is too busy to read it, ms. */
const ALSA_BUFFER_MS = 1_000;
/** SoX's own default of 8192 puts it 235 ms behind the sound, measured through PulseAudio; bytes. */
const SOX_PULSE_BUFFER = 1_024;

const MICROSECONDS = 1_000;

function arecord(
  file: string,
  device: string | undefined,
  env: Record<string, string> = {},
): RecorderCommand {
  const args = [`--period-time=${PIECE_MS * MICROSECONDS}`, `--buffer-time=${ALSA_BUFFER_MS * MICROSECONDS}`];
  return { program: 'arecord', file, ...(device ? { device } : {}), args, env };
}

function sox(
  program: 'sox' | 'rec',
  file: string,
  driver: string,
  device: string | undefined,
): RecorderCommand {
  const pulse = driver === 'pulseaudio';
  return {
    program,
    file,
    ...(device ? { device } : {}),
    // With SoX's own drivers for real hardware the buffer is the hardware's: a small one would overrun.
    args: pulse ? ['--buffer', String(SOX_PULSE_BUFFER)] : [],
    env: {
      ...(driver ? { AUDIODRIVER: driver } : {}),
      ...(pulse ? { PULSE_LATENCY_MSEC: String(PIECE_MS) } : {}),
    },
  };
}

/**
 * The ways to record on this system, best first; empty if no program is installed. On Linux the sound server comes
 * before bare ALSA, because it knows which microphone the user has chosen, and arecord before SoX, because SoX writes 128 ms
 * at a time (measured through PulseAudio: 42 ms behind the sound against 106 ms). A way that fails at once costs a few
 * milliseconds; the next is tried then.
 * @param wanted `auto` for any program.
 */
export function recorderCommands(
  wanted: RecorderProgram | 'auto',
  device: string | undefined,
  host: RecorderHost,
): RecorderCommand[] {
  const found = (program: RecorderProgram) =>
    wanted === 'auto' || wanted === program ? findProgram(program, host) : undefined;
  const soxFile = found('sox');
  // `rec` is SoX under another name: no need to try it after `sox`.
  const recFile = soxFile ? undefined : found('rec');
  const withSox = (driver: string) => {
    // Who has set SoX's own variable knows better.
    const chosen = host.env['AUDIODRIVER'] ?? driver;
    if (soxFile) return [sox('sox', soxFile, chosen, device)];
    return recFile ? [sox('rec', recFile, chosen, device)] : [];
  };
  switch (host.platform) {
    case 'linux': {
      const arecordFile = found('arecord');
      return withoutRepeats([
        ...(arecordFile ? [arecord(arecordFile, 'pulse', device ? { PULSE_SOURCE: device } : {})] : []),
        ...withSox('pulseaudio'),
        ...(arecordFile ? [arecord(arecordFile, device)] : []),
        ...withSox('alsa'),
      ]);
    }
    // SoX 14.4.2 does not find this one by itself.
    case 'win32':
      return withSox('waveaudio');
    default:
      return withSox('');
  }
}

function withoutRepeats(commands: readonly RecorderCommand[]): RecorderCommand[] {
  const seen = new Set<string>();
  return commands.filter((command) => {
    const key = JSON.stringify(command);
    return seen.has(key) ? false : seen.add(key);
  });
}
