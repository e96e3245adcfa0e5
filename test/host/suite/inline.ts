import type * as vscode from 'vscode';
import { GhostSteps } from '../../../src/vscode/ghost-steps';
import { Dictation, type DictationOptions } from './dictation';
import { closeEditors, openFile } from './editor';
import { shows } from './files';

/** A file that is dictated into. */
export interface Drafted {
  readonly editor: vscode.TextEditor;
  readonly document: vscode.TextDocument;
  readonly dictation: Dictation;
}

/** Dictations whose drafts stand in the document. */
export interface InlineDictations {
  /** Dictates into an editor. */
  dictate(editor: vscode.TextEditor, options?: Omit<DictationOptions, 'inline'>): Dictation;
  /** Dictates into a new file, at the `|` of its content, until a draft stands there. */
  draftInto(name: string, content: string, draft?: string): Promise<Drafted>;
}

/** For a suite: what a test of it has begun is ended after it, and its editors are closed. */
export function inlineDictations(): InlineDictations {
  let ghosts: GhostSteps;
  let begun: Dictation[];

  beforeEach(() => {
    ghosts = new GhostSteps();
    begun = [];
  });
  afterEach(async () => {
    for (const dictation of begun) await dictation.dispose();
    ghosts.dispose();
    await closeEditors();
  });

  const dictate: InlineDictations['dictate'] = (editor, options = {}) => {
    const dictation = new Dictation(editor, { ...options, inline: ghosts });
    begun.push(dictation);
    return dictation;
  };
  const draftInto: InlineDictations['draftInto'] = async (name, content, draft = 'draft') => {
    const editor = await openFile(name, content);
    const dictation = dictate(editor);
    dictation.session.draft(1, draft);
    const lead = /\S\|/.test(content) ? ' ' : '';
    const trail = /\|\S/.test(content) ? ' ' : '';
    await shows(editor.document, content.replace('|', lead + draft + trail));
    return { editor, document: editor.document, dictation };
  };
  return { dictate, draftInto };
}
