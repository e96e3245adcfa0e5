import * as vscode from 'vscode';
import {
  acceptedPart,
  areGone,
  movePart,
  type Part,
  rewrittenParts,
  type StandingPart,
  standingParts,
  takenOutPart,
  type TextAt,
  withPart,
} from '../../core/anchor/parts';
import type { WrittenPart } from '../../core/anchor/written';
import { joinTexts } from '../../core/text/spacing';

/** Utterances that can be taken back one after the other; older ones are the undo history's business. */
const LONGEST = 100;

/** An utterance that was written. */
export interface LoggedUtterance {
  /** Unique in this log. */
  readonly key: number;
  /** The dictation it belongs to, and its number there. */
  readonly owner: object;
  readonly id: number;
  /** URI of its document. */
  readonly uri: string;
  /** What was shown before it was confirmed, and what the heavy model heard, both before any rule. */
  readonly draft: string;
  readonly heard: string;
  /** In the order they were written; several for several cursors, or where somebody typed between two pieces. */
  readonly parts: readonly Part[];
}

/** An utterance whose text stands as it was written. */
export interface StandingUtterance {
  readonly utterance: LoggedUtterance;
  readonly parts: readonly StandingPart[];
}

/** What is looked for: the latest utterance of a document that is still there. */
export type LastUtterance = StandingUtterance | 'none' | 'changed';

/** A piece of an utterance that has just been written. */
export interface LoggedPiece {
  readonly owner: object;
  readonly id: number;
  readonly draft: string;
  readonly heard: string;
}

/** The latest utterances of all documents, followed through every edit: what voice commands call "that". */
export class UtteranceLog implements vscode.Disposable {
  private utterances: readonly LoggedUtterance[] = [];
  private count = 0;
  private readonly subscriptions = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
      if (contentChanges.length > 0) this.follow(document, contentChanges, reason !== undefined);
    }),
    vscode.workspace.onDidRenameFiles(({ files }) => this.rename(files)),
  );

  /** Notes what was just written; pieces of one utterance belong together. */
  add(piece: LoggedPiece, document: vscode.TextDocument, written: readonly WrittenPart[]): void {
    if (written.length === 0) return;
    const { owner, id } = piece;
    const uri = document.uri.toString();
    const known = this.utterances.find((one) => one.owner === owner && one.id === id && one.uri === uri);
    const utterance: LoggedUtterance = {
      key: known?.key ?? ++this.count,
      owner,
      id,
      uri,
      draft: joinTexts([known?.draft ?? '', piece.draft]),
      heard: joinTexts([known?.heard ?? '', piece.heard]),
      parts: written.reduce((parts, part) => withPart(parts, part, textOf(document)), known?.parts ?? []),
    };
    this.utterances = [...this.utterances.filter((one) => one !== known), utterance].slice(-LONGEST);
  }

  /** The latest utterance of a document whose text is there; `changed` if somebody has changed it since. */
  last(document: vscode.TextDocument): LastUtterance {
    const uri = document.uri.toString();
    const latest = this.utterances.findLast((one) => one.uri === uri && !areGone(one.parts));
    if (!latest) return 'none';
    return this.standing(document, latest) ?? 'changed';
  }

  /** The same utterance as it stands now; `undefined` if it was changed. */
  again(document: vscode.TextDocument, { utterance }: StandingUtterance): StandingUtterance | undefined {
    const now = this.utterances.find(({ key }) => key === utterance.key);
    return now && this.standing(document, now);
  }

  /** The utterances of `owner` with these numbers whose text stands unchanged. */
  those(
    document: vscode.TextDocument,
    owner: object,
    ids: ReadonlySet<number>,
  ): readonly StandingUtterance[] {
    return this.utterances
      .filter((one) => one.owner === owner && ids.has(one.id) && one.uri === document.uri.toString())
      .flatMap((one) => this.standing(document, one) ?? []);
  }

  /** Call after `utterance` was taken out of its document. */
  tookOut({ utterance }: StandingUtterance): void {
    this.replace(utterance.key, (those) => those.map(takenOutPart));
  }

  /** Call after the pieces of `utterance` were written anew, each where it stood; empty for those that were taken out. */
  rewrote({ utterance, parts }: StandingUtterance, texts: readonly string[]): void {
    this.replace(utterance.key, (those) => rewrittenParts(those, parts, texts));
  }

  /** Runs an edit of ours on `document`: what stood unchanged before it counts as unchanged after it, as it is then. */
  async through<T>(document: vscode.TextDocument, edit: () => Thenable<T>): Promise<T> {
    const uri = document.uri.toString();
    const stood = this.utterances.filter((one) => one.uri === uri && this.standing(document, one));
    const result = await edit();
    const textAt = textOf(document);
    for (const { key } of stood)
      this.replace(key, (those) => those.map((part) => acceptedPart(part, textAt)));
    return result;
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.utterances = [];
  }

  private standing(document: vscode.TextDocument, utterance: LoggedUtterance): StandingUtterance | undefined {
    const parts = standingParts(utterance.parts, textOf(document));
    return parts && { utterance, parts };
  }

  private follow(
    document: vscode.TextDocument,
    changes: readonly vscode.TextDocumentContentChangeEvent[],
    isBack: boolean,
  ): void {
    const uri = document.uri.toString();
    this.utterances = this.utterances.map((utterance) => {
      if (utterance.uri !== uri) return utterance;
      const parts = utterance.parts.map((part) => movePart(part, changes, isBack));
      return { ...utterance, parts };
    });
  }

  private rename(files: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[]): void {
    const renamed = (uri: string) => {
      for (const { oldUri, newUri } of files) {
        const [was, is] = [oldUri.toString(), newUri.toString()];
        if (uri === was) return is;
        if (uri.startsWith(`${was}/`)) return is + uri.slice(was.length);
      }
      return uri;
    };
    this.utterances = this.utterances.map((one) => ({ ...one, uri: renamed(one.uri) }));
  }

  private replace(key: number, change: (parts: readonly Part[]) => readonly Part[]): void {
    this.utterances = this.utterances.map((one) =>
      one.key === key ? { ...one, parts: change(one.parts) } : one,
    );
  }
}

function textOf(document: vscode.TextDocument): TextAt {
  return (start, end) =>
    document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
}
