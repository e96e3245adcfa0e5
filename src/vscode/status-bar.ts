import * as vscode from 'vscode';
import { COMMANDS } from './command-ids';
import { t, translated } from './l10n';
import { statusView, type StatusInput, type StatusView } from './status-view';

/** Levels come 30 times a second; the item is drawn at most this often. */
const DRAW_EVERY_MS = 120;
/** Left of the language and encoding items, which sit at 100. */
const PRIORITY = 110;

/** The item in the status bar; a click toggles dictation. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'tandem.status',
    vscode.StatusBarAlignment.Right,
    PRIORITY,
  );
  private shown: StatusView | undefined;
  private next: StatusInput | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param computer whose microphone is heard, if that may not be the user's own */
  constructor(private readonly computer?: string) {
    this.item.name = t('Dictation');
    this.item.command = COMMANDS.toggle;
    this.draw({ take: undefined, source: undefined, models: undefined, failure: undefined });
    this.item.show();
  }

  /** Shows `input`, now or within {@link DRAW_EVERY_MS}. */
  update(input: StatusInput): void {
    this.next = input;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.next) this.draw(this.next);
    }, DRAW_EVERY_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.item.dispose();
  }

  private draw(input: StatusInput): void {
    const { computer } = this;
    const view = statusView({ ...input, computer, inSight: isInSight(input) }, { t, translated });
    const { shown, item } = this;
    if (shown?.text !== view.text) item.text = view.text;
    if (shown?.label !== view.label) item.accessibilityInformation = { label: view.label, role: 'button' };
    if (shown?.severity !== view.severity) item.backgroundColor = background(view.severity);
    if (shown?.tooltip !== view.tooltip) item.tooltip = trusted(view.tooltip);
    this.shown = view;
  }
}

/** Asked at every drawing: while one dictates the item is drawn several times a second. */
function isInSight({ place }: StatusInput): boolean {
  return vscode.window.visibleTextEditors.some(({ document }) => document === place?.document);
}

function background(severity: StatusView['severity']): vscode.ThemeColor | undefined {
  if (severity === 'none') return undefined;
  return new vscode.ThemeColor(`statusBarItem.${severity}Background`);
}

/** Markdown that may run the commands it links to, and no others. */
function trusted(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text, true);
  markdown.isTrusted = { enabledCommands: [COMMANDS.downloadModels, COMMANDS.checkSetup, COMMANDS.showLog] };
  return markdown;
}
