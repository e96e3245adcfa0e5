/** Comments and strings of programming languages, by VS Code's language ids. */

/** A way to write strings. */
export interface StringForm {
  readonly open: string;
  readonly close: string;
  /** May go on over line ends. */
  readonly multiline?: boolean;
  /** A backslash takes away the meaning of the next character. */
  readonly escapes?: boolean;
  /** What opens code inside the string; it ends with `}`. */
  readonly interpolation?: string;
  /** Holds one character; what is longer is no string (a lifetime, an apostrophe). */
  readonly char?: boolean;
  /** Documentation if it begins a line. */
  readonly doc?: boolean;
}

/** What can be told from the text of a language. */
export interface Syntax {
  /** Markers of line comments, longest first. */
  readonly line: readonly string[];
  readonly block: readonly (readonly [open: string, close: string])[];
  readonly strings: readonly StringForm[];
  /** `/…/` may be a regular expression. */
  readonly regex?: boolean;
}

const DOUBLE: StringForm = { open: '"', close: '"', escapes: true };
const SINGLE: StringForm = { open: "'", close: "'", escapes: true };
const RAW_SINGLE: StringForm = { open: "'", close: "'" };
const CHAR: StringForm = { open: "'", close: "'", escapes: true, char: true };
const TEMPLATE: StringForm = { open: '`', close: '`', escapes: true, multiline: true, interpolation: '${' };
const BACKTICK_RAW: StringForm = { open: '`', close: '`', multiline: true };
const TRIPLE_DOUBLE: StringForm = { open: '"""', close: '"""', escapes: true, multiline: true, doc: true };
const TRIPLE_SINGLE: StringForm = { open: "'''", close: "'''", escapes: true, multiline: true, doc: true };
const SLASH_STAR = ['/*', '*/'] as const;

const ECMASCRIPT: Syntax = {
  line: ['///', '//'],
  block: [SLASH_STAR],
  strings: [TEMPLATE, DOUBLE, SINGLE],
  regex: true,
};
const C_LIKE: Syntax = { line: ['///', '//!', '//'], block: [SLASH_STAR], strings: [DOUBLE, CHAR] };
const HASH: Syntax = { line: ['#'], block: [], strings: [DOUBLE, SINGLE] };
const SHELL: Syntax = {
  line: ['#'],
  block: [],
  strings: [
    { ...DOUBLE, multiline: true },
    { ...RAW_SINGLE, multiline: true },
  ],
};
const CSS: Syntax = { line: [], block: [SLASH_STAR], strings: [DOUBLE, SINGLE] };
const DASHES: Syntax = { line: ['--'], block: [SLASH_STAR], strings: [RAW_SINGLE, DOUBLE] };
const LISP: Syntax = { line: [';'], block: [], strings: [{ ...DOUBLE, multiline: true }] };
const JSON_LIKE: Syntax = { line: ['//'], block: [SLASH_STAR], strings: [DOUBLE] };

/** For languages that are not in the table: the commonest markers. */
export const COMMON_SYNTAX: Syntax = { line: ['//', '#'], block: [SLASH_STAR], strings: [DOUBLE, CHAR] };

const SYNTAXES: ReadonlyMap<string, Syntax> = new Map<string, Syntax>([
  ...entries('javascript javascriptreact typescript typescriptreact', ECMASCRIPT),
  ...entries('c cpp csharp objective-c objective-cpp cuda-cpp fsharp java groovy scala', C_LIKE),
  ...entries('swift kotlin dart', { ...C_LIKE, strings: [TRIPLE_DOUBLE, DOUBLE, SINGLE] }),
  ['go', { line: ['//'], block: [SLASH_STAR], strings: [DOUBLE, BACKTICK_RAW, CHAR] }],
  [
    'rust',
    {
      line: ['///', '//!', '//'],
      block: [SLASH_STAR],
      strings: [{ open: 'r#"', close: '"#', multiline: true }, { ...DOUBLE, multiline: true }, CHAR],
    },
  ],
  ['zig', { line: ['///', '//'], block: [], strings: [DOUBLE, CHAR] }],
  ['python', { line: ['#'], block: [], strings: [TRIPLE_DOUBLE, TRIPLE_SINGLE, DOUBLE, SINGLE] }],
  ...entries(
    'ruby perl elixir r yaml toml ini properties dockerfile makefile coffeescript julia nim gitignore dockercompose cmake',
    HASH,
  ),
  ...entries('shellscript fish powershell', SHELL),
  ['php', { line: ['//', '#'], block: [SLASH_STAR], strings: [DOUBLE, SINGLE] }],
  ...entries('css', CSS),
  ...entries('scss less sass stylus', { ...CSS, line: ['//'] }),
  ...entries('sql plsql', DASHES),
  [
    'lua',
    {
      line: ['--'],
      block: [['--[[', ']]']],
      strings: [DOUBLE, SINGLE, { open: '[[', close: ']]', multiline: true }],
    },
  ],
  ['haskell', { line: ['--'], block: [['{-', '-}']], strings: [DOUBLE, CHAR] }],
  ...entries('clojure lisp scheme racket elisp', LISP),
  ['vb', { line: ["'"], block: [], strings: [{ open: '"', close: '"' }] }],
  ['bat', { line: ['REM ', 'rem ', '::'], block: [], strings: [{ open: '"', close: '"' }] }],
  ['matlab', { line: ['%'], block: [], strings: [DOUBLE, CHAR] }],
  ...entries('json jsonc json5', JSON_LIKE),
  ...entries('html xml vue svelte handlebars razor astro', {
    line: [],
    block: [['<!--', '-->']],
    strings: [],
  }),
  ...entries('latex tex bibtex', { line: ['%'], block: [], strings: [] }),
  ['git-commit', { line: ['#'], block: [], strings: [] }],
  ['git-rebase', HASH],
]);

/** Languages whose text is prose. */
export const PROSE_LANGUAGES: ReadonlySet<string> = new Set(
  'plaintext log latex tex bibtex restructuredtext asciidoc typst search-result chatinput interactive comment output'.split(
    ' ',
  ),
);
/** Languages in which text between tags is prose. */
export const MARKUP_LANGUAGES: ReadonlySet<string> = new Set(
  'html xml vue svelte handlebars razor astro'.split(' '),
);
/** Inputs for commit messages. */
export const COMMIT_LANGUAGES: ReadonlySet<string> = new Set(['scminput', 'git-commit']);
export const MARKDOWN_LANGUAGES: ReadonlySet<string> = new Set([
  'markdown',
  'mdx',
  'quarto',
  'prompt',
  'instructions',
  'chatagent',
]);

/** Syntax of a language; the commonest markers if it is not in the table. */
export function syntaxOf(languageId: string): Syntax {
  return SYNTAXES.get(languageId) ?? COMMON_SYNTAX;
}

function entries(ids: string, syntax: Syntax): readonly (readonly [string, Syntax])[] {
  return ids.split(' ').map((id) => [id, syntax] as const);
}
