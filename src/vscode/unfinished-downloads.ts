import type * as vscode from 'vscode';

const KEY = 'tandem.unfinishedDownloads';

/** Names of the models whose download was begun and neither finished nor cancelled, in whichever window; `undefined` for none. */
export function unfinishedDownloads(memory: vscode.Memento): readonly string[] | undefined {
  const names = memory.get<unknown>(KEY);
  return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : undefined;
}

/** Remembers what is being downloaded beyond the window; `undefined` once nothing is. */
export async function rememberDownloads(
  memory: vscode.Memento,
  names: readonly string[] | undefined,
): Promise<void> {
  await memory.update(KEY, names);
}
