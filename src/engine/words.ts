import type { SampleRange, Segment, Word } from '../core/model';
import type { ModelInfo } from './model-file';
import { joinWords } from '../core/transcript/words';
import { SpeechClock } from './speech-clock';
import { type Piece, splitSpaceless } from './spaceless';

/** A token as the addon returns it with `format: 'detail'`; `p` is its probability. */
export interface Token {
  readonly text: string;
  readonly id: number;
  readonly p: number;
}

/** Samples per step of Whisper's time-stamps (20 ms). */
const TIMESTAMP_SAMPLES = 320;

/** A word, the mean probability of its tokens, and the number of its segment: the stretch between two time-stamps that it stands in. */
interface RawWord {
  readonly text: string;
  readonly p: number;
  readonly segment: number;
}

/** What was heard in a window, as words and as Whisper's segments. */
export interface Heard {
  readonly words: readonly Word[];
  readonly segments: readonly Segment[];
  /** Mean probability of the text's tokens; 0 without text. */
  readonly confidence: number;
}

/** Words without times, for drafts. */
export function draftWords(text: string, tokens: readonly Token[], model: ModelInfo): Heard {
  const words = rawWords(text, tokens, model).map(({ text: word, p }) => ({ text: word, p }));
  return { words, segments: [], confidence: words.length > 0 ? confidence(tokens, model) : 0 };
}

/**
 * Words and segments with absolute sample positions. Segments lie between Whisper's time-stamps; inside one, words are
 * spread by their letters over the speech that `audio` (the samples of `range`) holds.
 */
export function timedWords(
  text: string,
  tokens: readonly Token[],
  model: ModelInfo,
  range: SampleRange,
  audio: Float32Array,
): Heard {
  const raw = rawWords(text, tokens, model);
  const spans = segmentSpans(tokens, model, range.end - range.start);
  const clock = new SpeechClock(audio);
  const words: Word[] = [];
  const segments: Segment[] = [];
  spans.forEach((span, index) => {
    const own = raw.filter((word) => word.segment === index);
    const letters = own.reduce((sum, word) => sum + word.text.length + 1, 0);
    let passed = 0;
    for (const word of own) {
      const start = clock.sampleAt(passed / letters, span.start, span.end);
      passed += word.text.length + 1;
      const end = clock.sampleAt((passed - 1) / letters, span.start, span.end);
      words.push({ text: word.text, p: word.p, start: range.start + start, end: range.start + end });
    }
    if (own.length > 0 && span.end > span.start) {
      segments.push({
        text: joinWords(own),
        range: { start: range.start + span.start, end: range.start + span.end },
      });
    }
  });
  return { words, segments, confidence: words.length > 0 ? confidence(tokens, model) : 0 };
}

/**
 * Stretches between time-stamps, relative to the window, in order and without overlap. The last one reaches to the end of the window:
 * a text covers the whole window, and its last time-stamp is the least sure.
 */
function segmentSpans(tokens: readonly Token[], model: ModelInfo, length: number): SampleRange[] {
  const spans: SampleRange[] = [];
  let start = 0;
  let hasText = false;
  for (const token of tokens) {
    if (token.id < model.tokenEot) hasText = true;
    if (token.id < model.tokenTimestamp) continue;
    const at = Math.min(length, Math.max(start, (token.id - model.tokenTimestamp) * TIMESTAMP_SAMPLES));
    if (hasText) spans.push({ start, end: at });
    start = at;
    hasText = false;
  }
  if (hasText) spans.push({ start, end: length });
  const last = spans.pop();
  return last ? [...spans, { start: last.start, end: length }] : spans;
}

/**
 * Tokens joined to words at white space (to characters, in scripts that have none), each with the mean probability of its tokens and
 * the number of its segment.
 */
function rawWords(text: string, tokens: readonly Token[], model: ModelInfo): RawWord[] {
  const groups: { text: string; tokens: Piece[]; segment: number }[] = [];
  let segment = -1;
  let fresh = true;
  for (const token of tokens) {
    if (token.id >= model.tokenTimestamp) fresh = true;
    if (token.id >= model.tokenEot) continue;
    const group = groups.at(-1);
    if (group && !fresh && !/^\s/u.test(token.text)) {
      group.text += token.text;
      group.tokens.push(token);
    } else {
      if (fresh) segment += 1;
      groups.push({ text: token.text, tokens: [token], segment });
    }
    fresh = false;
  }
  const words = groups.filter((group) => group.text.trim() !== '');
  // A letter of several bytes may be cut between two tokens; only the whole text has it right.
  const whole = text.split(/\s+/u).filter((word) => word !== '');
  return words.flatMap((group, index) => {
    const spelled = (whole.length === words.length ? whole[index] : undefined) ?? group.text.trim();
    return splitSpaceless(spelled, group.tokens).map((piece) => ({
      text: piece.text,
      p: clamp(piece.p),
      segment: group.segment,
    }));
  });
}

function confidence(tokens: readonly Token[], model: ModelInfo): number {
  const text = tokens.filter((token) => token.id < model.tokenEot);
  if (text.length === 0) return 0;
  return clamp(text.reduce((sum, token) => sum + token.p, 0) / text.length);
}

function clamp(p: number): number {
  return Math.min(1, Math.max(0, p));
}
