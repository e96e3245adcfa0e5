import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Wording } from '../../../src/core/text/wording';
import { DraftView } from '../../../src/vscode/draft-view';
import type { GhostSteps } from '../../../src/vscode/ghost-steps';
import type { Obstacle } from '../../../src/vscode/target';
import { editorTarget } from '../../../src/vscode/editor-target';
import { Take } from '../../../src/vscode/take';
import { ScriptedSession } from './scripted';

/** A dictation whose session is scripted, and everything it tells. */
export class Dictation {
  readonly session = new ScriptedSession();
  readonly lost: [text: string, obstacle: Obstacle][] = [];
  readonly inserted: string[] = [];
  /** What was shown and in no document, each time it changed. */
  readonly unsaved: string[] = [];
  closings = 0;
  readonly take: Take;
  private readonly view = new DraftView(() => 100);
  private readonly done: Promise<void>;

  constructor(editor: vscode.TextEditor, inline?: GhostSteps, wording?: Wording) {
    this.take = new Take(editorTarget(editor, { view: this.view, inline, ...(wording && { wording }) }), {
      changed: () => undefined,
      problem: (error) => assert.fail(error),
      unsaved: (text) => this.unsaved.push(text),
      inserted: (text) => this.inserted.push(text),
      undelivered: (text, obstacle) => this.lost.push([text, obstacle]),
      closed: () => this.closings++,
    });
    this.done = this.take.run(this.session);
  }

  /** The session ends; resolves when the last word is inserted. */
  async end(): Promise<void> {
    this.session.end();
    await this.done;
  }

  /** Ends at once; resolves to the drafts when no draft is left in the document. */
  async cancel(): Promise<string> {
    const drafts = this.take.cancel();
    await this.done;
    return drafts;
  }

  async dispose(): Promise<void> {
    await this.take.dispose();
    this.view.dispose();
  }
}
