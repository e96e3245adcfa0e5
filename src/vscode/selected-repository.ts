import * as vscode from 'vscode';

/** As much as is needed of what VS Code's Git extension offers to others (its `git.d.ts`, version 1). */
interface GitExtension {
  /** Throws while Git is switched off. */
  getAPI(version: 1): {
    readonly repositories: readonly {
      readonly rootUri: vscode.Uri;
      readonly ui: { readonly selected: boolean };
    }[];
  };
}

/**
 * Root of the repository that has, or had last, the keyboard in the source control view; its commit message counts. `undefined` if
 * Git does not tell.
 */
export function selectedRepository(): vscode.Uri | undefined {
  const git = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (!git?.isActive) return undefined;
  try {
    return git.exports.getAPI(1).repositories.find(({ ui }) => ui.selected)?.rootUri;
  } catch {
    return undefined;
  }
}
