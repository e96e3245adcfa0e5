import * as vscode from 'vscode';
import {
  findAnchor,
  moveOffsetByLineEndings,
  type AnchorContext,
  type TextChange,
} from '../core/anchor/anchor';
import {
  distinctSites,
  joinEdits,
  moveSite,
  planSite,
  replacedSpan,
  siteAt,
  type Site,
  type SiteText,
  type Span,
} from '../core/anchor/site';
import type { TextPlace } from '../core/text/wording';
import { surroundings } from './surroundings';

/** Characters remembered on each side of a place, to find it again when the text around it is replaced. */
const CONTEXT_LENGTH = 200;

/** An edit of our own, ready to be applied. */
export interface PlannedEdit {
  readonly document: vscode.TextDocument;
  /** Ascending, apart from one another. */
  readonly changes: readonly TextChange[];
  readonly after: readonly Site[];
}

/** An edit of our own that is on its way. */
export interface OwnEdit {
  /** True once the document has changed accordingly. */
  readonly seen: boolean;
  /** Call when the edit has succeeded or failed. */
  end(): void;
}

interface Known {
  readonly site: Site;
  /** Line of `site.at`, 0-based. */
  readonly line: number;
  readonly context: AnchorContext;
}

/** The places in a document that a dictation writes to. They move with every edit of it. */
export class AnchorTracker implements vscode.Disposable {
  private known: readonly Known[];
  private lineCount: number;
  private endOfLine: vscode.EndOfLine;
  private own: { readonly edit: PlannedEdit; seen: boolean } | undefined;
  private foreign = 0;
  private undone = 0;
  private followed: vscode.TextDocument;
  private readonly moved = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  /** Fires after each change of the document, once the places have moved. */
  readonly onDidChange = this.moved.event;

  /** @param selections the first one is the primary cursor */
  constructor(document: vscode.TextDocument, selections: readonly vscode.Range[]) {
    this.followed = document;
    this.lineCount = document.lineCount;
    this.endOfLine = document.eol;
    this.known = this.remember(selections.map((selection) => siteAt(spanOf(document, selection))));
    this.subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === this.followed && event.contentChanges.length > 0) {
        this.follow(event.contentChanges, event.reason);
      }
    });
  }

  get document(): vscode.TextDocument {
    return this.followed;
  }

  /** In the order of the document, at least one. */
  get sites(): readonly Site[] {
    return this.known.map(({ site }) => site);
  }

  /** Characters (UTF-16) before the first place. */
  get offset(): number {
    return this.known[0]?.site.at ?? 0;
  }

  /** Changes by others so far; whoever compares two values knows whether something came in between. */
  get foreignChanges(): number {
    return this.foreign;
  }

  /** How often draft text went out of the document by an undo or redo that was not ours. */
  get undoneDrafts(): number {
    return this.undone;
  }

  /** True while draft text stands in the document. */
  get hasDraftText(): boolean {
    return this.known.some(({ site }) => site.drafts.length > 0);
  }

  /** What is selected at each site, in their order; it will be replaced. */
  get selectedTexts(): readonly string[] {
    const { followed } = this;
    return this.sites.map(({ selection }) => (selection ? followed.getText(this.rangeOf(selection)) : ''));
  }

  /** Goes to other places of the document: cursors, or text that will be replaced. */
  goTo(selections: readonly vscode.Range[]): void {
    this.update(selections.map((selection) => siteAt(spanOf(this.followed, selection))));
    this.foreign++;
    this.moved.fire();
  }

  positionOf(site: Site): vscode.Position {
    return this.followed.positionAt(site.at);
  }

  rangeOf({ start, end }: Span): vscode.Range {
    return new vscode.Range(this.followed.positionAt(start), this.followed.positionAt(end));
  }

  /** What stands on both sides of the text that would be replaced. */
  placeOf(site: Site, withSelection: boolean): TextPlace {
    const range = this.rangeOf(replacedSpan(site, withSelection));
    const { utterance } = site;
    return { ...surroundings(this.document, range), ...(utterance && { utterance }) };
  }

  /** Plans an edit of all places, from the document as it is now. */
  plan(textFor: (site: Site) => SiteText): PlannedEdit {
    const edits = this.sites.map((site) => planSite(site, textFor(site)));
    return { document: this.followed, ...joinEdits(edits) };
  }

  /** Announces that `edit` is about to be applied, so that it is told apart from the edits of others. */
  expect(edit: PlannedEdit): OwnEdit {
    const own = { edit, seen: false };
    this.own = own;
    return {
      get seen() {
        return own.seen;
      },
      end: () => {
        if (this.own === own) this.own = undefined;
      },
    };
  }

  /**
   * Goes on in another document that holds the same text: a renamed file, one that was opened again.
   * @param sites where, if that is known; else the places are looked for
   * @returns false if they are not to be found there
   */
  moveTo(document: vscode.TextDocument, sites?: readonly Site[]): boolean {
    const text = document.getText();
    const places =
      sites ??
      (text === this.followed.getText() ? this.sites : this.known.flatMap((one) => found(one, text)));
    if (places.length === 0) return false;
    this.followed = document;
    this.update(places);
    this.foreign++;
    this.moved.fire();
    return true;
  }

  /** Draft text that is in the document stays there as the user's own. */
  dropDraftText(): void {
    this.update(this.sites.map((site) => ({ ...site, drafts: [] })));
  }

  dispose(): void {
    this.subscription.dispose();
    this.moved.dispose();
  }

  private follow(
    changes: readonly vscode.TextDocumentContentChangeEvent[],
    reason: vscode.TextDocumentChangeReason | undefined,
  ): void {
    if (this.own && !this.own.seen && this.isOwn(this.own.edit, changes)) {
      this.own.seen = true;
      this.update(this.own.edit.after);
    } else {
      this.foreign++;
      const hadDraft = this.hasDraftText;
      const onlyLineEndings = this.onlyLineEndings();
      this.update(
        this.known.map((one) =>
          onlyLineEndings ? this.withLineEndings(one) : moveSite(one.site, changes, one.context),
        ),
      );
      if (hadDraft && !this.hasDraftText && reason !== undefined) this.undone++;
    }
    this.moved.fire();
  }

  private update(sites: readonly Site[]): void {
    this.lineCount = this.followed.lineCount;
    this.endOfLine = this.followed.eol;
    this.known = this.remember(sites);
  }

  /**
   * VS Code may split an edit, join its parts or leave out what stays the same, so its outcome is compared: as many
   * characters more, and our text where it belongs.
   */
  private isOwn(edit: PlannedEdit, changes: readonly TextChange[]): boolean {
    const growth = (all: readonly TextChange[]) =>
      all.reduce((sum, { text, rangeLength }) => sum + text.length - rangeLength, 0);
    if (growth(changes) !== growth(edit.changes)) return false;
    const inside = ({ rangeOffset, rangeLength }: TextChange) =>
      edit.changes.some(
        (one) =>
          one.rangeOffset <= rangeOffset && rangeOffset + rangeLength <= one.rangeOffset + one.rangeLength,
      );
    if (!changes.every(inside)) return false;
    let delta = 0;
    return edit.changes.every(({ rangeOffset, rangeLength, text }) => {
      const start = rangeOffset + delta;
      delta += text.length - rangeLength;
      return this.followed.getText(this.rangeOf({ start, end: start + text.length })) === text;
    });
  }

  /** VS Code reports new line endings as one change of the whole document. */
  private onlyLineEndings(): boolean {
    return this.followed.eol !== this.endOfLine && this.followed.lineCount === this.lineCount;
  }

  private withLineEndings({ site, line }: Known): Site {
    const at = moveOffsetByLineEndings(site.at, line, eolText(this.endOfLine), eolText(this.followed.eol));
    const move = ({ start, end }: Span): Span => ({
      start: start + at - site.at,
      end: end + at - site.at,
    });
    const { selection, ...rest } = site;
    // A selection of several lines has changed its length: it is kept rather than replaced by mistake.
    const kept = selection && this.isOneLine(move(selection)) ? { selection: move(selection) } : {};
    return { ...rest, at, drafts: site.drafts.map(move), ...kept };
  }

  private isOneLine(span: Span): boolean {
    return this.rangeOf(span).isSingleLine;
  }

  private remember(sites: readonly Site[]): readonly Known[] {
    return distinctSites(sites).map((site) => ({
      site,
      line: this.followed.positionAt(site.at).line,
      context: {
        before: this.followed.getText(
          this.rangeOf({ start: Math.max(0, site.at - CONTEXT_LENGTH), end: site.at }),
        ),
        after: this.followed.getText(this.rangeOf({ start: site.at, end: site.at + CONTEXT_LENGTH })),
      },
    }));
  }
}

/** The place in a text that is not the one it was known in; draft text and selections are not trusted there. */
function found({ site, context }: Known, text: string): readonly Site[] {
  const at = findAnchor(text, site.at, context);
  return at === undefined ? [] : [{ at, drafts: [], said: site.said }];
}

function spanOf(document: vscode.TextDocument, { start, end }: vscode.Range): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

function eolText(eol: vscode.EndOfLine): string {
  return eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}
