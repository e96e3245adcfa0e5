import { open, type FileHandle } from 'node:fs/promises';
import { isDictationError } from '../../core/errors';
import { ModelFormatError, type ReadRequest } from '../../core/model-file/reader';
import { parseWhisperFile, type WhisperFileInfo } from '../../core/model-file/whisper-file';
import { modelCorrupt, modelTruncated, modelUnreadable } from './errors';

/**
 * Checks that `path` is a whole Whisper model; reads some hundred kilobytes of headers, not the weights.
 * @throws DictationError `model-truncated`, `model-corrupt` or `model-unreadable`.
 */
export async function inspectGgmlModel(path: string): Promise<WhisperFileInfo> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const parsing = parseWhisperFile((await file.stat()).size);
    for (let step = parsing.next(); ;) {
      if (step.done) return step.value;
      step = parsing.next(await read(file, step.value));
    }
  } catch (error) {
    if (isDictationError(error)) throw error;
    if (!(error instanceof ModelFormatError)) throw modelUnreadable(path, error);
    throw error.kind === 'truncated'
      ? modelTruncated(path, error.message)
      : modelCorrupt(path, error.message);
  } finally {
    await file?.close();
  }
}

/** As much of the wanted part as there is. */
async function read(file: FileHandle, { position, length }: ReadRequest): Promise<DataView> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return new DataView(bytes.buffer, 0, filled);
}
