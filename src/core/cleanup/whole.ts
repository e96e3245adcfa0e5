import type { TranscriptEvent } from '../model';
import { joinTexts } from '../text/spacing';
import { refusal, type Refusal } from './guards';
import { readAnswer } from './prompt';

/** A confirmed piece of an utterance, or all of it. */
export type Commit = Extract<TranscriptEvent, { type: 'commit' }>;

/** The pieces of an utterance as one, in place of what was shown: their own text. Undefined if there is none. */
export function joined(pieces: readonly Commit[]): Commit | undefined {
  const [first, last] = [pieces.at(0), pieces.at(-1)];
  if (!first || !last) return undefined;
  const text = joinTexts(pieces.map((piece) => piece.text));
  const words = pieces.flatMap((piece) => piece.words ?? []);
  const { words: _words, trusted: _trusted, ...rest } = last;
  return {
    ...rest,
    text,
    range: { start: first.range.start, end: last.range.end },
    correctsWindowIds: [...new Set(pieces.flatMap((piece) => piece.correctsWindowIds))],
    final: true,
    verified: pieces.every(({ verified }) => verified),
    replacedDraft:
      pieces.length === 1 ? last.replacedDraft : joinTexts(pieces.map((piece) => piece.replacedDraft)),
    ...(pieces.every(({ trusted }) => trusted) && { trusted: true }),
    ...(words.length > 0 && { words }),
  };
}

/**
 * A whole utterance with what the language model made of it, or, if that is not to be used, as it was heard.
 * @returns `refusal`: why the answer is not used
 */
export function cleanedUp(
  whole: Commit,
  answer: string,
): { readonly commit: Commit; readonly refusal?: Refusal } {
  const cleaned = readAnswer(answer, whole.text);
  if (cleaned === whole.text.trim()) return { commit: whole };
  const reason = refusal(whole.text, cleaned);
  if (reason) return { commit: whole, refusal: reason };
  const { words: _, ...rest } = whole;
  // What the clean-up changed is what is marked as corrected.
  const commit = {
    ...rest,
    text: cleaned,
    original: whole.text,
    replacedDraft: whole.text,
    drafted: whole.replacedDraft,
  };
  return { commit };
}
