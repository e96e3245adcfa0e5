import * as vscode from 'vscode';
import { CONTEXT_KEYS, type ContextKeyName } from './command-ids';

/** Values of our context keys. */
export type ContextKeys = Readonly<Record<ContextKeyName, boolean>>;

/** Tells VS Code about our context keys, each only when it changes. */
export class ContextKeyWriter {
  private written: Partial<Record<ContextKeyName, boolean>> = {};

  write(keys: ContextKeys): void {
    for (const name of Object.keys(CONTEXT_KEYS) as ContextKeyName[]) {
      if (this.written[name] === keys[name]) continue;
      this.written[name] = keys[name];
      void vscode.commands.executeCommand('setContext', CONTEXT_KEYS[name], keys[name]);
    }
  }
}
