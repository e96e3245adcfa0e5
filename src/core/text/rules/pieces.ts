import type { SymbolId } from '../symbols';
import type { HeardWord } from './heard';

interface Range {
  /** Heard words it stands for, half-open. */
  readonly from: number;
  readonly to: number;
}

/** Words to be written. */
export interface TextPiece extends Range {
  readonly kind: 'text';
  /** Blanks or hyphen heard before it. */
  readonly gap: string;
  readonly lead: string;
  readonly text: string;
  /** Marks the recogniser put after it. */
  readonly trail: string;
  /** Heard as it is: its capital follows from where it stands. Otherwise a rule has decided how it is written. */
  readonly asHeard: boolean;
  /** A name made of several words, or found in the project: "(" belongs to it. */
  readonly name: boolean;
  /** No blank before it. */
  readonly joined: boolean;
}

/** A symbol that was spoken. */
export interface SymbolPiece extends Range {
  readonly kind: 'symbol';
  readonly id: SymbolId;
  /** Marks the recogniser put after its name. */
  readonly trail: string;
  readonly joined: boolean;
}

/** Words that are left out. */
export interface NothingPiece extends Range {
  readonly kind: 'nothing';
  readonly trail: string;
}

/** What a rule made of some heard words: text, a spoken symbol, or nothing (a filler, a repeated word). */
export type Found = TextPiece | SymbolPiece | NothingPiece;

/** A piece with what the scan knows of it. */
export type Piece = Found & {
  /** It may turn out differently when more is heard. */
  readonly open: boolean;
  /** It stands in code, in a terminal or between back ticks. */
  readonly codeLike: boolean;
};

/** One heard word as it is. */
export function heardPiece(word: HeardWord, index: number): TextPiece {
  const { gap, lead, text, trail } = word;
  return {
    kind: 'text',
    from: index,
    to: index + 1,
    gap,
    lead,
    text,
    trail,
    asHeard: true,
    name: false,
    joined: false,
  };
}

/** Text that a rule made of the heard words `from`…`to`; marks around them are kept. */
export function writtenPiece(
  words: readonly (HeardWord | undefined)[],
  from: number,
  text: string,
  name: boolean,
): TextPiece {
  const first = words[0];
  return {
    kind: 'text',
    from,
    to: from + words.length,
    gap: first?.gap ?? '',
    lead: first?.lead ?? '',
    text,
    trail: words.at(-1)?.trail ?? '',
    asHeard: false,
    name,
    joined: false,
  };
}
