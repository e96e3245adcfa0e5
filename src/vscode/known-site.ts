import * as vscode from 'vscode';
import { findAnchor, moveOffsetByLineEndings, type AnchorContext } from '../core/anchor/anchor';
import { distinctSites, type Site, type Span } from '../core/anchor/site';

/** Characters remembered on each side of a place, to find it again when the text around it is replaced. */
const CONTEXT_LENGTH = 200;

/** A site, and what helps to find it again. */
export interface KnownSite {
  readonly site: Site;
  /** Line of `site.at`, 0-based. */
  readonly line: number;
  readonly context: AnchorContext;
}

/** The sites of a document as it is now, in its order and apart from one another. */
export function knownSites(document: vscode.TextDocument, sites: readonly Site[]): readonly KnownSite[] {
  return distinctSites(sites).map((site) => ({
    site,
    line: document.positionAt(site.at).line,
    context: {
      before: document.getText(
        rangeIn(document, { start: Math.max(0, site.at - CONTEXT_LENGTH), end: site.at }),
      ),
      after: document.getText(rangeIn(document, { start: site.at, end: site.at + CONTEXT_LENGTH })),
    },
  }));
}

/** The place in a text that is not the one it was known in; draft text and selections are not trusted there. */
export function findSite({ site, context }: KnownSite, text: string): readonly Site[] {
  const at = findAnchor(text, site.at, context);
  return at === undefined ? [] : [{ at, drafts: [], said: site.said }];
}

/** The site after all line ends of its document were changed from `was` to what they are now. */
export function withLineEndings(
  { site, line }: KnownSite,
  was: vscode.EndOfLine,
  document: vscode.TextDocument,
): Site {
  const at = moveOffsetByLineEndings(site.at, line, eolText(was), eolText(document.eol));
  const move = ({ start, end }: Span): Span => ({ start: start + at - site.at, end: end + at - site.at });
  const { selection, ...rest } = site;
  // A selection of several lines has changed its length: it is kept rather than replaced by mistake.
  const isOneLine = selection !== undefined && rangeIn(document, move(selection)).isSingleLine;
  return { ...rest, at, drafts: site.drafts.map(move), ...(isOneLine && { selection: move(selection) }) };
}

export function rangeIn(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** What stands between two lines. */
export function eolText(eol: vscode.EndOfLine): string {
  return eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}
