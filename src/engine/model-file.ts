import fs from 'node:fs';
import { messageOf } from '../core/errors';
import { ModelFormatError } from '../core/model-file/reader';
import { parseWhisperFile, type WhisperFileInfo } from '../core/model-file/whisper-file';
import { LoadError } from './load-error';

/** What the rest of the engine needs to know of a model. */
export interface ModelInfo {
  /** Knows more languages than English. */
  readonly multilingual: boolean;
  /** How many of Whisper's languages, in Whisper's order. */
  readonly languages: number;
  /** First token that is no text: end of text. */
  readonly tokenEot: number;
  /** Token of the time-stamp 0.00 s; each further one is 20 ms later. */
  readonly tokenTimestamp: number;
  /** Encoder positions (20 ms each) for 30 s. */
  readonly audioCtx: number;
}

/** Tokens of an English-only model; a multilingual one has one more word and one or two more languages. */
const ENGLISH = { eot: 50_256, timestamp: 50_363, languages: 98 };

/**
 * Checks the file at `path` before whisper.cpp sees it, which trusts every file: its last line of defence, since a model can
 * change on disk between two starts of the process.
 * @throws LoadError `model-missing` or `model-corrupt` with what is wrong.
 */
export function checkModelFile(path: string): ModelInfo {
  let file: number;
  try {
    file = fs.openSync(path, 'r');
  } catch (cause) {
    throw new LoadError('model-missing', `The model file cannot be opened: ${reason(cause)}`, { cause });
  }
  try {
    if (!fs.fstatSync(file).isFile()) throw new LoadError('model-missing', 'The model is not a file.');
    return describe(parse(file));
  } catch (cause) {
    if (cause instanceof LoadError) throw cause;
    if (cause instanceof ModelFormatError)
      throw new LoadError('model-corrupt', `The model file is damaged: ${cause.message}.`, { cause });
    throw new LoadError('model-missing', `The model file cannot be read: ${reason(cause)}`, { cause });
  } finally {
    fs.closeSync(file);
  }
}

function parse(file: number): WhisperFileInfo {
  const parsing = parseWhisperFile(fs.fstatSync(file).size);
  for (let step = parsing.next(); ;) {
    if (step.done) return step.value;
    const { position, length } = step.value;
    const bytes = new Uint8Array(length);
    step = parsing.next(new DataView(bytes.buffer, 0, fs.readSync(file, bytes, 0, length, position)));
  }
}

function describe({ multilingual, languages, audioContext }: WhisperFileInfo): ModelInfo {
  return {
    multilingual,
    languages,
    tokenEot: multilingual ? ENGLISH.eot + 1 : ENGLISH.eot,
    tokenTimestamp: multilingual ? ENGLISH.timestamp + languages - ENGLISH.languages : ENGLISH.timestamp,
    audioCtx: audioContext,
  };
}

function reason(cause: unknown): string {
  return messageOf(cause);
}
