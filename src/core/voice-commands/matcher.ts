import { languageTable, type FormatterId, type LanguageTable } from '../text/languages';
import { compileLanguage, type CompiledNumbers } from '../text/languages/compiled';
import { CardinalReader } from '../text/rules/cardinals';
import { splitHeard, WordView } from '../text/rules/heard';
import { Phrases } from '../text/rules/phrases';
import type { CommandSource, WordAt } from '../text/rules/types';
import type { VoiceAction } from './actions';
import type { Spoken, VoiceCommand } from './registry';

/** A phrase in `match`'s form: words and holes. */
type Part = string | '{n}' | '{formatter}';

interface Pattern {
  readonly parts: readonly Part[];
  readonly command: VoiceCommand;
}

/** A command that was recognised. */
export interface CommandMatch {
  readonly id: string;
  readonly action: VoiceAction;
}

/**
 * Recognises commands of one language. A command is the whole utterance and nothing else: case, marks and hyphens aside
 * its words are exactly a phrase's ("please scratch that" is dictated). Phrases of commands that come first win, so the
 * user's own go in front.
 */
export class CommandMatcher implements CommandSource {
  private readonly patterns: readonly Pattern[];
  private readonly formatters: Phrases<FormatterId>;
  private readonly numbers: CompiledNumbers | undefined;

  /** @param off ids of commands that are switched off. */
  constructor(commands: readonly VoiceCommand[], language: string, off: ReadonlySet<string> = new Set()) {
    const table = languageTable(language);
    this.numbers = compileLanguage(table).numbers;
    this.formatters = new Phrases(formatterNames(table));
    this.patterns = commands
      .filter(({ id }) => !off.has(id))
      .flatMap((command) =>
        phrasesOf(command, table.code).map((phrase) => ({ parts: phraseParts(phrase), command })),
      );
  }

  /** The command an utterance is, if it is one. */
  match(utterance: string): CommandMatch | undefined {
    const view = new WordView(spokenWords(utterance), [], true, true);
    if (view.length === 0) return undefined;
    for (const { parts, command } of this.patterns) {
      const result = this.fit(parts, view);
      const action = result.kind === 'whole' ? command.action(result.spoken) : undefined;
      if (action) return { id: command.id, action };
    }
    return undefined;
  }

  /**
   * True if an utterance that begins like this may still turn out to be a command: its confirmed beginning must not be
   * written yet. True for the empty text.
   */
  mayBecome(beginning: string): boolean {
    const view = new WordView(spokenWords(beginning), [], true, true);
    return this.patterns.some(({ parts }) => this.fit(parts, view).kind !== 'no');
  }

  commandAt(wordAt: WordAt, at: number): number | undefined {
    let said = '';
    for (let words = 0; ; words++) {
      const word = wordAt(at + words);
      if (word === undefined) return words > 0 && this.match(said) ? words : undefined;
      said = `${said} ${word}`;
      if (!this.mayBecome(said)) return undefined;
    }
  }

  /** How far a phrase and the words agree: to the end of both, to the end of the words, or not. */
  private fit(
    parts: readonly Part[],
    view: WordView,
  ): { kind: 'whole'; spoken: Spoken } | { kind: 'begun' } | { kind: 'no' } {
    let spoken: Spoken = {};
    let at = 0;
    for (const part of parts) {
      if (at >= view.length) return { kind: 'begun' };
      if (part === '{n}') {
        const number = this.numbers && new CardinalReader(view, this.numbers).integer(at);
        if (!number) return { kind: 'no' };
        spoken = { ...spoken, n: number.value };
        at += number.words;
      } else if (part === '{formatter}') {
        const found = this.formatters.match(view, at);
        if (!found) return { kind: 'no' };
        spoken = { ...spoken, formatter: found.value };
        at += found.words;
      } else {
        if (view.key(at) !== part) return { kind: 'no' };
        at++;
      }
    }
    return at === view.length ? { kind: 'whole', spoken } : { kind: 'no' };
  }
}

/** A phrase's words as they are compared. Holes stay. */
export function phraseParts(phrase: string): readonly Part[] {
  return phrase
    .split(/\s+/u)
    .flatMap((word) => (word.startsWith('{') ? [word] : spokenWords(word).map(({ key }) => key)))
    .filter((word) => word !== '');
}

function spokenWords(text: string): ReturnType<typeof splitHeard> {
  return splitHeard(text).filter(({ key }) => key !== '');
}

/** Phrases of the language, and those without one (the user's own: `*`). */
function phrasesOf(command: VoiceCommand, language: string): readonly string[] {
  return [...(command.phrases[language] ?? []), ...(command.phrases['*'] ?? [])];
}

function formatterNames(table: LanguageTable): readonly (readonly [string, FormatterId])[] {
  return Object.entries(table.formatters).flatMap(([id, { sure, short = [], named = [] }]) =>
    [...sure, ...short, ...named].map((say) => [say, id as FormatterId] as const),
  );
}
