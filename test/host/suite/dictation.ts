import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Wording } from '../../../src/core/text/wording';
import type { CommandMatcher } from '../../../src/core/voice-commands/matcher';
import type { DraftRecord } from '../../../src/vscode/draft-record';
import { DraftView } from '../../../src/vscode/draft-view';
import type { GhostSteps } from '../../../src/vscode/ghost-steps';
import type { SettleView } from '../../../src/vscode/settle-view';
import type { Obstacle } from '../../../src/vscode/target';
import { editorTarget } from '../../../src/vscode/editor-target';
import { Take } from '../../../src/vscode/take';
import type { GlobalAction } from '../../../src/vscode/voice/editing';
import type { Outcome } from '../../../src/vscode/voice/voice-place';
import { UtteranceLog } from '../../../src/vscode/voice/utterance-log';
import { ScriptedSession } from './scripted';

/** How a {@link Dictation} differs from the plainest one. */
export interface DictationOptions {
  readonly inline?: GhostSteps | undefined;
  readonly wording?: Wording;
  /** Voice commands are off without it. */
  readonly matcher?: CommandMatcher;
  readonly utterances?: UtteranceLog;
  readonly record?: DraftRecord;
  /** Words are not marked without it. */
  readonly settle?: SettleView;
}

/** A dictation whose session is scripted, and everything it tells. */
export class Dictation {
  readonly session = new ScriptedSession();
  readonly lost: [text: string, obstacle: Obstacle][] = [];
  readonly inserted: string[] = [];
  /** What was shown and in no document, each time it changed. */
  readonly unsaved: string[] = [];
  readonly unfinished: string[] = [];
  closings = 0;
  /** What was thrown and is no error of the session; there is to be none. */
  readonly failures: unknown[] = [];
  readonly take: Take;
  private readonly view = new DraftView(() => 100);
  private readonly done: Promise<void>;

  /** Voice commands as they were told, with what went wrong. */
  readonly told: [phrase: string, outcome: Outcome][] = [];
  /** Voice commands that are not about the text. */
  readonly asked: GlobalAction[] = [];
  readonly overheard: string[] = [];
  /** What the latest dictations wrote; one log may serve several. */
  readonly utterances: UtteranceLog;
  private utteranceCount = 0;

  constructor(editor: vscode.TextEditor, options: DictationOptions = {}) {
    const { inline, wording, matcher, utterances, record, settle } = options;
    this.utterances = utterances ?? new UtteranceLog();
    this.take = new Take(
      editorTarget(editor, {
        view: this.view,
        inline,
        settle,
        ...(wording && { wording }),
        ...(record && { record }),
        utterances: this.utterances,
      }),
      {
        changed: () => undefined,
        problem: (error) => assert.fail(error),
        unsaved: (text) => this.unsaved.push(text),
        unfinished: (text) => this.unfinished.push(text),
        inserted: (text) => this.inserted.push(text),
        undelivered: (text, obstacle) => this.lost.push([text, obstacle]),
        closed: () => this.closings++,
        failed: (cause) => this.failures.push(cause),
      },
      matcher && {
        matcher: () => matcher,
        asked: (action) => {
          this.asked.push(action);
          return Promise.resolve(undefined);
        },
        told: (phrase, outcome) => this.told.push([phrase, outcome]),
        overheard: (text) => this.overheard.push(text),
      },
    );
    this.done = this.take.run(this.session);
  }

  /** Says whole utterances, each drafted and confirmed. Resolves when the commands among them are carried out. */
  async say(...utterances: readonly string[]): Promise<void> {
    for (const text of utterances) {
      this.utteranceCount++;
      this.session.draft(this.utteranceCount, text.toLowerCase().replace(/[.,!?]/gu, ''));
      this.session.commit(this.utteranceCount, text);
    }
    await this.take.settled();
  }

  /** What went wrong with the latest command; `undefined` if nothing. */
  get outcome(): Outcome {
    return this.told.at(-1)?.[1];
  }

  /** The session ends; resolves when the last word is inserted. */
  async end(): Promise<void> {
    this.session.end();
    await this.done;
    assert.deepEqual(this.failures, []);
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
    this.utterances.dispose();
  }
}
