import type { Language } from '../languages/compiled';
import { escapeRule } from './escape-rule';
import type { WordView } from './heard';
import { heardPiece, type Found, type Piece } from './pieces';
import { capitalRule, formatterRule, noSpaceRule, spellingRule, symbolRule, type Rule } from './spoken-rules';
import { fillerRule, nameRule, numberRule, repeatRule, termRule } from './word-rules';
import type { Position, RuleId, TextContext, TextRuleOptions } from './types';

/** Characters of which an odd number before the anchor means that it stands inside a span of code. */
const SPAN_MARK = '`';

/**
 * Reads the words from left to right; at each one the first rule that has something to say decides. A decision that looked
 * past the last word heard is marked as open.
 */
export function scan(
  view: WordView,
  language: Language,
  context: TextContext,
  options: TextRuleOptions,
): readonly Piece[] {
  const rules = activeRules(options, context);
  const line = lastLine(context.before);
  const lineIsBlank = line.trim() === '';
  const spans = hasCodeSpans(context.position);
  let inSpan = spans && line.split(SPAN_MARK).length % 2 === 0;
  const pieces: Piece[] = [];

  for (let index = 0; index < view.length;) {
    const codeLike = inSpan || isCodeLike(context.position);
    const previous = pieces.findLast((piece) => piece.kind !== 'nothing');
    const scanAt = (at: number): Found | undefined => {
      const word = view.at(at);
      if (!word) return undefined;
      const situation = {
        view,
        language,
        mode: options.spoken,
        codeLike,
        position: context.position,
        index: at,
        previous,
        lineIsBlank,
        ...(options.commands && { commands: options.commands }),
        scanAt,
      };
      for (const rule of rules) {
        const found = rule(situation);
        if (found) return found;
      }
      return heardPiece(word, at);
    };
    const { result, open } = view.watch(() => scanAt(index));
    if (!result) break;
    if (result.kind === 'symbol' && result.id === 'backtick') inSpan = spans && !inSpan;
    pieces.push({ ...result, open, codeLike });
    index = result.to;
  }
  return pieces;
}

/** True where every symbol's name is meant and no sentences are written. */
export function isCodeLike(position: Position): boolean {
  return position === 'code' || position === 'terminal';
}

function hasCodeSpans(position: Position): boolean {
  return position !== 'string' && !isCodeLike(position);
}

/** The rules in the order of their claims: what was spelt out beats what was recognised, longer units beat single words. */
function activeRules(options: TextRuleOptions, context: TextContext): readonly Rule[] {
  const all: readonly (readonly [RuleId, Rule])[] = [
    ['escape', escapeRule],
    ['spelling', spellingRule],
    ['formatters', formatterRule],
    ['modifiers', capitalRule],
    ['modifiers', noSpaceRule],
    ['fillers', fillerRule],
    ['terms', termRule],
    ...(options.names ? [['names', nameRule(options.names, context)] as const] : []),
    ['symbols', symbolRule],
    ['numbers', numberRule],
    ['repeats', repeatRule],
  ];
  return all.filter(([id]) => !options.off.has(id)).map(([, rule]) => rule);
}

/** The last line of a text. */
export function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}
