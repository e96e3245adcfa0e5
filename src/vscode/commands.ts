import * as vscode from 'vscode';
import { COMMANDS, type CommandId, type CommandName } from './command-ids';
import { t } from './l10n';
import type { SettingName } from './setting-list';
import type { SECTION } from './settings';

/** A handler for every command; one that is missing does not compile. */
export type CommandHandlers = { readonly [Name in CommandName]: (...args: unknown[]) => unknown };

/** Registers every command. */
export function registerCommands(handlers: CommandHandlers): vscode.Disposable {
  const names = Object.keys(COMMANDS) as CommandName[];
  return vscode.Disposable.from(
    ...names.map((name) => vscode.commands.registerCommand(COMMANDS[name], handlers[name])),
  );
}

/**
 * Handlers that are loaded when the first of them is called; VS Code shows why if that fails. At once, for a command means the
 * place where the caret is when it is given, wherever that is a moment later.
 */
export function lateHandlers(load: () => CommandHandlers): CommandHandlers {
  const loaded = () => {
    try {
      return load();
    } catch (error) {
      const why = t('Dictation could not be loaded: {0}', String(error));
      const advice = t('Reload the window; if that does not help, install the extension again.');
      throw new Error(`${why}. ${advice}`, { cause: error });
    }
  };
  const late =
    (name: CommandName) =>
    (...args: unknown[]) =>
      loaded()[name](...args);
  const names = Object.keys(COMMANDS) as CommandName[];
  return Object.fromEntries(names.map((name) => [name, late(name)])) as CommandHandlers;
}

/** Runs one of our commands. */
export function runCommand(id: CommandId, ...args: unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(id, ...args);
}

/** What the settings page is to search for: a setting, a group of them, or with `@id:` that one and no other. */
export type SettingsQuery = `${'' | '@id:'}${typeof SECTION}.${SettingName | 'cleanup' | 'voiceCommands'}`;

/** Opens the settings page. */
export function openSettings(query: SettingsQuery): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.action.openSettings', query);
}
