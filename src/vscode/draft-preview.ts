import * as vscode from 'vscode';
import { draftLabel } from '../core/text/draft-label';
import { t } from './l10n';

/** About as much as fits beside the other items of a laptop's status bar. */
const COLUMNS = 60;
/** Left of what other extensions show there. */
const PRIORITY = 1_000;

/** Shows drafts in the status bar, for places where nothing can be drawn: terminals, input boxes. */
export class DraftPreview implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'tandem.draft',
    vscode.StatusBarAlignment.Left,
    PRIORITY,
  );
  private readonly drafts = new Map<object, string>();

  constructor() {
    this.item.name = t('Dictation draft');
  }

  /** What is shown at this moment; empty for nothing. */
  get text(): string {
    return this.item.text;
  }

  /** Shows `draft` for `owner` in place of what it showed before; an empty one shows nothing. */
  show(owner: object, draft: string): void {
    if ((this.drafts.get(owner) ?? '') === draft) return;
    this.drafts.delete(owner);
    if (draft !== '') this.drafts.set(owner, draft);
    const latest = [...this.drafts.values()].at(-1);
    // `$(` begins an icon in a status bar.
    this.item.text =
      latest === undefined ? '' : `$(edit) ${draftLabel(latest, COLUMNS).replaceAll('$(', '$ (')}`;
    this.item.tooltip = latest;
    if (latest === undefined) this.item.hide();
    else this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}
