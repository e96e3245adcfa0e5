import type * as vscode from 'vscode';
import { moveSite, type Site } from '../core/anchor/site';
import { findSite, knownSites, withLineEndings, type KnownSite } from './known-site';

/** Places in a document as it was when it was last looked at; they move with what others change. */
export class KnownPlaces {
  private known: readonly KnownSite[] = [];
  private lineCount = 0;
  private endOfLine: vscode.EndOfLine;
  /** What was known before the document was emptied; a program that writes a file anew may leave it empty for a moment. */
  private beforeEmpty: readonly KnownSite[] | undefined;

  constructor(
    private followed: vscode.TextDocument,
    sites: readonly Site[],
  ) {
    this.endOfLine = followed.eol;
    this.set(sites);
  }

  get document(): vscode.TextDocument {
    return this.followed;
  }

  /** In the order of the document. */
  get sites(): readonly Site[] {
    return this.known.map(({ site }) => site);
  }

  /** The places are these, in the document as it is now. */
  set(sites: readonly Site[]): void {
    this.lineCount = this.followed.lineCount;
    this.endOfLine = this.followed.eol;
    this.known = knownSites(this.followed, sites);
  }

  /** The document, which may be another one, holds a text in which the places are these. */
  goOn(document: vscode.TextDocument, sites: readonly Site[]): void {
    this.followed = document;
    this.beforeEmpty = undefined;
    this.set(sites);
  }

  /** The places in another document; none if they are not to be found there. */
  findIn(document: vscode.TextDocument): readonly Site[] {
    const text = document.getText();
    return text === this.followed.getText() ? this.sites : this.known.flatMap((one) => findSite(one, text));
  }

  /** Somebody else has just changed the document. */
  follow(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    const { known } = this;
    const onlyLineEndings = this.onlyLineEndings();
    const moved = (one: KnownSite) =>
      onlyLineEndings
        ? withLineEndings(one, this.endOfLine, this.followed)
        : moveSite(one.site, changes, one.context);
    this.set(this.foundAgain() ?? known.map(moved));
    this.beforeEmpty = this.isEmpty() ? (this.beforeEmpty ?? known.filter(hasContext)) : undefined;
  }

  /** The places of a text that was gone and has come back, if it is the same around them. */
  private foundAgain(): readonly Site[] | undefined {
    if (!this.beforeEmpty || this.isEmpty()) return undefined;
    const text = this.followed.getText();
    const found = this.beforeEmpty.flatMap((one) => findSite(one, text));
    return found.length > 0 ? found : undefined;
  }

  private isEmpty(): boolean {
    return this.followed.lineCount === 1 && this.followed.lineAt(0).text === '';
  }

  /** VS Code reports new line endings as one change of the whole document. */
  private onlyLineEndings(): boolean {
    return this.followed.eol !== this.endOfLine && this.followed.lineCount === this.lineCount;
  }
}

function hasContext({ context }: KnownSite): boolean {
  return context.before + context.after !== '';
}
