import * as vscode from 'vscode';
import type { WrittenPart } from '../core/anchor/written';
import type { DecidedPiece } from '../core/text/heard-text';
import { joinTexts } from '../core/text/spacing';
import { PLAIN_WORDING, type HeardPiece } from '../core/text/wording';
import type { MarkedPlace } from './anchor-mark';
import { AnchorTracker } from './anchor-tracker';
import { DiskGuard } from './disk-guard';
import { DocumentFollower } from './document-follower';
import { Inserter } from './inserter';
import { t } from './l10n';
import { PlaceDrawing } from './place-drawing';
import { INPUT_SCHEMES } from './place-schemes';
import { markWritten } from './settle-view';
import { checkWritable } from './start-place';
import type { TakeStyle } from './take-style';
import type { EditingRequest, OpenTarget, ShownDraft, Target, TargetEvents, TargetPlace } from './target';
import { PlaceCommands } from './voice/place-commands';
import { UtteranceLog } from './voice/utterance-log';
import type { Outcome } from './voice/voice-place';

/** The cursors of an editor, or what is selected there. */
export function editorTarget(editor: vscode.TextEditor, style: TakeStyle): OpenTarget {
  return (events) => new EditorTarget(editor.document, editor.selections, style, events);
}

/**
 * The document of an input box, which VS Code shows in no editor that extensions could see: text goes to its end, drafts
 * to the status bar.
 */
export function inputTarget(document: vscode.TextDocument, style: TakeStyle): OpenTarget {
  const end = document.positionAt(document.getText().length);
  const { inline: _, ...rest } = style;
  return (events) => new EditorTarget(document, [new vscode.Range(end, end)], rest, events, true);
}

/**
 * The places in a document where a dictation was started: its drafts are shown there, and what is committed is inserted,
 * wherever in the window the user is by then.
 */
export class EditorTarget implements Target {
  private readonly tracker: AnchorTracker;
  private readonly follower: DocumentFollower;
  private readonly inserter: Inserter;
  private readonly drawing: PlaceDrawing;
  private readonly commands: PlaceCommands;
  private readonly utterances: UtteranceLog;
  private readonly subscriptions: vscode.Disposable[] = [];
  private drafts: readonly ShownDraft[] = [];
  /** Shown behind the drafts: commands, and what follows them. */
  private asides: readonly ShownDraft[] = [];

  constructor(
    document: vscode.TextDocument,
    selections: readonly vscode.Range[],
    private readonly style: TakeStyle,
    private readonly events: TargetEvents,
    private readonly isInput = false,
  ) {
    const record = style.inline && style.record;
    this.tracker = new AnchorTracker(document, selections);
    this.follower = new DocumentFollower(this.tracker);
    this.inserter = new Inserter({
      tracker: this.tracker,
      follower: this.follower,
      ...(style.wording && { wording: style.wording }),
      ...(style.inline && { inline: style.inline }),
      events: {
        planned: (edit) => record?.expect(this, edit),
        inserting: () => this.changed(),
        inserted: (piece, parts) => this.inserted(piece, parts),
        undelivered: (text, obstacle, cause) => events.undelivered(text, obstacle, cause),
      },
    });
    this.drawing = new PlaceDrawing({
      tracker: this.tracker,
      view: style.view,
      preview: this.isInput ? style.preview : undefined,
      unseenAt: (site) => this.inserter.unseenAt(site),
    });
    this.utterances = style.utterances ?? new UtteranceLog();
    if (!style.utterances) this.subscriptions.push(this.utterances);
    this.commands = new PlaceCommands({
      owner: this,
      tracker: this.tracker,
      follower: this.follower,
      inserter: this.inserter,
      utterances: this.utterances,
      write: (piece) => this.update(piece, this.drafts),
    });
    this.tracker.onDidChange(() => {
      record?.note(this, this.tracker);
      this.changed();
    });
    this.follower.onDidClose(() => events.closed());
    // A draft that stood in the former document is wanted in this one.
    this.follower.onDidMove(() => void this.inserter.settled());
    if (style.inline)
      this.subscriptions.push(new DiskGuard({ tracker: this.tracker, inserter: this.inserter }));
    this.drawing.draw(this.asides);
  }

  get label(): string {
    const { uri } = this.follower;
    if (this.isInput) return uri.scheme === INPUT_SCHEMES.comment ? t('comment') : t('commit message');
    return uri.path.slice(uri.path.lastIndexOf('/') + 1);
  }

  get place(): TargetPlace {
    return { uri: this.follower.uri.toString(), offset: this.offset };
  }

  get document(): vscode.TextDocument {
    return this.tracker.document;
  }

  get offset(): number {
    return this.tracker.offset;
  }

  /** Follows the place: whoever draws it later draws it where it is then. */
  get mark(): MarkedPlace | undefined {
    return this.isInput ? undefined : this;
  }

  check(): Promise<void> {
    return checkWritable(this.tracker.document);
  }

  speaks(language: string): void {
    this.inserter.speaks(language);
  }

  isProse(): boolean {
    const [site] = this.tracker.sites;
    if (!site || this.tracker.document.isClosed) return false;
    const { wording = PLAIN_WORDING } = this.style;
    return wording.positionOf(0, this.tracker.placeOf(site, false)) !== 'code';
  }

  update(piece: HeardPiece | undefined, drafts: readonly ShownDraft[]): void {
    // Commands are no text. In the document not even what may become one: it would be a step of the undo history.
    const isText = ({ kind }: ShownDraft) =>
      kind === 'dictation' || (kind === 'beginning' && !this.style.inline);
    const end = drafts.findIndex((draft) => !isText(draft));
    const texts = end === -1 ? drafts : drafts.slice(0, end);
    this.asides = drafts.slice(texts.length);
    this.drafts = drafts;
    this.inserter.update(piece, texts);
    this.drawing.draw(this.asides);
  }

  unsavedText(): string {
    return this.withAsides(this.inserter.unsavedText());
  }

  draftText(): string {
    return this.withAsides(this.inserter.draftText());
  }

  settled(): Promise<void> {
    return this.inserter.settled();
  }

  carryOut(request: EditingRequest): Promise<Outcome> {
    return this.commands.carryOut(request);
  }

  finish(): Promise<void> {
    return this.inserter.finish();
  }

  dispose(): void {
    this.drawing.clear();
    this.style.record?.forget(this);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.follower.dispose();
    this.tracker.dispose();
  }

  private changed(): void {
    this.drawing.draw(this.asides);
    this.events.changed();
  }

  private withAsides(text: string): string {
    return joinTexts([text, ...this.asides.map(({ draft }) => draft)]);
  }

  private inserted(piece: DecidedPiece, parts: readonly WrittenPart[]): void {
    const { document } = this.tracker;
    const { utteranceId: id, final, replacedDraft: draft, stretch } = piece;
    const text = (parts[0]?.text ?? '').replaceAll('\r\n', '\n');
    this.events.written({ utteranceId: id, final, text });
    const alternatives = piece.beforeCleanUp ?? { draft, heard: stretch.heard };
    this.utterances.add({ owner: this, id, ...alternatives }, document, parts);
    if (this.style.settle) markWritten(this.style.settle, this.tracker, parts, draft);
  }
}
