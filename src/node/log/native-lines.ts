import type { RecordLevel } from './levels';

/** A line of native chatter, understood as far as it can be. */
export interface NativeRecord {
  readonly level: RecordLevel;
  readonly text: string;
  /** The same for lines that differ in numbers only. */
  readonly pattern: string;
  /** What repetitions are counted under: the C function that wrote the line, else the line's pattern. */
  readonly topic: string;
}

/** Words by which whisper.cpp, ggml, Node and ONNX Runtime tell of failures. */
const ERROR = /\b(error|fatal|abort(ed)?|assert(ion)?|exception|terminate called|failed to|out of memory)\b/i;
const WARNING = /\bwarn(ing)?\b/i;
const FUNCTION = /^([a-z_]\w*): /i;
const NUMBER = /0x[0-9a-f]+|\d+(\.\d+)?/gi;
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g');
/** Longer lines are cut: nothing that native code says is worth more. */
const LONGEST = 500;

/** Understands one line; undefined for an empty one. whisper.cpp marks no levels, so the level is a guess from its words. */
export function parseNativeLine(line: string): NativeRecord | undefined {
  const text = line.replace(ESCAPES, '').trim().slice(0, LONGEST);
  if (text === '') return undefined;
  const pattern = text.replace(NUMBER, '#');
  return {
    level: ERROR.test(text) ? 'error' : WARNING.test(text) ? 'warn' : 'debug',
    text,
    pattern,
    topic: FUNCTION.exec(text)?.[1] ?? pattern,
  };
}
