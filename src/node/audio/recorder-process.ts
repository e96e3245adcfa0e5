import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { record } from 'node-record-lpcm16';
import recorders, { type Recorder } from 'node-record-lpcm16/recorders';
import arecord from 'node-record-lpcm16/recorders/arecord';
import rec from 'node-record-lpcm16/recorders/rec';
import sox from 'node-record-lpcm16/recorders/sox';
import { Observable } from 'rxjs';
import { Framer } from '../../core/audio/framer';
import { asDictationError, DictationError } from '../../core/errors';
import type { Frame } from '../../core/model';
import type { Log } from '../../core/ports';
import { SAMPLE_RATE } from '../../core/units';
import type { RecorderCommand, RecorderHost, RecorderProgram } from './recorder-command';
import { lastWords, recorderError } from './recorder-failure';
import { samplesFromS16 } from './s16';

const RECORDERS: Readonly<Record<RecorderProgram, Recorder>> = { sox, rec, arecord };

/** A recorder that delivers nothing for so many seconds in a row hangs. */
const STALL_SECONDS = 5;
/** Time a recorder gets to end after SIGTERM, ms. */
const KILL_GRACE_MS = 1_000;
/** After a recorder has exited its last words may still be in the pipes, ms. */
const FLUSH_MS = 300;
/** Of what a recorder writes on stderr, the last so many characters are kept. */
const COMPLAINT_CHARACTERS = 4_000;

/**
 * Runs one recorder program and cuts what it hears into frames. Cold; unsubscribing ends the program for sure, and so does the
 * end of this process. Errors with a DictationError of area `microphone`: `microphone-unavailable` if it ended before the
 * first sample, `recorder-died` if later, `microphone-stalled` if it delivers nothing for 5 s.
 */
export function recorderFrames(command: RecorderCommand, host: RecorderHost, log: Log): Observable<Frame> {
  return new Observable<Frame>((subscriber) => {
    let child: ChildProcessWithoutNullStreams;
    try {
      child = startRecorder(command, host);
    } catch (cause) {
      subscriber.error(asDictationError(cause, 'microphone', 'microphone-unavailable'));
      return undefined;
    }
    const framer = new Framer();
    const decode = samplesFromS16();
    let complaint = '';
    let quietSeconds = 0;

    const fail = (ending: string) => {
      if (subscriber.closed) return;
      const code = framer.position > 0 ? 'recorder-died' : 'microphone-unavailable';
      const said = lastWords(complaint);
      log.info(`${command.program} (${command.file}) ended: ${ending}${said ? `; it said: ${said}` : ''}`);
      subscriber.error(
        recorderError(code, ending, { program: command.program, complaint, platform: host.platform }),
      );
    };
    child.on('error', (error) => fail(error.message));
    // The library turns every end of the program into a string emitted as an error: the exit code says it better.
    child.stdout.on('error', () => {});
    child.stderr.on('error', () => {});
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-COMPLAINT_CHARACTERS);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      quietSeconds = 0;
      for (const frame of framer.push(decode(chunk))) subscriber.next(frame);
    });
    child.once('exit', (code, signal) => {
      const ending = signal ? `ended by ${signal}` : `exit code ${code}`;
      // A child of its own may hold the pipes open for ever.
      const timer = setTimeout(() => fail(ending), FLUSH_MS);
      subscriber.add(() => clearTimeout(timer));
      child.once('close', () => fail(ending));
    });
    // Counted in ticks and not as a time-out: after the computer slept only one tick is due, however long it was.
    const stall = setInterval(() => {
      if (++quietSeconds < STALL_SECONDS) return;
      subscriber.error(
        new DictationError(
          'microphone',
          'microphone-stalled',
          `The microphone delivers no sound: ${command.program} has been silent for ${STALL_SECONDS} seconds.`,
          'Unplug it and plug it in again, or choose another one in the sound settings, then start dictation again.',
        ),
      );
    }, 1_000);
    return () => {
      clearInterval(stall);
      endRecorder(child);
    };
  });
}

/** Starts the program through node-record-lpcm16; the child ends with this process even if nobody unsubscribes. */
function startRecorder(command: RecorderCommand, host: RecorderHost): ChildProcessWithoutNullStreams {
  // The library loads its recorders by a path computed at run time, which does not survive bundling (and calls them by
  // bare name): hand it the recorder that it would have loaded, with our file, arguments and environment.
  recorders.load = () => (options) => {
    const { args, spawnOptions } = RECORDERS[command.program](options);
    const device = command.device && command.program !== 'arecord' ? { AUDIODEV: command.device } : {};
    return {
      cmd: command.file,
      args: [...command.args, ...args.map(String)],
      // LC_ALL: the messages have to be understood by the table of failures.
      // windowsHide: else a console window would open beside the editor and stay as long as it listens.
      spawnOptions: {
        ...spawnOptions,
        windowsHide: true,
        env: { ...host.env, ...command.env, ...device, LC_ALL: 'C' },
      },
    };
  };
  const { process: child } = record({
    recorder: command.program,
    sampleRate: SAMPLE_RATE,
    channels: 1,
    audioType: 'raw',
    ...(command.device ? { device: command.device } : {}),
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const release = () => process.off('exit', endWithUs);
  child.once('exit', release);
  child.once('error', release);
  return child;
}

/** Asks the program to end, then makes it. Its streams are read no more. */
function endRecorder(child: ChildProcessWithoutNullStreams): void {
  child.stdout.removeAllListeners('data').destroy();
  child.stderr.removeAllListeners('data').destroy();
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_GRACE_MS);
  child.once('exit', () => clearTimeout(timer));
}
