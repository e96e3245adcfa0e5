import { compileLanguage, type Language } from '../languages/compiled';
import { languageTable } from '../languages';
import { splitHeard, WordView } from './heard';
import type { Piece } from './pieces';
import { renderPieces } from './render';
import { lastLine, scan } from './scan';
import { endsUnspaced, joinHeard } from '../spacing';
import { NOTHING_CARRIED, type Carry, type RuledText, type TextContext, type TextRuleOptions } from './types';

/** Decided words that are carried along, so that what follows is read in their light; no rule looks further back. */
const WORDS_OF_LIGHT = 6;
/** Characters before the anchor that rules look at; sentences and words, not files. */
const LOOK_BACK = 600;

/** Heard text whose words are decided, with what is around it in the utterance. Plain data: writing it again gives the same. */
export interface Stretch {
  /** The last words before it, decided earlier; empty at the start of an utterance. */
  readonly said: string;
  /** What is to be written. */
  readonly heard: string;
  /** Words known to follow: only looked at. */
  readonly following: string;
  /** Nothing but `following` comes in this utterance. */
  readonly final: boolean;
}

/** A piece of an utterance: what of it is decided, and what is carried to the next piece. */
export interface Decided {
  readonly stretch: Stretch;
  /** To be handed in with the utterance's next piece. */
  readonly carry: Carry;
}

/** A piece of an utterance after the rules. */
export interface RuledPiece {
  /** To be inserted at the anchor. */
  readonly ruled: RuledText;
  /** To be handed in with the utterance's next piece. */
  readonly carry: Carry;
}

/**
 * Turns heard text into written text: spoken symbols, formatters, numbers, sentence case, spacing. Pure but for the
 * tables it has prepared; one object serves a whole session. Well under 1 ms an utterance.
 */
export class TextRules {
  private readonly languages = new Map<string, Language>();

  /** A whole utterance: nothing more comes. */
  apply(heard: string, context: TextContext, options: TextRuleOptions): RuledText {
    return this.write({ said: '', heard, following: '', final: true }, context, options);
  }

  /** A draft as preview: all that is not committed of an utterance, as if nothing more came. */
  preview(carry: Carry, draft: string, context: TextContext, options: TextRuleOptions): RuledText {
    const heard = joinHeard(carry.pending, draft);
    return this.write({ said: carry.said, heard, following: '', final: true }, context, options);
  }

  /** {@link decide} and {@link write} in one, for text that goes in at once. */
  applyPiece(
    carry: Carry,
    heard: string,
    final: boolean,
    context: TextContext,
    options: TextRuleOptions,
  ): RuledPiece {
    const { stretch, carry: next } = this.decide(carry, heard, final, context, options);
    return { ruled: this.write(stretch, context, options), carry: next };
  }

  /**
   * The next piece of an utterance that is confirmed in several. What depends on words still to come ("open" before
   * "paren", a formatter's reach) is held back in `carry`, and decided with the next piece or, at the latest, with the
   * `final` one; what was handed out is never changed. `context` is the text around the anchor as it is now, with what
   * earlier pieces inserted. The pieces together read as the utterance would in one.
   */
  decide(
    carry: Carry,
    heard: string,
    final: boolean,
    context: TextContext,
    options: TextRuleOptions,
  ): Decided {
    const text = joinHeard(carry.pending, heard);
    if (final) {
      return { stretch: { said: carry.said, heard: text, following: '', final }, carry: NOTHING_CARRIED };
    }
    if (endsUnspaced(text)) {
      // Without blanks there is no word to wait for: nothing that comes changes what stands there.
      const said = lastWords(joinHeard(carry.said, text));
      return {
        stretch: { said: carry.said, heard: text, following: '', final },
        carry: { said, pending: '' },
      };
    }
    const { view, pieces } = this.read(
      { said: carry.said, heard: text, following: '', final },
      context,
      options,
    );
    const words = pieces[settledPieces(pieces, view) - 1]?.to ?? 0;
    const end = view.words[words - 1]?.end ?? 0;
    const pending = text.slice(end).trimStart();
    const said = lastWords(joinHeard(carry.said, text.slice(0, end)));
    const stretch = { said: carry.said, heard: text.slice(0, end), following: pending, final };
    return { stretch, carry: { said, pending } };
  }

  /** Writes a stretch at the anchor. Asked again, with the text around the anchor changed, it fits it to that. */
  write(stretch: Stretch, context: TextContext, options: TextRuleOptions): RuledText {
    const { language, near, view, pieces } = this.read(stretch, context, options);
    const words = splitHeard(stretch.heard).length;
    const own = pieces.filter((piece) => piece.to <= words);
    // The text around the anchor has changed since it was decided, and with it what belongs together.
    if ((own.at(-1)?.to ?? 0) !== words)
      return this.write({ ...stretch, following: '', final: true }, context, options);
    const input = { context: near, language, options, first: view.first, final: stretch.final };
    return renderPieces(pieces, own.length, input);
  }

  private read(stretch: Stretch, context: TextContext, options: TextRuleOptions) {
    const language = this.language(context.language);
    const near = { ...context, before: context.before.slice(-LOOK_BACK) };
    const said = stretch.said === '' ? lastLine(near.before) : stretch.said;
    const words = splitHeard(joinHeard(stretch.heard, stretch.following));
    const view = new WordView(words, splitHeard(said), stretch.said === '', stretch.final);
    return { language, near, view, pieces: scan(view, language, near, options) };
  }

  private language(code: string): Language {
    const known = this.languages.get(code);
    if (known) return known;
    const compiled = compileLanguage(languageTable(code));
    this.languages.set(code, compiled);
    return compiled;
  }
}

/**
 * How many pieces are decided: up to a word, so that a symbol's blanks are known, and not up to one whose marks depend
 * on what comes.
 */
function settledPieces(pieces: readonly Piece[], view: WordView): number {
  const open = pieces.findIndex((piece) => piece.open);
  for (let count = open === -1 ? pieces.length : open; count > 0; count--) {
    const last = pieces[count - 1]!;
    const next = pieces[count];
    const nextWord = view.words[last.to];
    const compound = nextWord?.gap === '-';
    const marksKnown = last.trail === '' || (next !== undefined && !next.open);
    // Blanks of some symbols follow from two pieces behind them: "at sign example dot com".
    const symbolKnown = pieces[count - 2]?.kind !== 'symbol' || next?.open === false;
    const followed = next?.kind === 'text';
    if (last.kind === 'text' && followed && marksKnown && symbolKnown && !compound) return count;
  }
  return 0;
}

function lastWords(heard: string): string {
  return heard.slice(splitHeard(heard).at(-WORDS_OF_LIGHT)?.start ?? 0);
}
