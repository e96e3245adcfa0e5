import { COMMAND_GROUPS, type VoiceCommand } from './registry';

/** One line of the help. */
export interface CommandHelp {
  readonly id: string;
  /** The phrase to say, holes as words: `delete last ‹number› words`. */
  readonly say: string;
  /** Other phrases for the same. */
  readonly also: readonly string[];
  readonly help: string;
}

const HOLES: Readonly<Record<string, string>> = { '{n}': '‹number›', '{formatter}': '‹formatter›' };

/** What can be said in a language, in the order of the registry; commands without a phrase in it are left out. */
export function commandHelp(commands: readonly VoiceCommand[], language: string): readonly CommandHelp[] {
  const code = language.toLowerCase().split('-')[0]!;
  return commands.flatMap(({ id, help, phrases }) => {
    const [say, ...also] = [...(phrases[code] ?? []), ...(phrases['*'] ?? [])].map(shown);
    return say === undefined ? [] : [{ id, say, also, help }];
  });
}

/**
 * The language to list commands in.
 * @param spoken what is set: a code, or `auto`, as long as nobody has spoken
 * @param display language of the editor, e.g. `de` or `zh-cn`
 */
export function listLanguage(spoken: string, display: string): string {
  if (spoken !== 'auto') return spoken;
  return listedGroups(display).length > 0 ? display : 'en';
}

/** All voice commands there are, as the settings have them. */
export interface VoiceVocabulary {
  readonly enabled: boolean;
  /** Language code, e.g. `en`. */
  readonly language: string;
  /** Ids that are switched off. */
  readonly off: ReadonlySet<string>;
  /** The user's own, which come before the built-in ones. */
  readonly own: readonly VoiceCommand[];
}

/** One line of the list of commands, or the title of a group. */
export type ListedCommand =
  | { readonly type: 'group'; readonly title: string }
  | { readonly type: 'command'; readonly help: CommandHelp; readonly isOff: boolean };

/** Everything that can be said, in groups; a group without a phrase in the language is left out. */
export function listedCommands({ own, language, off, enabled }: VoiceVocabulary): readonly ListedCommand[] {
  return listedGroups(language, own).flatMap(({ title, lines }): readonly ListedCommand[] => [
    { type: 'group', title },
    ...lines.map((help) => ({ type: 'command' as const, help, isOff: !enabled || off.has(help.id) })),
  ]);
}

function listedGroups(language: string, own: readonly VoiceCommand[] = []) {
  const groups = [{ title: 'Your own', commands: own }, ...COMMAND_GROUPS];
  return groups
    .map(({ title, commands }) => ({ title, lines: commandHelp(commands, language) }))
    .filter(({ lines }) => lines.length > 0);
}

function shown(phrase: string): string {
  return phrase.replace(/\{\w+\}/gu, (hole) => HOLES[hole] ?? hole);
}
