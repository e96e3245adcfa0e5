import * as vscode from 'vscode';
import { columnBehind, draftLabel, draftRoom, type LineShape } from '../core/text/draft-label';
import type { FittedText } from '../core/text/spacing';

/** Theme colour of drafts, contributed by the manifest; as dim as an inline suggestion unless a theme says otherwise. */
const DRAFT_COLOUR = 'tandem.draftForeground';
/** What will be replaced looks like a selection in an editor without the keyboard. */
const REPLACED_COLOUR = 'editor.inactiveSelectionBackground';

/** VS Code's own. */
const DEFAULT_TAB_SIZE = 4;

/** What one dictation shows of itself in its document. */
export interface ShownDraft {
  readonly document: vscode.TextDocument;
  /** Drafts beside the text, and where each will land. */
  readonly labels: readonly { readonly position: vscode.Position; readonly text: FittedText }[];
  /** Draft text that stands in the document. */
  readonly ghosts: readonly vscode.Range[];
  /** Text that the first confirmed words replace. */
  readonly replaced: readonly vscode.Range[];
}

/**
 * Shows drafts. Labels are not part of any document, and so neither saved nor compiled nor undone. Every visible editor of
 * a document shows its drafts; several drafts at one place stand in the order they came.
 */
export class DraftView implements vscode.Disposable {
  private readonly drafts = new Map<object, ShownDraft>();
  private readonly labels = vscode.window.createTextEditorDecorationType({
    // Grows over text inserted at the anchor, so that the draft stands behind it even before it is drawn again.
    rangeBehavior: vscode.DecorationRangeBehavior.OpenOpen,
  });
  private readonly ghosts = vscode.window.createTextEditorDecorationType({
    color: new vscode.ThemeColor(DRAFT_COLOUR),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  private readonly replaced = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor(REPLACED_COLOUR),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  private readonly subscription = vscode.window.onDidChangeVisibleTextEditors((editors) => {
    for (const editor of editors) this.draw(editor);
  });

  /** @param maxLength characters of a draft that are shown at most; asked at every drawing */
  constructor(private readonly maxLength: () => number) {}

  /** Shows `draft` for `owner`, in place of what it showed before; `undefined` shows nothing. */
  show(owner: object, draft: ShownDraft | undefined): void {
    const before = this.drafts.get(owner);
    if (!before && isEmpty(draft)) return;
    if (draft && !isEmpty(draft)) this.drafts.set(owner, draft);
    else this.drafts.delete(owner);
    const touched = new Set([before?.document, draft?.document]);
    for (const editor of vscode.window.visibleTextEditors) {
      if (touched.has(editor.document)) this.draw(editor);
    }
  }

  dispose(): void {
    this.subscription.dispose();
    this.drafts.clear();
    for (const type of [this.labels, this.ghosts, this.replaced]) type.dispose();
  }

  private draw(editor: vscode.TextEditor): void {
    const drafts = [...this.drafts.values()].filter((draft) => draft.document === editor.document);
    const line = {
      ...lineShape(editor.document),
      tabSize: Number(editor.options.tabSize) || DEFAULT_TAB_SIZE,
    };
    editor.setDecorations(
      this.labels,
      drafts.flatMap((draft) => draft.labels.map((label) => this.option(label, editor.document, line))),
    );
    editor.setDecorations(
      this.ghosts,
      drafts.flatMap((draft) => draft.ghosts),
    );
    editor.setDecorations(
      this.replaced,
      drafts.flatMap((draft) => draft.replaced),
    );
  }

  private option(
    { position, text: { lead, text, trail } }: ShownDraft['labels'][number],
    document: vscode.TextDocument,
    line: LineShape & { readonly tabSize: number },
  ): vscode.DecorationOptions {
    const before = document.getText(new vscode.Range(position.with({ character: 0 }), position));
    const room = draftRoom(columnBehind(before, line.tabSize), this.maxLength(), line);
    return {
      range: new vscode.Range(position, position),
      renderOptions: {
        after: {
          contentText: draftLabel(lead + text + trail, room),
          color: new vscode.ThemeColor(DRAFT_COLOUR),
        },
      },
    };
  }
}

function isEmpty(draft: ShownDraft | undefined): boolean {
  return !draft || draft.labels.length + draft.ghosts.length + draft.replaced.length === 0;
}

/** How long lines are shown, as far as the settings say; VS Code tells no extension how wide an editor is. */
function lineShape(document: vscode.TextDocument): LineShape {
  const editor = vscode.workspace.getConfiguration('editor', document);
  const wrap = editor.get('wordWrap', 'off');
  const columns = editor.get<number>('wordWrapColumn');
  const isKnown = columns !== undefined && ['wordWrapColumn', 'bounded'].includes(wrap);
  const editors = vscode.window.tabGroups.all.length;
  return { wraps: wrap !== 'off', editors, ...(isKnown && { columns }) };
}
