import { catchError, defer, throwError, type Observable } from 'rxjs';
import { DictationError, isDictationError } from '../../core/errors';
import type { Frame } from '../../core/model';
import type { AudioSource, Log } from '../../core/ports';
import { installHint, thisSystem } from './install-hint';
import {
  recorderCommands,
  type RecorderCommand,
  type RecorderHost,
  type RecorderProgram,
} from './recorder-command';
import { moreTelling } from './recorder-failure';
import { recorderFrames } from './recorder-process';

export type { RecorderProgram } from './recorder-command';

/** What to record with. */
export interface MicrophoneOptions {
  /** `auto` (default): whichever works, best first. */
  readonly program?: RecorderProgram | 'auto' | undefined;
  /**
   * Device as the program names it (`hw:1,0`, a PulseAudio source, a waveaudio name); empty for the default. It comes from
   * the user's own settings only and is passed as one argument or variable, never through a shell.
   */
  readonly device?: string | undefined;
  readonly log: Log;
  /** Environment and platform of the recorder; those of this process by default. */
  readonly host?: RecorderHost;
}

/**
 * The microphone, through the recorder program that is installed. Frames begin at 0 with every subscription.
 * @throws DictationError `recorder-missing` with the install command for this system.
 */
export async function createMicrophone(options: MicrophoneOptions): Promise<AudioSource> {
  const { program = 'auto', log } = options;
  const device = options.device?.trim() || undefined;
  const host = options.host ?? { platform: process.platform, env: process.env };
  const commands = recorderCommands(program, device, host);
  const [first] = commands;
  if (!first) throw await recorderMissing(program, host);
  return {
    name: `microphone (${first.program})`,
    frames$: defer(() => firstThatWorks(commands, (command) => recorderFrames(command, host, log))),
  };
}

/** Tries one command after the other as long as they fail before their first sample; fails as the most telling of them did. */
function firstThatWorks(
  commands: readonly RecorderCommand[],
  start: (command: RecorderCommand) => Observable<Frame>,
  failed?: DictationError,
): Observable<Frame> {
  const [command, ...others] = commands;
  if (!command) return throwError(() => failed);
  return start(command).pipe(
    catchError((error: unknown) => {
      if (!isDictationError(error) || error.code !== 'microphone-unavailable') return throwError(() => error);
      return firstThatWorks(others, start, failed ? moreTelling(failed, error) : error);
    }),
  );
}

async function recorderMissing(
  wanted: RecorderProgram | 'auto',
  { platform }: RecorderHost,
): Promise<DictationError> {
  const usable = platform === 'linux' ? 'sox, rec or arecord' : 'sox or rec';
  return new DictationError(
    'microphone',
    'recorder-missing',
    wanted === 'auto'
      ? `No recorder program is installed (${usable}).`
      : `The recorder program "${wanted}" is not installed (setting "tandem.microphone.recorder").`,
    installHint(await thisSystem(platform)),
  );
}
