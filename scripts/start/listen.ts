import { firstValueFrom, timeout } from 'rxjs';
import { isDictationError } from '../../src/core/errors';
import { createMicrophone } from '../../src/node/audio/microphone';

/** A recorder delivers within some 100 ms; one that waits for a device that never answers is given up. */
const FIRST_SOUND_MS = 5_000;

/** Whether this machine's microphone can be heard; `why` comes with a hint what to do. */
export type MicrophoneCheck =
  { readonly heard: true; readonly name: string } | { readonly heard: false; readonly why: string };

/** Opens this machine's microphone exactly as the extension will, until the first sound arrives. */
export async function checkMicrophone(): Promise<MicrophoneCheck> {
  const ignore = () => undefined;
  const log = { error: ignore, warn: ignore, info: ignore, debug: ignore };
  try {
    const source = await createMicrophone({ program: 'auto', device: undefined, log });
    await firstValueFrom(source.frames$.pipe(timeout({ first: FIRST_SOUND_MS })));
    return { heard: true, name: source.name };
  } catch (error) {
    return { heard: false, why: describe(error) };
  }
}

function describe(error: unknown): string {
  if (isDictationError(error)) return error.userText;
  if (!(error instanceof Error)) return String(error);
  return error.name === 'TimeoutError' ? 'The recorder runs, but no sound arrives from it.' : error.message;
}
