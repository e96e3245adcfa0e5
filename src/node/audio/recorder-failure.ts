import { DictationError } from '../../core/errors';

/** Why a recorder could not open the microphone or lost it. */
export interface RecorderFailure {
  /** Program as the user knows it, e.g. `arecord`. */
  readonly program: string;
  /** The end of what it wrote on stderr (in English: it runs with LC_ALL=C). */
  readonly complaint: string;
  readonly platform: NodeJS.Platform;
}

interface KnownFailure {
  readonly pattern: RegExp;
  readonly message: string;
  hint(platform: NodeJS.Platform): string;
}

/** Where the system hides its microphone switch. */
function soundSettings(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'System Settings → Privacy & Security → Microphone';
  if (platform === 'win32') return 'Settings → Privacy & security → Microphone';
  return 'the sound settings';
}

/**
 * The usual messages of arecord (alsa-lib), SoX and libpulse, most telling first: when several ways to record were tried, the
 * first of these that any of them met explains most.
 */
const KNOWN: readonly KnownFailure[] = [
  {
    pattern: /resource busy|device is busy|EBUSY/i,
    message: 'The microphone is in use by another program.',
    hint: () =>
      'Close the program that uses it, or choose another device in the setting "tandem.microphone.device".',
  },
  {
    pattern:
      /no such device|has been disconnected|device disconnected|input\/output error|connection terminated/i,
    message: 'The microphone or its sound server went away.',
    hint: () => 'Check that it is plugged in, then start dictation again.',
  },
  {
    pattern: /permission denied|operation not permitted|access denied/i,
    message: 'The system does not allow access to the microphone.',
    hint: (platform) =>
      platform === 'linux'
        ? 'Add yourself to the group "audio" (sudo usermod -aG audio $USER) and log in again.'
        : `Allow it for this editor in ${soundSettings(platform)}.`,
  },
  {
    pattern:
      /format non available|channels count non available|rate .*not available|can't encode|unsupported (format|rate)/i,
    message: 'The device does not record at 16 kHz mono by itself.',
    hint: () =>
      'Choose "default", or the same device with "plughw:" in front, in the setting "tandem.microphone.device".',
  },
  {
    pattern:
      /unknown pcm|no such file or directory|cannot find card|cannot get card|no such entity|no soundcards|unable to find .*device|no default .*device|can ?not open (audio|input) device(?!: connection)/i,
    message: 'No microphone was found.',
    hint: (platform) =>
      `Plug one in or choose it in ${soundSettings(platform)}; a device set in "tandem.microphone.device" must exist.`,
  },
  {
    pattern: /connection refused|host is down|unable to connect|connection failure|no pulseaudio daemon/i,
    message: 'The sound server (PulseAudio or PipeWire) is not running.',
    hint: () => 'Start it (systemctl --user start pipewire-pulse, or pulseaudio --start), or log in again.',
  },
  {
    pattern: /no handler for (given|detected) file type/i,
    message: 'SoX was installed without a driver for the sound system.',
    hint: () => 'Install its driver (Debian, Ubuntu: sudo apt install libsox-fmt-pulse) or alsa-utils.',
  },
];

const UNKNOWN_HINT =
  'Check the microphone in the sound settings, then start dictation again; the log has what the recorder said.';

/** The index of the known failure that `complaint` shows, lower is more telling; the number of known ones if none. */
function failureRank(complaint: string): number {
  const rank = KNOWN.findIndex(({ pattern }) => pattern.test(complaint));
  return rank < 0 ? KNOWN.length : rank;
}

/**
 * The error for a recorder that ended by itself. Its own words are not for the message: they are the `cause`, and stand in the
 * log. Pure.
 * @param code `microphone-unavailable` when it never delivered audio, `recorder-died` when it stopped in the middle.
 * @param ending how it ended, e.g. `exit code 1`.
 */
export function recorderError(
  code: 'microphone-unavailable' | 'recorder-died',
  ending: string,
  { program, complaint, platform }: RecorderFailure,
): DictationError {
  const known = KNOWN[failureRank(complaint)];
  const what =
    code === 'recorder-died' ? 'Recording stopped unexpectedly' : 'The microphone could not be opened';
  return new DictationError(
    'microphone',
    code,
    known ? `${what}: ${lowerFirst(known.message)}` : `${what}. (${program}: ${ending})`,
    known?.hint(platform) ?? UNKNOWN_HINT,
    { cause: new Error(complaint) },
  );
}

/** Of two errors made by {@link recorderError} the one whose recorder said more about the reason; the first if alike. */
export function moreTelling(first: DictationError, second: DictationError): DictationError {
  const rank = ({ cause }: DictationError) => failureRank(cause instanceof Error ? cause.message : '');
  return rank(second) < rank(first) ? second : first;
}

/** Lines that matter most come last; ALSA's trace of its configuration does not matter. */
const LOGGED_LINES = 4;
const LOGGED_CHARACTERS = 400;

/** What a recorder said last, on one line, for the log; empty if it said nothing. */
export function lastWords(complaint: string): string {
  const lines = complaint
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('ALSA lib conf'));
  return lines.slice(-LOGGED_LINES).join('; ').slice(-LOGGED_CHARACTERS);
}

/** "No microphone…" reads as "…: no microphone…"; names keep their capitals. */
function lowerFirst(text: string): string {
  return /^(The|No)\b/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
