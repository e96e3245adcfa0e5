import * as vscode from 'vscode';
import type { TextChange } from '../../core/anchor/anchor';
import type { AnchorTracker } from '../anchor-tracker';
import { editInEditor, editUnseen } from '../own-edit';
import type { UtteranceLog } from './utterance-log';

/** What a voice command has to say if it could not do what it should, for the user; `undefined` when it is done. */
export type Outcome = string | undefined;

/** An edit is refused when the document changed meanwhile; nobody types as often as this while one is on its way. */
const MAX_ATTEMPTS = 10;

/** The place of a dictation as voice commands see it: the document, where the words land in it, and what was written. */
export class VoicePlace {
  /**
   * @param owner the dictation
   * @param editor an editor that shows the document, if there is one
   */
  constructor(
    readonly owner: object,
    readonly tracker: AnchorTracker,
    readonly log: UtteranceLog,
    readonly editor: () => vscode.TextEditor | undefined,
  ) {}

  get document(): vscode.TextDocument {
    return this.tracker.document;
  }

  /** Where words land, in the order of the document. */
  get offsets(): readonly number[] {
    return this.tracker.sites.map(({ at }) => at);
  }

  get positions(): readonly vscode.Position[] {
    return this.tracker.sites.map((site) => this.tracker.positionOf(site));
  }

  /** Goes on at other places; the cursors of an editor that shows them move along, and the keyboard stays where it is. */
  goTo(selections: readonly vscode.Selection[]): void {
    const [first] = selections;
    if (!first) return;
    this.tracker.goTo(selections);
    const editor = this.editor();
    if (!editor) return;
    editor.selections = [...selections];
    editor.revealRange(first);
  }

  goToOffsets(offsets: readonly number[]): void {
    const positions = offsets.map((offset) => this.document.positionAt(offset));
    this.goTo(positions.map((position) => new vscode.Selection(position, position)));
  }

  /**
   * Edits the document in one undo step of its own.
   * @param plan ascending changes of the document as it is, asked again if it changes meanwhile; none: nothing to do
   * @returns false if the document took no edit
   */
  edit(plan: () => readonly TextChange[]): Promise<boolean> {
    return this.log.through(this.document, async () => {
      for (let attempt = 0; attempt < MAX_ATTEMPTS && !this.document.isClosed; attempt++) {
        const { document } = this;
        const { version } = document;
        const changes = plan().filter(({ rangeLength, text }) => rangeLength > 0 || text !== '');
        if (changes.length === 0) return true;
        const edit = { document, changes, after: [] };
        const editor = this.editor();
        const accepted = editor
          ? await editInEditor(editor, edit, { undoStopBefore: true, undoStopAfter: true })
          : await editUnseen(edit);
        // A read-only editor says yes and does nothing.
        if (accepted) return document.version !== version;
      }
      return false;
    });
  }
}
