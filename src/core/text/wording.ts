import { detectPosition } from './position/detect';
import { trailBehind } from './rules/render';
import { TextRules, type Decided, type Stretch } from './rules/text-rules';
import {
  DEFAULT_TEXT_RULES,
  NOTHING_CARRIED,
  type Carry,
  type CommandSource,
  type Position,
  type TextContext,
  type TextRuleOptions,
} from './rules/types';
import { fitText, joinTexts, type FittedText } from './spacing';

/** Where text lands. Line ends are `\n`. */
export interface TextPlace {
  /** Text before the place: its own line, and some lines above it. */
  readonly before: string;
  /** Text behind the place: the rest of its line, and some lines below. */
  readonly after: string;
  /** VS Code's language id, e.g. `markdown`. */
  readonly languageId: string;
  /** Spoken language, where it was detected; absent: the one that is set. */
  readonly language?: string;
  /** Column (characters) at which comments are wrapped there, if they are; absent: nowhere. */
  readonly ruler?: number;
  /** Columns of a tab stop. */
  readonly tabSize?: number;
  /** What the place is, where that is known for sure; absent: it is read from the text around it. */
  readonly position?: Position;
  /** Present while an utterance is partly written: all of it is read as standing where it began. */
  readonly utterance?: PlacedUtterance;
}

/** The position in which an utterance began. */
export interface PlacedUtterance {
  readonly id: number;
  readonly position: Position;
}

/** Confirmed text of one utterance. */
export interface HeardPiece {
  readonly utteranceId: number;
  readonly text: string;
  /** The utterance ends with it. */
  readonly final: boolean;
  /** What was shown for this stretch before, as it was heard. */
  readonly replacedDraft: string;
  /** See the event `commit`. */
  readonly original?: string;
  readonly drafted?: string;
  /** The user's own text, to be written as it is. */
  readonly verbatim?: boolean;
}

/** Words of one utterance to be written. */
export interface Part {
  readonly utteranceId: number;
  readonly stretch: Stretch;
  /** To be written as it is. */
  readonly verbatim?: boolean;
}

/**
 * Turns heard text into written text: the one place where rules act. Confirmed text is decided once, piece by piece, and
 * written at every attempt to insert it and at every cursor; drafts are only written. All of it is free of effects.
 */
export interface Wording {
  /** Decides the next piece of an utterance; what it holds back comes first in the next one, at the latest in the final one. */
  decide(carry: Carry, piece: HeardPiece, place: TextPlace): Decided;
  /** Parts one after the other, as they stand at a place. */
  write(parts: readonly Part[], place: TextPlace): FittedText;
  /** In what an utterance stands that begins at a place. */
  positionOf(utteranceId: number, place: TextPlace): Position;
  /** The blank (or nothing) wanted between what was written and the text behind it. */
  trailBehind(written: string, place: TextPlace): string;
}

/** Text as it was heard, with the blanks that its neighbours call for. */
export const PLAIN_WORDING: Wording = {
  decide: (carry, { text, final }) => ({
    stretch: { said: '', heard: joinTexts([carry.pending, text]), following: '', final },
    carry: NOTHING_CARRIED,
  }),
  write: (parts, { before, after }) =>
    fitText(joinTexts(parts.map(({ stretch }) => stretch.heard)), before, after),
  positionOf: () => 'prose',
  trailBehind: (written, { after }) => fitText(written, '', after).trail,
};

/** How a {@link createWording} acts; may change at any time. */
export interface WordingOptions extends Pick<TextRuleOptions, 'off' | 'spoken' | 'names'> {
  /** Spoken language as Whisper codes it; an unknown one, such as `auto`, gets spacing only. */
  readonly language: string;
  /** Voice commands of a spoken language, which "literal" turns into text; `undefined`: there are none. */
  readonly commandsIn?: (language: string) => CommandSource | undefined;
  /** Wrap comments and commit messages at the ruler of their place. */
  readonly wrap: boolean;
  /** True for ordinary English words (lower case); asked for English only: "Rest" is a noun elsewhere. */
  readonly isOrdinaryEnglish?: (word: string) => boolean;
}

/** Prose-safe symbols, every rule on, no wrapping. */
export const DEFAULT_WORDING: WordingOptions = {
  off: DEFAULT_TEXT_RULES.off,
  spoken: DEFAULT_TEXT_RULES.spoken,
  language: 'en',
  wrap: false,
};

/**
 * A wording made of the text rules.
 * @param options asked every time, so that a changed setting counts at once
 */
export function createWording(options: () => WordingOptions): Wording {
  return new RuledWording(options);
}

class RuledWording implements Wording {
  private readonly rules = new TextRules();
  /** The last position that was asked for: drafts ask again and again while the text around the place stays as it is. */
  private last: { readonly place: TextPlace; readonly position: Position } | undefined;

  constructor(private readonly options: () => WordingOptions) {}

  decide(carry: Carry, { utteranceId, text, final }: HeardPiece, place: TextPlace): Decided {
    const options = this.options();
    const context = this.context(utteranceId, place, options);
    return this.rules.decide(carry, text, final, context, rulesAt(place, context.language, options));
  }

  write(parts: readonly Part[], place: TextPlace): FittedText {
    const options = this.options();
    let all: FittedText = { lead: '', text: '', trail: '' };
    for (const { utteranceId, stretch } of parts) {
      const before = place.before + all.lead + all.text;
      const context = this.context(utteranceId, { ...place, before }, options);
      const rules = rulesAt(place, context.language, options);
      const { lead, text, trail } = this.rules.write(stretch, context, rules);
      if (text === '') continue;
      all = all.text === '' ? { lead, text, trail } : { ...all, text: all.text + lead + text, trail };
    }
    return all;
  }

  positionOf(utteranceId: number, place: TextPlace): Position {
    if (place.position !== undefined) return place.position;
    if (place.utterance?.id === utteranceId) return place.utterance.position;
    const { last } = this;
    const { before, after, languageId } = place;
    const same =
      last?.place.before === before && last.place.after === after && last.place.languageId === languageId;
    if (same) return last.position;
    const position = detectPosition(languageId, before, after);
    this.last = { place, position };
    return position;
  }

  trailBehind(written: string, place: TextPlace): string {
    return trailBehind(written, this.context(place.utterance?.id, place, this.options()));
  }

  private context(utteranceId: number | undefined, place: TextPlace, options: WordingOptions): TextContext {
    const { before, after, languageId, language = options.language } = place;
    // Utterances count from 1.
    const position = this.positionOf(utteranceId ?? 0, place);
    return { before, after, languageId, position, language };
  }
}

function rulesAt(place: TextPlace, language: string, options: WordingOptions): TextRuleOptions {
  const { off, spoken, names, wrap, isOrdinaryEnglish } = options;
  const { ruler, tabSize = DEFAULT_TEXT_RULES.tabSize } = place;
  const commands = options.commandsIn?.(language);
  return {
    off,
    spoken,
    tabSize,
    ...(names && { names }),
    ...(commands && { commands }),
    ...(language === 'en' && isOrdinaryEnglish && { isOrdinaryWord: isOrdinaryEnglish }),
    ...(wrap && ruler !== undefined && { ruler }),
  };
}
