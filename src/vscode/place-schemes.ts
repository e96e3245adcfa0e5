/** URI scheme of terminals and of the clipboard in the history: no document can be opened there again. */
export const LINE_SCHEME = 'tandem-line';

/** Schemes of the documents behind those inputs of VS Code that extensions can edit. */
export const INPUT_SCHEMES = { commit: 'vscode-scm', comment: 'comment' } as const;
