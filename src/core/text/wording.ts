import { fitText, type FittedText } from './spacing';

/** Where text lands. */
export interface TextPlace {
  /** The line before the place, and what follows it on its line. */
  readonly before: string;
  readonly after: string;
  /** VS Code's language id, e.g. `markdown`. */
  readonly languageId: string;
}

/** Confirmed text of one utterance. */
export interface HeardPiece {
  readonly utteranceId: number;
  readonly text: string;
  /** The utterance ends with it. */
  readonly final: boolean;
  /** What was shown for this stretch before. */
  readonly replacedDraft: string;
}

/**
 * Turns heard text into written text. The one place where rules act: on every draft that is shown, and on every piece of
 * confirmed text right before it is inserted. Both are free of effects: an edit that is refused asks again.
 */
export interface Wording {
  draft(text: string, place: TextPlace): FittedText;
  confirmed(piece: HeardPiece, place: TextPlace): FittedText;
}

/** Text as it was heard, with the blanks that its neighbours call for. */
export const PLAIN_WORDING: Wording = {
  draft: (text, { before, after }) => fitText(text, before, after),
  confirmed: ({ text }, { before, after }) => fitText(text, before, after),
};
