import type { FileHandle } from 'node:fs/promises';

/** Where the parts of a WAV file are. */
export interface WavLayout {
  /** Body of the `fmt ` chunk. */
  readonly format: Buffer;
  /** Position of the first byte of audio and their number; never beyond the end of the file. */
  readonly dataStart: number;
  readonly dataBytes: number;
}

const RIFF_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
/** The longest format chunks (ADPCM with its coefficients) have some 50 bytes: more is not a WAV file. */
const MAX_FORMAT_BYTES = 4_096;

/**
 * Walks the RIFF chunks of a WAV file up to its audio ("Multimedia Programming Interface and Data Specifications 1.0",
 * 1991: chunks begin at even positions). A data size of 0 or 0xFFFFFFFF, left by programs that could not seek back, means to
 * the end of the file.
 * @throws Error that says in a few words what is wrong
 */
export async function readWavLayout(file: FileHandle): Promise<WavLayout> {
  const { size: fileBytes } = await file.stat();
  if (fileBytes === 0) throw new Error('it is empty');
  const read = async (position: number, bytes: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, position);
    if (bytesRead < bytes) throw new Error('its header is cut off');
    return buffer;
  };
  const start = await read(0, Math.min(RIFF_HEADER_BYTES, fileBytes));
  if (!'RIFF'.startsWith(start.toString('latin1', 0, 4)) || !'WAVE'.startsWith(start.toString('latin1', 8)))
    throw new Error('it is not a WAV file');
  let format: Buffer | undefined;
  for (let position = RIFF_HEADER_BYTES; ;) {
    const header = await read(position, CHUNK_HEADER_BYTES);
    const id = header.toString('latin1', 0, 4);
    const bytes = header.readUInt32LE(4);
    position += CHUNK_HEADER_BYTES;
    if (id === 'data') {
      if (!format) throw new Error('it does not tell its format');
      const dataBytes = Math.min(bytes === 0 ? Infinity : bytes, fileBytes - position);
      if (dataBytes === 0) throw new Error('it holds no audio');
      return { format, dataStart: position, dataBytes };
    }
    if (id === 'fmt ') {
      if (bytes > MAX_FORMAT_BYTES) throw new Error('its header is damaged');
      format = await read(position, bytes);
    }
    position += bytes + (bytes % 2);
  }
}

/** The header of a WAV file with nothing but this format and `dataBytes` bytes of audio. */
export function plainWavHeader({ format, dataBytes }: WavLayout): Buffer {
  const header = Buffer.alloc(RIFF_HEADER_BYTES + 2 * CHUNK_HEADER_BYTES + format.length);
  // Only the data size is read by decoders; the outer size does not fit for files of 4 GB.
  header.write('RIFF\0\0\0\0WAVEfmt ', 'latin1');
  header.writeUInt32LE(format.length, 16);
  format.copy(header, 20);
  header.write('data', 20 + format.length, 'latin1');
  header.writeUInt32LE(Math.min(dataBytes, 0xffffffff), 24 + format.length);
  return header;
}
