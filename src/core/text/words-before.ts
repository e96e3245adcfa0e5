/** Words as "delete last word" and "delete next word" count them. */

/** A word: letters, digits and what joins them. */
const WORD = /[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_'’-]*[\p{L}\p{M}\p{N}_])?$/u;
/** A word with the marks and blanks before it. */
const NEXT_WORD = /^[^\p{L}\p{M}\p{N}_]*[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_'’-]*[\p{L}\p{M}\p{N}_])?/u;
/** What stands behind the last word: marks and blanks. */
const AFTER_WORD = /[^\p{L}\p{M}\p{N}_]*$/u;

/**
 * Where the last `count` words of `text` begin (UTF-16 offset), with the marks and blanks behind them; fewer if there
 * are fewer. `undefined` if there is none at all.
 */
export function wordsBefore(text: string, count: number): number | undefined {
  let start: number | undefined;
  let rest = text;
  for (let found = 0; found < count; found++) {
    const word = WORD.exec(rest.replace(AFTER_WORD, ''));
    if (!word) break;
    start = word.index;
    rest = rest.slice(0, start);
  }
  return start;
}

/** The same with the blanks between the words and what stays: nothing is left hanging at the end of a line. Indentation stays. */
export function wordsAndBlankBefore(text: string, count: number): number | undefined {
  const start = wordsBefore(text, count);
  if (start === undefined) return undefined;
  const before = text.slice(0, start);
  const blanks = /[^\S\n]+$/u.exec(before);
  const isIndentation = blanks?.index === 0 || before[(blanks?.index ?? 0) - 1] === '\n';
  return blanks && !isIndentation ? blanks.index : start;
}

/**
 * Where the first `count` words of `text`, which stands behind `before`, end (UTF-16 offset), with the blanks behind them
 * where another blank or nothing stands before them; fewer if there are fewer. `undefined` if there is none at all.
 */
export function wordsAndBlankAfter(before: string, text: string, count: number): number | undefined {
  let end = 0;
  for (let found = 0; found < count; found++) {
    const word = NEXT_WORD.exec(text.slice(end));
    if (!word) break;
    end += word[0].length;
  }
  if (end === 0) return undefined;
  const isApart = before === '' || /\s$/u.test(before);
  const blanks = /^[^\S\n]+/u.exec(text.slice(end))?.[0].length ?? 0;
  return isApart ? end + blanks : end;
}
