import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './editor';

const PATIENCE_MS = 5_000;

/** What the file holds. */
export async function onDisk(uri: vscode.Uri): Promise<string> {
  return String(await vscode.workspace.fs.readFile(uri));
}

/** Resolves once the document has this text; fails with the text that it has instead. */
export function shows(document: vscode.TextDocument, expected: string): Promise<void> {
  return until(
    `the document is ${JSON.stringify(expected)}`,
    () => document.getText() === expected,
    PATIENCE_MS,
  ).catch(() => assert.equal(document.getText(), expected));
}

/** Resolves once the file holds this text; fails with the text that it holds instead. */
export async function diskBecomes(uri: vscode.Uri, expected: string): Promise<void> {
  let content = '';
  const look = async () => (content = await onDisk(uri));
  await until(
    `the file is ${JSON.stringify(expected)}`,
    () => {
      void look();
      return content === expected;
    },
    PATIENCE_MS,
  ).catch(() => assert.equal(content, expected));
}

/** A formatter of plain text that runs at every save and adds {@link FORMATTED} to the end. */
export class SavingFormatter {
  /** How often it was asked. */
  runs = 0;
  private readonly registration = vscode.languages.registerDocumentFormattingEditProvider('plaintext', {
    provideDocumentFormattingEdits: (document) => {
      this.runs++;
      return [vscode.TextEdit.insert(document.positionAt(document.getText().length), FORMATTED)];
    },
  });

  /** Begins to format. */
  static async start(): Promise<SavingFormatter> {
    const formatter = new SavingFormatter();
    await formatOnSave(true);
    return formatter;
  }

  async stop(): Promise<void> {
    await formatOnSave(undefined);
    this.registration.dispose();
  }
}

/** What a {@link SavingFormatter} adds. */
export const FORMATTED = 'formatted\n';

function formatOnSave(value: true | undefined): Thenable<void> {
  const { Global } = vscode.ConfigurationTarget;
  return vscode.workspace.getConfiguration('editor').update('formatOnSave', value, Global);
}
