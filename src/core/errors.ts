/** Errors a user may meet. Each is made by a named factory, says what to do, and maps to one exit code of the CLI. */

/** The area an error belongs to; the CLI's exit code follows from it. */
export type ErrorArea = 'usage' | 'microphone' | 'model' | 'engine' | 'cleanup';

/** An error that is meant to be read by the user: `message` says what happened, `hint` what to do about it. */
export class DictationError extends Error {
  override readonly name = 'DictationError';
  constructor(
    readonly area: ErrorArea,
    /** Stable machine-readable id, e.g. `recorder-missing`. */
    readonly code: string,
    message: string,
    /** What the user can do; empty if nothing. */
    readonly hint: string = '',
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }

  /** Message and hint as one text. */
  get userText(): string {
    return this.hint ? `${this.message} ${this.hint}` : this.message;
  }
}

/** True if `error` is a {@link DictationError}. By its name: parts of the product that are loaded late bring a class of their own. */
export function isDictationError(error: unknown): error is DictationError {
  return error instanceof Error && error.name === 'DictationError';
}

/** What anything thrown says of itself. Not for the log where it might quote what was said: see {@link errorPlace}. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Wraps anything thrown into a {@link DictationError} of the area it came from; leaves ours as they are. */
export function asDictationError(error: unknown, area: ErrorArea, code: string): DictationError {
  if (isDictationError(error)) return error;
  const message = messageOf(error);
  return new DictationError(area, code, message, '', { cause: error });
}

/**
 * Kind of an error and the lines of its stack: what the log may have of one whose message might quote what was said, as that of
 * `JSON.parse` does. System errors have a code instead.
 */
export function errorPlace(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const { message, stack = '' } = error;
  // A line of the message may look like a frame.
  const behind = stack.slice(stack.indexOf(message) + message.length);
  const frames = behind.split('\n').filter((line) => STACK_FRAME.test(line));
  return [error.name, ...code, ...frames.map((frame) => frame.trim())].join(' ');
}

const STACK_FRAME = /^\s+at /;
