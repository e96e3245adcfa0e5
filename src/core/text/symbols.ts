/** The symbols that can be spoken and how they stand between words. What they are called is in `languages/`. */

/**
 * How a symbol stands: `after` joins the word before it, `before` the word that follows, `joined` both, `apart` neither.
 * `call` joins a name before it but not a keyword or an operator; `sign` is `before` where an operand is missing and
 * `apart` between two; `member` joins names and files but begins a path; `option`, `path` and `at` are a shell's dash,
 * slash and at sign; `genitive` joins an ending such as s; `toggle` opens and closes; `block` is a brace of code; `break` ends a line.
 */
export type Spacing =
  | 'after'
  | 'before'
  | 'joined'
  | 'apart'
  | 'call'
  | 'sign'
  | 'member'
  | 'option'
  | 'path'
  | 'at'
  | 'genitive'
  | 'toggle'
  | 'block'
  | 'break';

/** A symbol; `code` and `terminal` default to `prose`. */
export interface SymbolForm {
  readonly write: string;
  readonly prose: Spacing;
  readonly code?: Spacing;
  readonly terminal?: Spacing;
}

/** Every symbol by id. Spacing follows common style guides: operators apart, calls and members joined. */
export const SYMBOLS = {
  comma: { write: ',', prose: 'after' },
  period: { write: '.', prose: 'after', terminal: 'member' },
  dot: { write: '.', prose: 'member' },
  colon: { write: ':', prose: 'after', terminal: 'joined' },
  semicolon: { write: ';', prose: 'after' },
  question: { write: '?', prose: 'after' },
  exclamation: { write: '!', prose: 'after', code: 'before', terminal: 'before' },
  openParen: { write: '(', prose: 'before', code: 'call' },
  closeParen: { write: ')', prose: 'after' },
  openBracket: { write: '[', prose: 'before', code: 'call' },
  closeBracket: { write: ']', prose: 'after' },
  openBrace: { write: '{', prose: 'before', code: 'block', terminal: 'joined' },
  closeBrace: { write: '}', prose: 'after', code: 'block' },
  openAngle: { write: '<', prose: 'before', code: 'call' },
  closeAngle: { write: '>', prose: 'after' },
  quote: { write: '"', prose: 'toggle' },
  openQuote: { write: '"', prose: 'before' },
  closeQuote: { write: '"', prose: 'after' },
  singleQuote: { write: "'", prose: 'toggle' },
  apostrophe: { write: "'", prose: 'genitive' },
  backtick: { write: '`', prose: 'toggle' },
  codeFence: { write: '```', prose: 'apart' },
  underscore: { write: '_', prose: 'joined' },
  hyphen: { write: '-', prose: 'joined' },
  dash: { write: '-', prose: 'apart', code: 'sign', terminal: 'option' },
  doubleDash: { write: '--', prose: 'apart', code: 'option', terminal: 'option' },
  minusMinus: { write: '--', prose: 'after', terminal: 'option' },
  emDash: { write: '—', prose: 'joined' },
  enDash: { write: '–', prose: 'apart' },
  minus: { write: '-', prose: 'sign', terminal: 'option' },
  slash: { write: '/', prose: 'joined', code: 'apart', terminal: 'path' },
  lineComment: { write: '//', prose: 'apart' },
  backslash: { write: '\\', prose: 'joined' },
  pipe: { write: '|', prose: 'apart' },
  doublePipe: { write: '||', prose: 'apart' },
  ampersand: { write: '&', prose: 'apart', code: 'sign' },
  doubleAmpersand: { write: '&&', prose: 'apart' },
  at: { write: '@', prose: 'at', code: 'before' },
  hash: { write: '#', prose: 'before' },
  dollar: { write: '$', prose: 'before' },
  percent: { write: '%', prose: 'after', code: 'apart' },
  caret: { write: '^', prose: 'joined', code: 'apart' },
  tilde: { write: '~', prose: 'before' },
  star: { write: '*', prose: 'apart', code: 'sign' },
  doubleStar: { write: '**', prose: 'apart', code: 'apart' },
  plus: { write: '+', prose: 'apart', terminal: 'before' },
  plusPlus: { write: '++', prose: 'after' },
  equals: { write: '=', prose: 'apart', terminal: 'joined' },
  doubleEquals: { write: '==', prose: 'apart' },
  tripleEquals: { write: '===', prose: 'apart' },
  notEquals: { write: '!=', prose: 'apart' },
  strictNotEquals: { write: '!==', prose: 'apart' },
  plusEquals: { write: '+=', prose: 'apart' },
  minusEquals: { write: '-=', prose: 'apart' },
  colonEquals: { write: ':=', prose: 'apart' },
  less: { write: '<', prose: 'apart' },
  greater: { write: '>', prose: 'apart' },
  lessOrEqual: { write: '<=', prose: 'apart' },
  greaterOrEqual: { write: '>=', prose: 'apart' },
  doubleGreater: { write: '>>', prose: 'apart' },
  arrow: { write: '->', prose: 'apart' },
  fatArrow: { write: '=>', prose: 'apart' },
  doubleColon: { write: '::', prose: 'joined' },
  optionalDot: { write: '?.', prose: 'joined' },
  nullish: { write: '??', prose: 'apart' },
  ellipsis: { write: '...', prose: 'after', code: 'before' },
  newLine: { write: '\n', prose: 'break' },
  newParagraph: { write: '\n\n', prose: 'break' },
  tab: { write: '\t', prose: 'joined' },
  space: { write: ' ', prose: 'joined' },
} as const satisfies Record<string, SymbolForm>;

/** Id of a symbol that can be spoken. */
export type SymbolId = keyof typeof SYMBOLS;

/** Ends of file names and hosts after which "dot" is certain even in prose: "index dot ts". */
export const NAME_ENDINGS: ReadonlySet<string> = new Set(
  (
    'ts tsx js jsx mjs cjs json jsonc py pyi rb go rs c h cc cpp hpp cs java kt swift php sh bash zsh ps1 bat cmd ' +
    'md mdx txt csv tsv yml yaml toml ini cfg conf log xml html htm css scss sass less svg png jpg jpeg gif ' +
    'ico pdf wav mp3 mp4 zip tar gz tgz vsix wasm sql db sqlite proto lua vue svelte ipynb exe dll so ' +
    'com org net io dev ai app edu gov'
  ).split(' '),
);
