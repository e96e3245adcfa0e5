import * as vscode from 'vscode';
import {
  joinEdits,
  planSite,
  replacedSpan,
  siteAt,
  withoutDrafts,
  type Site,
  type SiteText,
  type Span,
} from '../core/anchor/site';
import type { TextPlace } from '../core/text/wording';
import { KnownPlaces } from './known-places';
import { rangeIn } from './known-site';
import { isOutcomeOf, type PlannedEdit } from './planned-edit';
import { surroundings } from './surroundings';

/** An edit of our own that is on its way. */
export interface OwnEdit {
  /** True once the document has changed accordingly. */
  readonly seen: boolean;
  /** Call when the edit has succeeded or failed. */
  end(): void;
}

/** The places in a document that a dictation writes to. They move with every edit of it. */
export class AnchorTracker implements vscode.Disposable {
  private readonly places: KnownPlaces;
  private own: { readonly edit: PlannedEdit; seen: boolean } | undefined;
  private foreign = 0;
  private undone = 0;
  private readonly moved = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  /** Fires after each change of the document, once the places have moved, and when it is known what stands there no more. */
  readonly onDidChange = this.moved.event;

  /** @param selections the first one is the primary cursor */
  constructor(document: vscode.TextDocument, selections: readonly vscode.Range[]) {
    this.places = new KnownPlaces(
      document,
      selections.map((selection) => siteAt(spanOf(document, selection))),
    );
    this.subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === this.document && event.contentChanges.length > 0) {
        this.follow(event.contentChanges, event.reason);
      }
    });
  }

  get document(): vscode.TextDocument {
    return this.places.document;
  }

  /** In the order of the document, at least one. */
  get sites(): readonly Site[] {
    return this.places.sites;
  }

  /** Characters (UTF-16) before the first place. */
  get offset(): number {
    return this.sites[0]?.at ?? 0;
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
    return this.sites.some(({ drafts }) => drafts.length > 0);
  }

  /** The document, and the places in it, as they are without draft text. */
  withoutDrafts(): { readonly text: string; readonly sites: readonly Site[] } {
    return withoutDrafts(this.document.getText(), this.sites);
  }

  /** What is selected at each site, in their order; it will be replaced. */
  get selectedTexts(): readonly string[] {
    const { document, sites } = this;
    return sites.map(({ selection }) => (selection ? document.getText(this.rangeOf(selection)) : ''));
  }

  /** Goes to other places of the document: cursors, or text that will be replaced. */
  goTo(selections: readonly vscode.Range[]): void {
    this.places.set(selections.map((selection) => siteAt(spanOf(this.document, selection))));
    this.foreign++;
    this.moved.fire();
  }

  positionOf(site: Site): vscode.Position {
    return this.document.positionAt(site.at);
  }

  rangeOf(span: Span): vscode.Range {
    return rangeIn(this.document, span);
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
    return { document: this.document, ...joinEdits(edits) };
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
    const found = sites ?? this.places.findIn(document);
    if (found.length === 0) return false;
    this.places.goOn(document, found);
    this.foreign++;
    this.moved.fire();
    return true;
  }

  /** Draft text that is in the document stays there as the user's own. */
  dropDraftText(): void {
    this.places.set(this.sites.map((site) => ({ ...site, drafts: [] })));
    this.moved.fire();
  }

  dispose(): void {
    this.subscription.dispose();
    this.moved.dispose();
  }

  private follow(
    changes: readonly vscode.TextDocumentContentChangeEvent[],
    reason: vscode.TextDocumentChangeReason | undefined,
  ): void {
    if (this.own && !this.own.seen && isOutcomeOf(this.own.edit, changes)) {
      this.own.seen = true;
      this.places.goOn(this.document, this.own.edit.after);
    } else {
      this.foreign++;
      const hadDraft = this.hasDraftText;
      this.places.follow(changes);
      if (hadDraft && !this.hasDraftText && reason !== undefined) this.undone++;
    }
    this.moved.fire();
  }
}

function spanOf(document: vscode.TextDocument, { start, end }: vscode.Range): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}
