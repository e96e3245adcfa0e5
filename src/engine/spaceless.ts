import { runsOn } from '../core/transcript/words';

/** What a token says, and how sure it is of it. A letter of several bytes that was cut between tokens shows as U+FFFD. */
export interface Piece {
  readonly text: string;
  readonly p: number;
}

const BROKEN = '\ufffd';
const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * A "word" of a script that has no blanks between words, cut into its characters, each with the probability of the tokens that
 * spell it; a word of any other script is left whole. Characters, not dictionary words: where those end changes with what
 * follows, and hypotheses of a growing window would never agree.
 */
export function splitSpaceless(text: string, tokens: readonly Piece[]): readonly Piece[] {
  const letters = [...GRAPHEMES.segment(text)].map(({ segment }) => segment);
  const groups: string[] = [];
  for (const letter of letters) {
    const before = groups.at(-1);
    if (before === undefined || runsOn(before, letter)) groups.push(letter);
    else groups[groups.length - 1] = before + letter;
  }
  if (groups.length < 2) return [{ text, p: mean(tokens.map(({ p }) => p)) }];
  const sureness = sureByUnit(text, tokens);
  let at = 0;
  return groups.map((group) => {
    const from = at;
    at += group.length;
    return { text: group, p: mean(sureness.slice(from, at)) };
  });
}

/** The probability of each UTF-16 unit of `text`: that of its token, or the mean of a run of tokens that share broken letters. */
function sureByUnit(text: string, tokens: readonly Piece[]): readonly number[] {
  const sureness: number[] = [];
  let run: number[] = [];
  const fill = (end: number) => {
    while (sureness.length < end) sureness.push(mean(run));
    run = [];
  };
  for (const { text: spelled, p } of tokens) {
    const clean = spelled.trim();
    const at = clean === '' || clean.includes(BROKEN) ? -1 : text.indexOf(clean, sureness.length);
    // A clean token that follows cleanly stands right here; behind broken letters, where it is found next.
    if (at < 0 || (run.length === 0 && at !== sureness.length)) {
      run.push(p);
      continue;
    }
    if (run.length > 0) fill(at);
    run = [p];
    fill(at + clean.length);
  }
  if (run.length === 0) run = tokens.map(({ p }) => p);
  fill(text.length);
  return sureness;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
