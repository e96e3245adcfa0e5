import type { LoadFailure } from '../protocol/messages';

/** A reason that the engine cannot work, told to the product as `load-failed`. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
  constructor(
    readonly code: LoadFailure,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
