import type { Position, TextContext } from '../../src/core/text/rules/types';

/** One line of a table of cases. */
export interface TextCase {
  readonly line: number;
  readonly context: TextContext;
  readonly heard: string;
  /** Lead, text and trail as one. */
  readonly written: string;
}

/** Reads the cases of a table in `test/fixtures/text`; its README tells the format. */
export function parseTextCases(file: string, table: string): readonly TextCase[] {
  return table
    .split('\n')
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text }) => text.trim() !== '' && !text.startsWith('#'))
    .map(({ text, line }) => {
      const [place = '', heard = '', written = '', before = '', after = ''] = text.split('\t').map(unescaped);
      const [, position, language = 'en', languageId] = /^([a-z-]+)(?::(\w+))?(?:@(\w+))?$/.exec(place) ?? [];
      if (position === undefined) throw new Error(`${file}:${line}: no position`);
      const context: TextContext = {
        before,
        after,
        language,
        position: position as Position,
        languageId: languageId ?? defaultLanguageId(position as Position),
      };
      return { line, context, heard, written };
    });
}

function defaultLanguageId(position: Position): string {
  if (position === 'prose') return 'plaintext';
  if (position === 'markdown') return 'markdown';
  if (position === 'commit-message') return 'scminput';
  return 'typescript';
}

function unescaped(text: string): string {
  return text
    .replaceAll('␣', ' ')
    .replace(/\\([nt\\])/g, (_, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? '\\');
}
