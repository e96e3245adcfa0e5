import os from 'node:os';
import * as vscode from 'vscode';

/**
 * Asks for a file of the computer that this runs on: recordings are played and models are loaded here. In a window with files of
 * another machine VS Code would begin there, and what is chosen there has a path that means nothing here.
 * @returns `undefined` if none was chosen
 */
export async function chooseLocalFile(
  options: Pick<vscode.OpenDialogOptions, 'title' | 'openLabel' | 'filters'>,
): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({ ...options, defaultUri: localFolder() });
  return chosen?.[0];
}

/** Where to look first: a folder of the workspace that lies on this computer, else the user's own. */
export function localFolder(): vscode.Uri {
  const local = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  return local?.uri ?? vscode.Uri.file(os.homedir());
}
