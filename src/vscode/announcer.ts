import * as vscode from 'vscode';
import { announcements } from './announcements';
import { t } from './l10n';
import { readSettings } from './settings';
import type { StatusInput } from './status-view';

/** VS Code reads a notification aloud when it appears; then it may go. */
const SHOWN_MS = 1_500;
/** Of two announcements in a shorter time only one is read: those that come in between are read together. */
const GAP_MS = 1_000;

/**
 * Tells a screen reader of start, confirmed text and stop. VS Code has no interface for that; what it does read aloud without
 * moving the focus are notifications, so each announcement is one that takes itself away again. Only for those
 * who use a screen reader: for everybody else there is no notification in normal use.
 */
export class Announcer implements vscode.Disposable {
  private before: StatusInput | undefined;
  private waiting: readonly string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isReaderNoticed = false;

  /** VS Code has noticed a screen reader. That it is gone nobody tells: it counts until the window is closed. */
  readerNoticed(): void {
    this.isReaderNoticed = true;
  }

  update(now: StatusInput): void {
    const before = this.before ?? now;
    this.before = now;
    const said = announcements(before, now, t);
    if (said.length === 0 || !this.isWanted()) return;
    this.waiting = [...this.waiting, ...said];
    if (this.timer === undefined) this.announce();
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private announce(): void {
    this.timer = undefined;
    if (this.waiting.length === 0) return;
    announce(this.waiting.join(' · '));
    this.waiting = [];
    this.timer = setTimeout(() => this.announce(), GAP_MS);
  }

  /** `auto`: the user has said so, or VS Code has noticed a screen reader and our key has told of it. */
  private isWanted(): boolean {
    const wanted = readSettings()['accessibility.announce'];
    if (wanted !== 'auto') return wanted === 'on';
    const isSet = vscode.workspace.getConfiguration('editor').get('accessibilitySupport') === 'on';
    return isSet || this.isReaderNoticed;
  }
}

function announce(title: string): void {
  void vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title },
    () => new Promise((resolve) => setTimeout(resolve, SHOWN_MS)),
  );
}
