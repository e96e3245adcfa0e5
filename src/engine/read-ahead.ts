import { open } from 'node:fs/promises';

/** Large enough for a disk's full speed, small enough for some ten steps of the smallest models. */
const CHUNK_BYTES = 2 ** 22;

/**
 * Reads a file from its beginning to its end and forgets it, so that the system has it in memory when whisper.cpp reads it piece by
 * piece; `onShare` is called with the part that is read, 0…1. A file that cannot be read is left to the one who needs it.
 */
export async function readAhead(path: string, onShare: (share: number) => void): Promise<void> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return;
  try {
    const { size } = await file.stat();
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let position = 0; position < size;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      onShare(Math.min(1, position / size));
    }
  } catch {
    // Said better by the loader, which reads the same.
  } finally {
    await file.close();
  }
}
