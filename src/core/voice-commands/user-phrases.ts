import { VOICE_COMMANDS, type VoiceCommand } from './registry';
import { phraseParts } from './matcher';
import type { UserAction } from './actions';

/** What was made of a setting with the user's own phrases. */
export interface UserPhrases {
  readonly commands: readonly VoiceCommand[];
  /** What is wrong with the rest, one sentence each, for the user. */
  readonly problems: readonly string[];
}

/** A phrase longer than this is a sentence that somebody dictates. */
const MOST_WORDS = 8;
/** Longer text belongs into a snippet file. */
const LONGEST_TEXT = 10_000;
const MOST_PHRASES = 500;
/** VS Code's command ids: `editor.action.formatDocument`. */
const COMMAND_ID = /^[\w-]+(?:[.:/][\w-]+)*$/u;
const KINDS = ['text', 'snippet', 'command'] as const;

/**
 * Reads the setting that maps phrases to what they do, e.g.
 * `{ "sign off": { "text": "Kind regards" }, "format document": { "command": "editor.action.formatDocument" } }`;
 * a plain string is a text. Must come from the user's settings, never from a workspace: a phrase may run any command.
 * Entries that are wrong are left out and reported.
 */
export function readUserPhrases(setting: unknown): UserPhrases {
  if (setting === undefined || setting === null) return { commands: [], problems: [] };
  if (!isRecord(setting))
    return { commands: [], problems: ['The voice phrases must be an object of phrases.'] };
  const commands: VoiceCommand[] = [];
  const problems: string[] = [];
  const builtIn = new Set(
    VOICE_COMMANDS.flatMap(({ phrases }) => Object.values(phrases).flat().map(normalised)),
  );
  const entries = Object.entries(setting);
  if (entries.length > MOST_PHRASES) problems.push(`Only the first ${MOST_PHRASES} voice phrases are used.`);
  for (const [phrase, value] of entries.slice(0, MOST_PHRASES)) {
    const words = phraseParts(phrase.replace(/[{}]/gu, ' '));
    const action = readAction(value);
    if (words.length === 0) problems.push(`The voice phrase "${phrase}" has no words.`);
    else if (words.length > MOST_WORDS)
      problems.push(`The voice phrase "${phrase}" has more than ${MOST_WORDS} words.`);
    else if (typeof action === 'string') problems.push(`The voice phrase "${phrase}" ${action}`);
    else {
      if (builtIn.has(words.join(' ')))
        problems.push(`The voice phrase "${phrase}" takes the place of a built-in command.`);
      commands.push({
        id: `user:${words.join(' ')}`,
        help: helpOf(action),
        phrases: { '*': [words.join(' ')] },
        action: () => action,
      });
    }
  }
  return { commands, problems };
}

/** The action, or what is wrong with it. */
function readAction(value: unknown): UserAction | string {
  if (typeof value === 'string') return readAction({ text: value });
  if (!isRecord(value)) return 'must be a text, or an object with "text", "snippet" or "command".';
  const kinds = KINDS.filter((kind) => value[kind] !== undefined);
  if (kinds.length !== 1) return 'needs exactly one of "text", "snippet" and "command".';
  const kind = kinds[0]!;
  const content = value[kind];
  if (typeof content !== 'string' || content === '') return `needs a "${kind}" that is not empty.`;
  if (content.length > LONGEST_TEXT) return `has a "${kind}" of more than ${LONGEST_TEXT} characters.`;
  switch (kind) {
    case 'text':
      return { type: 'insert-text', text: content };
    case 'snippet':
      return { type: 'insert-snippet', snippet: content };
    case 'command': {
      if (!COMMAND_ID.test(content)) return `names "${content}", which is no command id.`;
      const args = value.args ?? [];
      return Array.isArray(args)
        ? { type: 'run-command', command: content, args }
        : 'needs "args" to be a list.';
    }
  }
}

function helpOf(action: UserAction): string {
  switch (action.type) {
    case 'insert-text':
      return 'Writes your text';
    case 'insert-snippet':
      return 'Inserts your snippet';
    case 'run-command':
      return `Runs ${action.command}`;
  }
}

function normalised(phrase: string): string {
  return phraseParts(phrase).join(' ');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
