import type { VoiceCommand } from './registry';

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

function shown(phrase: string): string {
  return phrase.replace(/\{\w+\}/gu, (hole) => HOLES[hole] ?? hole);
}
