import type { Language } from '../languages/compiled';
import { continuedPrefix } from '../position/comment-prefix';
import { fitText } from '../spacing';
import { SYMBOLS, type SymbolId } from '../symbols';
import { dropsFinalStop, lostSentenceEnd, marksAfterSymbol, marksAfterText } from './marks';
import type { Piece, SymbolPiece, TextPiece } from './pieces';
import { isCodeLike, lastLine } from './scan';
import { capitalised, sentenceStarts, uncapitalised } from './sentence-case';
import { placeSymbol } from './symbol-spacing';
import type { RuledText, TextContext, TextRuleOptions } from './types';
import { wrapInserted } from './wrap';

/** What rendering needs besides the pieces. */
export interface RenderInput {
  readonly context: TextContext;
  readonly language: Language;
  readonly options: TextRuleOptions;
  /** These pieces begin their utterance. */
  readonly first: boolean;
  /** These pieces end their utterance. */
  readonly final: boolean;
}

/** In code, nothing comes between these and a name that is dictated next. */
const CODE_OPENING = /[([{.!~@#$_\\]$|::$|\?\.$/u;
/** In a terminal a path, an option or an assignment goes on. */
const TERMINAL_OPENING = /[./~@$=:({[]$|(?:^|\s)-{1,2}$/u;
const ENDS_SENTENCE: ReadonlySet<SymbolId> = new Set(['period', 'question', 'exclamation']);
const STARTS_WITH_WORD = /^[\p{L}\p{N}_]/u;

/**
 * Writes the first `count` pieces as text that fits between what stands before and after the anchor; those behind them are
 * only looked at.
 */
export function renderPieces(pieces: readonly Piece[], count: number, input: RenderInput): RuledText {
  const writer = new Writer(input);
  pieces.slice(0, count).forEach((piece, index) => writer.add(piece, pieces.slice(index + 1)));
  return writer.finish();
}

/** The blank (or nothing) that is wanted between what was written at the anchor and the text behind it. */
export function trailBehind(
  text: string,
  context: Pick<TextContext, 'before' | 'after' | 'position'>,
): string {
  if (text === '' || /\s$/u.test(text)) return '';
  const rest = context.after.split('\n', 1)[0]!;
  if (isCodeLike(context.position)) {
    return STARTS_WITH_WORD.test(rest) && /[\p{L}\p{N}_,]$/u.test(text) ? ' ' : '';
  }
  return fitText(text, lastLine(context.before), rest).trail;
}

class Writer {
  private lead = '';
  private text = '';
  private joinsNext = false;
  private started = false;
  /** The next word's capital is in doubt: it begins the utterance, or the sentence before it did not end after all. */
  private doubtCapital: boolean;
  private afterNothing = false;
  private afterSpokenEnd = false;
  /** The last thing written was a mark the recogniser put there by itself. */
  private endsInHeardStop = false;

  constructor(private readonly input: RenderInput) {
    this.doubtCapital = input.first;
  }

  add(piece: Piece, rest: readonly Piece[]): void {
    switch (piece.kind) {
      case 'nothing':
        return this.addNothing(piece.trail);
      case 'symbol':
        return this.addSymbol(piece, rest);
      case 'text':
        return this.addText(piece, rest[0]);
    }
  }

  finish(): RuledText {
    const { context, options } = this.input;
    let { text } = this;
    if (text === '' && this.lead === '') return { lead: '', text: '', trail: '' };
    const before = context.before + this.lead;
    if (this.input.final && this.endsInHeardStop && this.on('marks') && this.dropsStop(before, text))
      text = text.slice(0, -1);
    const wrapped = wrapInserted(this.lead + text, context, options);
    const lead = wrapped.startsWith(' ') && this.lead === ' ' ? ' ' : '';
    const whole = wrapped.slice(lead.length);
    return { lead, text: whole, trail: this.trailOf(whole) };
  }

  private addNothing(trail: string): void {
    // "I think so, um." ends the sentence all the same.
    if (/[.?!…]/u.test(trail) && /[\p{L}\p{N}]$/u.test(this.text)) this.append(trail);
    this.afterNothing = true;
  }

  private addSymbol(piece: Piece & SymbolPiece, rest: readonly Piece[]): void {
    const { context } = this.input;
    const form = SYMBOLS[piece.id];
    const marks = this.on('marks') ? marksAfterSymbol(piece.trail, piece, rest[0]) : piece.trail;
    if (form.prose === 'break') {
      this.addBreak(form.write);
    } else {
      const place = placeSymbol(piece, this.line(), rest, context.position);
      const lineIsBlank = this.line().trim() === '';
      if (place.blankBefore && !this.joinsNext && !piece.joined && !lineIsBlank) this.appendBlank();
      this.append(place.write + marks);
      this.joinsNext = place.joinsNext;
    }
    this.started = true;
    this.afterNothing = false;
    this.afterSpokenEnd = !piece.codeLike && (form.prose === 'break' || ENDS_SENTENCE.has(piece.id));
    this.doubtCapital = lostSentenceEnd(piece.trail, marks) && !this.afterSpokenEnd;
    this.endsInHeardStop = marks.endsWith('.');
  }

  private addBreak(write: string): void {
    const { context } = this.input;
    if (context.position === 'string') {
      // A line break inside quotes is written as its escape.
      this.append(write.replaceAll('\n', '\\n'));
      this.joinsNext = true;
      return;
    }
    const prefix = this.on('commentPrefix') ? continuedPrefix(this.line(), context) : '';
    this.text = this.text.trimEnd();
    this.append(
      write.replaceAll('\n', (_, at: number) => `\n${at < write.length - 1 ? prefix.trimEnd() : prefix}`),
    );
    this.joinsNext = true;
  }

  private addText(piece: Piece & TextPiece, next: Piece | undefined): void {
    const marks = this.on('marks') ? marksAfterText(piece.trail, piece.codeLike, next) : piece.trail;
    const word = this.on('case') ? this.cased(piece) : piece.text;
    const written = piece.lead + word + marks;
    if (!this.joinsNext && !piece.joined) this.separate(piece, written);
    this.append(written);
    this.started = true;
    this.joinsNext = false;
    this.afterNothing = false;
    this.afterSpokenEnd = false;
    this.doubtCapital = lostSentenceEnd(piece.trail, marks);
    this.endsInHeardStop = marks.endsWith('.') && !marks.endsWith('..');
  }

  private cased(piece: Piece & TextPiece): string {
    const { context, language, options } = this.input;
    if (!piece.asHeard) return piece.text;
    if (piece.codeLike) {
      return this.doubtCapital ? uncapitalised(piece.text, language, options, true) : piece.text;
    }
    const doubt = this.doubtCapital || this.afterNothing || this.afterSpokenEnd;
    if (!doubt) return piece.text;
    const starts = sentenceStarts(context.before + this.lead + this.text, context);
    if (!starts) return this.doubtCapital ? uncapitalised(piece.text, language, options, false) : piece.text;
    // "(optional) …" may stay small, and what a string begins with is not ours to say.
    const own = piece.lead !== '' || (context.position === 'string' && !this.started);
    return own ? piece.text : capitalised(piece.text);
  }

  /** The blank, hyphen or nothing between what is written and a word. */
  private separate(piece: TextPiece, written: string): void {
    const { context } = this.input;
    const line = this.line();
    if (this.started) {
      this.append(
        piece.gap === '' ? ' ' : piece.gap.replace(/^[^\S\n\t]+$/u, (gap) => (this.touched ? ' ' : gap)),
      );
      return;
    }
    const opening = context.position === 'terminal' ? TERMINAL_OPENING : CODE_OPENING;
    if (isCodeLike(context.position) && opening.test(line)) return;
    if (fitText(written, line, '').lead === ' ') this.appendBlank();
  }

  /** True unless all rules are off: then blanks stay as they were heard. */
  private get touched(): boolean {
    return this.on('case') || this.on('marks');
  }

  private dropsStop(before: string, text: string): boolean {
    const { context } = this.input;
    return dropsFinalStop(context.position, before, text, context.after);
  }

  private trailOf(text: string): string {
    return this.joinsNext ? '' : trailBehind(text, this.input.context);
  }

  private line(): string {
    return lastLine(this.input.context.before + this.lead + this.text);
  }

  private append(text: string): void {
    this.text += text;
  }

  private appendBlank(): void {
    if (/\s$/u.test(this.line())) return;
    if (this.text === '') this.lead = ' ';
    else this.text += ' ';
  }

  private on(rule: 'case' | 'marks' | 'commentPrefix'): boolean {
    return !this.input.options.off.has(rule);
  }
}
