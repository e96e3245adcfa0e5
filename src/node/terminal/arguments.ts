import { parseArgs } from 'node:util';
import { DictationError, messageOf } from '../../core/errors';
import { STRATEGY_NAMES, type StrategyName } from '../../core/session/strategies/names';
import type { SpokenMode } from '../../core/text/rules/types';

/** What the command line asks for: a dictation, or models. */
export type CommandLine =
  | { readonly kind: 'help' }
  /** Catalogue names; none for the default pair. */
  | {
      readonly kind: 'download';
      readonly models: readonly string[];
      /** Address to download from instead of the catalogue's hosts. */
      readonly mirror: string | undefined;
      readonly verbose: boolean;
    }
  | ({ readonly kind: 'dictate' } & DictateArguments);

/** How to dictate. */
export interface DictateArguments {
  /** WAV file; `undefined` for the microphone. */
  readonly file: string | undefined;
  readonly json: boolean;
  readonly pace: 'realtime' | 'max';
  readonly fast: string | undefined;
  readonly heavy: string | undefined;
  readonly language: string;
  readonly device: string | undefined;
  readonly strategy: StrategyName;
  /** Probability 0…1; 1 for never. */
  readonly skipConfirmAbove: number;
  /** When spoken symbols act; `none` leaves text as it was heard. */
  readonly rules: SpokenMode | 'none';
  /** VS Code's id of the language of what is dictated. */
  readonly languageId: string;
  /** JSON lines carry what was heard, too. */
  readonly heard: boolean;
  readonly stats: boolean;
  readonly verbose: boolean;
}

/** Spoken language unless told otherwise. */
export const DEFAULT_LANGUAGE = 'en';

/** Shown for `--help`, and after a usage error. */
export const USAGE = `Usage: dictate [FILE] [options]

Transcribes a WAV file or the microphone: dim drafts from the fast model, bright text confirmed by the heavy one.

  FILE                    WAV of any rate, width and number of channels
  --mic                   listen to the microphone
  --device NAME           the microphone to listen to, as the recorder program names it
  --json                  one JSON object a line instead of text
  --pace realtime|max     feed FILE as fast as it was spoken (default) or as fast as possible
  --fast NAME|PATH        model that drafts   (default: downloaded, else the embedded one)
  --heavy NAME|PATH       model that confirms (default: downloaded, else the embedded one)
  --language CODE         spoken language, e.g. en, de; auto to detect (default: en)
  --strategy NAME         tandem (default): both models side by side; cascaded: one after the other; single: one model for both
  --skip-confirm-above P  commit drafts whose every word is surer than P (0 to 1) without confirming them (default: 1, never)
  --rules MODE            how spoken symbols ("open paren") act: prose-safe (default: in prose only where no ordinary word
                          can be meant), always, off (other rules stay), or none for text as it was heard
  --language-id ID        what is dictated, as VS Code names it, e.g. typescript, markdown (default: plaintext)
  --heard                 with --json: also what was heard, before the rules
  --stats                 end with latency, stability and cost as JSON on stderr
  --download [NAME ...]   download these models (default: the standard pair) instead of dictating
  --mirror URL            download from this address instead; every file is checked against its known hash
  --verbose               log to stderr
  --help                  this text

Ctrl-C stops listening and confirms what is pending; a second one ends at once.
Exit codes: 0 fine, 2 usage, 3 microphone, 4 model, 5 engine, 130 ended by a second Ctrl-C.
`;

const RULES = ['prose-safe', 'always', 'off', 'none'] as const;

const usageError = (message: string) =>
  new DictationError('usage', 'usage', message, 'Run with --help to see the options.');

/**
 * Reads the command line (without `node` and the script).
 * @throws DictationError area `usage`
 */
export function parseDictateArguments(argv: readonly string[]): CommandLine {
  const { values, positionals } = parse(argv);
  if (values.help) return { kind: 'help' };
  if (values.download)
    return { kind: 'download', models: positionals, mirror: values.mirror, verbose: values.verbose };
  if (values.mirror !== undefined) throw usageError('--mirror needs --download.');
  const [file, ...extra] = positionals;
  if (extra.length > 0) throw usageError(`One file at a time: ${extra.join(', ')} is too many.`);
  if (file === undefined && !values.mic)
    throw usageError('Name a WAV file, or pass --mic to listen to the microphone.');
  if (file !== undefined && values.mic) throw usageError('Either a file or --mic, not both.');
  if (values.device !== undefined && !values.mic) throw usageError('--device needs --mic.');
  const pace = values.pace;
  if (pace !== 'realtime' && pace !== 'max') throw usageError(`--pace is realtime or max, not "${pace}".`);
  const strategy = STRATEGY_NAMES.find((name) => name === values.strategy);
  if (!strategy) throw usageError(`--strategy is ${STRATEGY_NAMES.join(', ')}, not "${values.strategy}".`);
  const skipConfirmAbove = probability('--skip-confirm-above', values['skip-confirm-above']);
  const rules = RULES.find((mode) => mode === values.rules);
  if (rules === undefined) throw usageError(`--rules is ${RULES.join(', ')}, not "${values.rules}".`);
  if (values.heard && !values.json) throw usageError('--heard needs --json.');
  return {
    kind: 'dictate',
    file,
    json: values.json,
    pace,
    fast: values.fast,
    heavy: values.heavy,
    language: values.language,
    device: values.device,
    strategy,
    skipConfirmAbove,
    rules,
    languageId: values['language-id'],
    heard: values.heard,
    stats: values.stats,
    verbose: values.verbose,
  };
}

function probability(option: string, value: string): number {
  const number = value.trim() === '' ? NaN : Number(value);
  if (!(number >= 0 && number <= 1)) throw usageError(`${option} is a number from 0 to 1, not "${value}".`);
  return number;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        mic: { type: 'boolean', default: false },
        device: { type: 'string' },
        rules: { type: 'string', default: 'prose-safe' },
        'language-id': { type: 'string', default: 'plaintext' },
        heard: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        pace: { type: 'string', default: 'realtime' },
        fast: { type: 'string' },
        heavy: { type: 'string' },
        language: { type: 'string', default: DEFAULT_LANGUAGE },
        strategy: { type: 'string', default: STRATEGY_NAMES[0] },
        'skip-confirm-above': { type: 'string', default: '1' },
        download: { type: 'boolean', default: false },
        mirror: { type: 'string' },
        stats: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw usageError(messageOf(error));
  }
}
