import * as vscode from 'vscode';
import { readSettings } from './settings';

/** Where words will land. */
export interface MarkedPlace {
  readonly document: vscode.TextDocument;
  /** UTF-16 offset. */
  readonly offset: number;
}

type Style = 'gutter' | 'line';

/** Marks the line where words will land, so that one finds it again after scrolling or working elsewhere; a setting says how. */
export class AnchorMark implements vscode.Disposable {
  private readonly types: Readonly<Record<Style, vscode.TextEditorDecorationType>>;
  private readonly subscriptions: vscode.Disposable;
  private place: MarkedPlace | undefined;
  private shown = '';

  /** @param media folder of the extension's pictures */
  constructor(media: vscode.Uri) {
    const icon = (theme: string) => ({ gutterIconPath: vscode.Uri.joinPath(media, `mark-${theme}.svg`) });
    const common = {
      // Text that is written at the place must not widen the mark: a line that wraps would get one in each of its rows.
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      overviewRulerColor: new vscode.ThemeColor('editorGhostText.foreground'),
      overviewRulerLane: vscode.OverviewRulerLane.Left,
    };
    this.types = {
      gutter: vscode.window.createTextEditorDecorationType({
        ...common,
        light: icon('light'),
        dark: icon('dark'),
        gutterIconSize: 'contain',
      }),
      line: vscode.window.createTextEditorDecorationType({
        ...common,
        isWholeLine: true,
        backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
      }),
    };
    this.subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeVisibleTextEditors(() => this.draw()),
      vscode.workspace.onDidChangeConfiguration(() => this.draw()),
    );
  }

  /** Marks `place`; `undefined` marks nothing. Cheap if nothing has changed. */
  update(place: MarkedPlace | undefined): void {
    // With the version: an edit at the place, or of everything around it, moves the mark and not the place.
    const key = place ? `${place.document.uri.toString()}:${place.document.version}:${place.offset}` : '';
    this.place = place;
    if (key === this.shown) return;
    this.shown = key;
    this.draw();
  }

  dispose(): void {
    this.subscriptions.dispose();
    for (const type of Object.values(this.types)) type.dispose();
  }

  private draw(): void {
    const { place } = this;
    const wanted = readSettings()['anchor.mark'];
    for (const editor of vscode.window.visibleTextEditors) {
      const here = place && editor.document === place.document && !place.document.isClosed;
      const position = here ? place.document.positionAt(place.offset) : undefined;
      for (const style of ['gutter', 'line'] as const) {
        const ranges = position && style === wanted ? [new vscode.Range(position, position)] : [];
        editor.setDecorations(this.types[style], ranges);
      }
    }
  }
}
