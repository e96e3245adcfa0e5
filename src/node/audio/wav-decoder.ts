import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { decoder } from '@audio/decode-wav';
import { Resampler } from '../../core/audio/resampler';
import { DictationError, isDictationError, messageOf } from '../../core/errors';
import { plainWavHeader, readWavLayout } from './wav-chunks';

/** Bytes read at a time: a second or two of common formats. */
const READ_BYTES = 65_536;
/** Rates outside of this are not those of a recording, Hz. */
const RATES = { lowest: 2_000, highest: 768_000 };

/**
 * Reads a WAV file piece by piece as 16 kHz mono samples: integer PCM of 8, 16, 24 or 32 bit, float of 32 or 64 bit, A-law,
 * µ-law and ADPCM, any rate, any number of channels (averaged).
 * @throws DictationError `bad-audio-file` (area `usage`): missing, unreadable, not WAV, empty, cut off in the header
 */
export async function* wavSamples(file: string): AsyncGenerator<Float32Array, void, void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file);
    yield* decoded(handle);
  } catch (cause) {
    throw isDictationError(cause) ? cause : badAudioFile(file, cause);
  } finally {
    await handle?.close();
  }
}

async function* decoded(handle: FileHandle): AsyncGenerator<Float32Array, void, void> {
  const layout = await readWavLayout(handle);
  const wav = decoder();
  let resampler: Resampler | undefined;
  try {
    wav.decode(plainWavHeader(layout));
    for (let done = 0; done < layout.dataBytes;) {
      const wanted = Math.min(READ_BYTES, layout.dataBytes - done);
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(wanted),
        0,
        wanted,
        layout.dataStart + done,
      );
      if (bytesRead === 0) break;
      done += bytesRead;
      const { channelData, sampleRate } = wav.decode(buffer.subarray(0, bytesRead));
      if (channelData.length === 0) continue;
      resampler ??= resamplerFrom(sampleRate);
      yield resampler.push(mixed(channelData));
    }
    if (!resampler) throw new Error('it holds no audio');
    yield resampler.finish();
  } finally {
    wav.free();
  }
}

function resamplerFrom(rate: number): Resampler {
  if (rate < RATES.lowest || rate > RATES.highest)
    throw new Error(`a sample rate of ${rate} Hz makes no sense`);
  return new Resampler(rate);
}

/** The average of the channels; values that are no numbers (damaged float files) count as silence. */
function mixed(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array()] = channels;
  return first.map((_, i) => {
    const mean = channels.reduce((sum, channel) => sum + (channel[i] ?? 0), 0) / channels.length;
    return Number.isFinite(mean) ? mean : 0;
  });
}

function badAudioFile(file: string, cause: unknown): DictationError {
  const name = path.basename(file);
  return new DictationError(
    'usage',
    'bad-audio-file',
    `The file "${name}" cannot be read: ${reason(cause)}.`,
    'Give a WAV file; other formats can be converted with: sox INPUT OUTPUT.wav',
    { cause },
  );
}

function reason(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'access is denied';
  return messageOf(cause);
}
