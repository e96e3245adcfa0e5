import { execFile, spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/**
 * A microphone without a sound card: a private PulseAudio server whose default source is the monitor of a null sink.
 * What `play` sends to the sink is what a recorder hears. Nothing of the machine's own sound set-up is touched.
 */
export interface VirtualMicrophone {
  /** Add these to the environment of whatever shall hear this microphone (the process under test). */
  readonly env: Readonly<Record<string, string>>;
  /** "Speaks" a WAV file into the microphone at real-time pace; resolves soon after its last sample. */
  play(wavFile: string, signal?: AbortSignal): Promise<void>;
  /** Mutes it, as its switch does: digital zeros come, whatever plays. */
  mute(muted: boolean): Promise<void>;
  /** Ends the server (its clients lose their device, as when a sound server crashes) and removes its files. */
  stop(): Promise<void>;
}

/** Name of the null sink that stands for the room the microphone is in. */
const SINK = 'vmic';
/** Noise floor of an ordinary microphone in a quiet room, dB of full scale. */
const HISS_DB = -60;
/** How long the server may take to answer, ms; it takes about 100 ms on an idle machine. */
const START_TIMEOUT_MS = 20_000;
/** Time between two questions whether the server is up, ms. */
const START_RETRY_MS = 100;
/** Time a child gets to end by itself, ms. */
const KILL_GRACE_MS = 3_000;

const run = promisify(execFile);

/** Debian packages whose programs a {@link VirtualMicrophone} needs and that are not installed; empty when all is there. */
export function missingForVirtualMicrophone(): string[] {
  const needed = {
    pulseaudio: 'pulseaudio',
    pactl: 'pulseaudio-utils',
    paplay: 'pulseaudio-utils',
    parec: 'pulseaudio-utils',
    sox: 'sox',
  };
  const missing = Object.entries(needed).filter(([program]) => !isInstalled(program));
  return [...new Set(missing.map(([, debianPackage]) => debianPackage))];
}

/** True if `program` is on the PATH. */
export function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** How a {@link VirtualMicrophone} sounds. */
export interface MicrophoneOptions {
  /**
   * Adds a noise floor: `true` for that of a real microphone (about −60 dB), or a level in dB; without it silence is digital
   * zeros, as from a muted one.
   */
  readonly hiss?: boolean | number;
}

/** A microphone that is being set up, which takes two seconds: what it is for may be started meanwhile. */
export interface ComingMicrophone extends Pick<VirtualMicrophone, 'env' | 'stop'> {
  /** Rejects when the programs are missing or the server does not answer; nothing is left running then. */
  readonly ready: Promise<VirtualMicrophone>;
}

/**
 * Starts the server.
 * @throws Error when the programs are missing or the server does not answer.
 */
export async function startVirtualMicrophone(options: MicrophoneOptions = {}): Promise<VirtualMicrophone> {
  return beginVirtualMicrophone(options).ready;
}

/** Starts the server, and does not wait for it. */
export function beginVirtualMicrophone({ hiss = false }: MicrophoneOptions): ComingMicrophone {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-vmic-'));
  const socket = path.join(folder, 'native');
  const env = { XDG_RUNTIME_DIR: folder, PULSE_SERVER: `unix:${socket}`, PULSE_STATE_PATH: folder };
  const childEnv = { ...process.env, ...env };
  const children: ChildProcess[] = [];
  const endWithUs = () => children.forEach((child) => child.kill('SIGKILL'));
  process.once('exit', endWithUs);

  const stop = async (): Promise<void> => {
    for (const child of children.splice(0).reverse()) await endChild(child);
    process.off('exit', endWithUs);
    rmSync(folder, { recursive: true, force: true });
  };

  const launch = (program: string, args: string[]): ChildProcessByStdio<null, Readable, Readable> => {
    const child = spawn(program, args, { env: childEnv, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    child.stdout.resume();
    return child;
  };

  const start = async (): Promise<VirtualMicrophone> => {
    try {
      await startSink(launch, socket, childEnv);
      if (hiss !== false) launch('sox', noiseArguments(hiss === true ? HISS_DB : hiss));
    } catch (error) {
      await stop();
      throw error;
    }
    return {
      env,
      async play(wavFile, signal) {
        await run('paplay', [`--device=${SINK}`, wavFile], {
          env: childEnv,
          ...(signal ? { signal } : {}),
        });
      },
      async mute(muted) {
        await run('pactl', ['set-source-mute', `${SINK}.monitor`, muted ? '1' : '0'], { env: childEnv });
      },
      stop,
    };
  };
  return { env, stop, ready: start() };
}

type Launch = (program: string, args: string[]) => ChildProcessByStdio<null, Readable, Readable>;

/** Starts the server with the sink that is heard, and waits until that keeps time. */
async function startSink(launch: Launch, socket: string, env: NodeJS.ProcessEnv): Promise<void> {
  const server = launch('pulseaudio', [
    '-n', // none of the machine's own start-up script
    '--daemonize=no',
    '--exit-idle-time=-1',
    '--log-level=error',
    // Anonymous: the process under test may have a home folder (and so a cookie) of its own.
    `--load=module-native-protocol-unix socket=${socket} auth-anonymous=1`,
    `--load=module-null-sink sink_name=${SINK}`,
  ]);
  await untilAnswering(server, env);
  await run('pactl', ['set-default-sink', SINK], { env });
  await run('pactl', ['set-default-source', `${SINK}.monitor`], { env });
  // A null sink renders 2 s ahead, which no sound card would do, until the first listener that wants less delay has heard
  // those 2 s. This one listens as long as the server lives.
  await once(launch('parec', ['--latency-msec=20', `--device=${SINK}.monitor`]).stdout, 'data');
}

/** For sox, which plays noise of this level into the sink. */
function noiseArguments(db: number): string[] {
  return ['-q', '-n', '-r', '16000', '-t', 'pulseaudio', SINK, 'synth', 'whitenoise', 'gain', String(db)];
}

/** Waits until the server accepts clients; fails when it has ended or the time is over. */
async function untilAnswering(server: ChildProcess, env: NodeJS.ProcessEnv): Promise<void> {
  let complaint = '';
  server.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  server.on('error', (error) => (complaint += error.message));
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      await run('pactl', ['info'], { env });
      return;
    } catch (cause) {
      if (server.exitCode !== null || Date.now() > deadline)
        throw new Error(`PulseAudio does not answer: ${complaint}`, { cause });
      await sleep(START_RETRY_MS);
    }
  }
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_GRACE_MS);
  await ended;
  clearTimeout(timer);
}
