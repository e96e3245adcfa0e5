import type { Word } from '../model';
import { msToSamples } from '../units';
import { commonWords } from './align';
import { meanProbability } from './words';

/**
 * A word that is surer is shown at once, one that is likely when two drafts in a row have it. Measured on recordings with
 * known words: nine in ten of the sure words are right, under half of those below 0.5. Higher limits show fewer wrong words
 * and all of them later (`npm run bench -- accuracy`: erasure against `imagined.draft`).
 */
export const SURE = 0.7;
const LIKELY = 0.4;
/**
 * Nothing waits longer than this, in samples of audio that was heard meanwhile: one doubtful word would keep all that follows it from
 * the screen until the heavy model has heard it, which may take seconds. Shorter waits show more that is taken back
 * (`npm run bench -- accuracy`: at 600 ms an erasure of 0.31).
 */
const LONGEST_WAIT = msToSamples(800);

/** A word that waits to be shown, or need not. */
export interface DraftWord extends Word {
  /** False for a word that is neither sure, nor was heard twice, nor has waited for long. Absent in decided text. */
  readonly settled?: boolean;
  /** End of the window in which a word was first heard in its place, samples. Absent in decided text. */
  readonly since?: number;
  /** Said so close to the end of a window in mid-speech that a mark behind it is that of the window: Whisper ends every text. */
  readonly edge?: true;
  /** The first word of a window that began in mid-speech: its capital is that of the window. */
  readonly opening?: true;
}

const SENTENCE_MARK = /(?<=\p{L}|\p{N})[.!?…。！？]+(?=["'”’)]*$)/u;
/** "p.m.", "e.g.": the last full stop belongs to the word. */
const DOTTED_LETTERS = /^(?:\p{L}\.){2,}$/u;
const CAPITAL = /^["'“‘(]*\p{Lu}/u;
const ALWAYS_CAPITAL = /^I(?:['’]|$)/u;

/** Words of a window that ended in mid-speech: those from `from` on are at its edge. */
export function cutOff(words: readonly DraftWord[], from = words.length - 1): readonly DraftWord[] {
  return words.map((word, index) => (index >= from ? { ...word, edge: true } : word));
}

/**
 * Words of several windows as one text. The end of a sentence that a model put at the edge of its window stays only if
 * another model, which has heard what follows, begins a sentence there.
 */
export function flowing(words: readonly DraftWord[]): readonly DraftWord[] {
  return words.map((word, index) => {
    const next = words[index + 1];
    if (!word.edge || !next || DOTTED_LETTERS.test(word.text) || beginsSentence(next)) return word;
    return { ...word, text: word.text.replace(SENTENCE_MARK, '') };
  });
}

function beginsSentence({ text, opening }: DraftWord): boolean {
  return !opening && CAPITAL.test(text) && !ALWAYS_CAPITAL.test(text);
}

/**
 * A new draft, made as steady as it can be. Where it says another word than the draft before in the same place, the surer
 * of the two stays: the fast model wavers between two readings from window to window, and each change would flicker.
 * @param end of the window in which it was heard, samples
 */
export function steady(
  before: readonly DraftWord[],
  heard: readonly DraftWord[],
  end: number,
): readonly DraftWord[] {
  const readings = surest(before, heard, end);
  // What is doubted altogether may be noise.
  if (!isLikelySpeech(readings)) return readings;
  return readings.map((word) =>
    word.settled === false && end - (word.since ?? end) >= LONGEST_WAIT ? { ...word, settled: true } : word,
  );
}

/** Whoever speaks says something that the model thinks likely; of a noise it believes none. */
function isLikelySpeech(words: readonly Word[]): boolean {
  return words.some(({ p }) => p >= LIKELY);
}

/** Of a draft and the one before, in every place the surer reading; one that both have is settled if it is likely. */
function surest(
  before: readonly DraftWord[],
  heard: readonly DraftWord[],
  end: number,
): readonly DraftWord[] {
  const fresh = heard.map((word): DraftWord => ({ since: end, ...word, settled: word.p >= SURE }));
  const readings: DraftWord[] = [];
  let i = 0;
  let j = 0;
  for (const [a, b] of [...commonWords(before, heard), [before.length, heard.length] as const]) {
    readings.push(...surer(before.slice(i, a), fresh.slice(j, b), b === heard.length));
    const [old, same] = [before[a], fresh[b]];
    if (old && same)
      readings.push({ ...same, since: old.since ?? end, settled: old.settled === true || same.p >= LIKELY });
    [i, j] = [a + 1, b + 1];
  }
  return readings;
}

/** Two readings of one stretch: word by word if they have equally many words (or go on at the end), else as a whole. */
function surer(
  known: readonly DraftWord[],
  fresh: readonly DraftWord[],
  isEnd: boolean,
): readonly DraftWord[] {
  if (known.length === fresh.length || (isEnd && fresh.length > known.length)) {
    return fresh.map((reading, index) => {
      const other = known[index];
      if (!other) return reading;
      return {
        ...(other.p > reading.p ? other : reading),
        ...(other.since !== undefined && { since: other.since }),
      };
    });
  }
  if (known.length === 0) return fresh.every(({ settled }) => settled) ? fresh : [];
  if (fresh.length === 0) return fresh;
  return meanProbability(known) > meanProbability(fresh) ? known : fresh;
}

/**
 * What of `words` (the heavy model's, then a draft's) is shown: up to the first that is not settled, and whatever was `shown`
 * before: unsure or not, it is not taken back, only replaced. At a pause no other draft will come: all is shown, unless the model
 * doubts all of it.
 */
export function revealed(
  shown: readonly Word[],
  words: readonly DraftWord[],
  atPause: boolean,
): readonly Word[] {
  const isAll = atPause && isLikelySpeech(words);
  const unsettled = isAll ? -1 : words.findIndex(({ settled }) => settled === false);
  if (unsettled < 0) return atPause ? words : opened(words);
  const [lastShown, last] = commonWords(shown, words).at(-1) ?? [-1, -1];
  const replaced = Math.min(shown.length - lastShown - 1, words.length - last - 1);
  return opened(words.slice(0, Math.max(unsettled, last + 1 + replaced)));
}

/** Whisper ends every text with a full stop; while speech goes on it would come and go with every word. */
function opened(words: readonly DraftWord[]): readonly Word[] {
  const last = words.at(-1);
  if (!last || (last.settled === undefined && !last.edge)) return words;
  const text = last.text.replace(/(?<=\p{L}|\p{N})[.,…。，]+$/u, '');
  return [...words.slice(0, -1), { ...last, text }];
}
