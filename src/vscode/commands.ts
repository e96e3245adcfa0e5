import * as vscode from 'vscode';
import { COMMANDS, type CommandId, type CommandName } from './command-ids';

/** A handler for every command; one that is missing does not compile. */
export type CommandHandlers = { readonly [Name in CommandName]: (...args: unknown[]) => unknown };

/** Registers every command. */
export function registerCommands(handlers: CommandHandlers): vscode.Disposable {
  const names = Object.keys(COMMANDS) as CommandName[];
  return vscode.Disposable.from(
    ...names.map((name) => vscode.commands.registerCommand(COMMANDS[name], handlers[name])),
  );
}

/** Runs one of our commands. */
export function runCommand(id: CommandId, ...args: unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(id, ...args);
}
