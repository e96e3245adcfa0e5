import * as vscode from 'vscode';
import type { Log } from '../../core/ports';
import type { NameSource } from '../../core/text/rules/types';
import { glossary } from '../../core/vocabulary/glossary';
import type { OwnWord } from '../../core/vocabulary/own-words';
import { Vocabulary } from '../../core/vocabulary/vocabulary';
import { focusAt, symbolFocusAt } from './anchor-focus';
import { OwnWordLists } from './own-word-lists';
import { ProjectIndex, type ProjectScope } from './project-index';

/** What a {@link ProjectVocabulary} works with. */
export interface ProjectVocabularyParts {
  /** Ordinary English words; without them only what is spelt alike is respelt. */
  readonly ordinaryWords: ReadonlySet<string>;
  readonly scope: () => ProjectScope;
  /** True while somebody dictates: the cursor is of no interest otherwise. */
  readonly dictating: () => boolean;
  readonly log: Log;
}

/** The cursor moves with every word; where it is counts when it rests so long, ms. */
const REST_AFTER_MOVE_MS = 500;
/** Names come in by the thousand while the project is read; the glossary follows so often, ms. */
const GLOSSARY_EVERY_MS = 1_000;

/**
 * The names one may be talking about, kept up to date while VS Code runs: the user's own words, the names near the cursor,
 * in open documents and in the workspace.
 */
export class ProjectVocabulary implements vscode.Disposable {
  private readonly vocabulary: Vocabulary;
  private readonly index: ProjectIndex;
  private readonly lists: OwnWordLists;
  private readonly subscription: vscode.Disposable;
  /** The user's own words, and how each is heard. */
  private own: ReadonlyMap<string, string> = new Map();
  private terms = '';
  private glossaryTimer: ReturnType<typeof setTimeout> | undefined;
  private focusTimer: ReturnType<typeof setTimeout> | undefined;
  private focusing: Promise<void> = Promise.resolve();
  private disposed = false;

  constructor(private readonly parts: ProjectVocabularyParts) {
    this.vocabulary = new Vocabulary({ ordinaryWords: parts.ordinaryWords });
    this.index = new ProjectIndex(this.vocabulary, parts.log, () => this.changed());
    this.lists = new OwnWordLists((words) => this.setOwn(words), parts.log);
    this.subscription = vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor === vscode.window.activeTextEditor && parts.dictating()) this.focusSoon();
    });
    this.update();
  }

  /** Respells words that are meant to be names. */
  get names(): NameSource {
    return this.vocabulary;
  }

  /** Names to expect, for a model's prompt; what was prepared last, so that asking costs nothing. */
  glossary(): string {
    return this.terms;
  }

  /** A setting may have changed, and somebody dictates where the cursor is. */
  update(): void {
    this.index.follow(this.parts.scope());
    this.focusNow();
  }

  /** Resolves when everything known of is taken in. */
  async idle(): Promise<void> {
    await this.lists.idle();
    await this.index.idle();
    await this.focusing;
    this.renewGlossary();
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.glossaryTimer);
    clearTimeout(this.focusTimer);
    this.subscription.dispose();
    this.lists.dispose();
    this.index.dispose();
  }

  private setOwn(words: readonly OwnWord[]): void {
    const soundsLike = new Map<string, string[]>();
    for (const word of words)
      soundsLike.set(word.write, [...(soundsLike.get(word.write) ?? []), ...word.soundsLike]);
    for (const word of this.own.keys()) if (!soundsLike.has(word)) this.vocabulary.removeOwnWord(word);
    for (const [word, ways] of soundsLike)
      if (this.own.get(word) !== ways.join('\n')) this.vocabulary.setOwnWord(word, ways);
    this.own = new Map([...soundsLike].map(([word, ways]) => [word, ways.join('\n')]));
    this.changed();
  }

  private focusSoon(): void {
    clearTimeout(this.focusTimer);
    this.focusTimer = setTimeout(() => this.focusNow(), REST_AFTER_MOVE_MS);
  }

  /** At once by the lines around the cursor, and better as soon as a language extension has told its symbols. */
  private focusNow(): void {
    clearTimeout(this.focusTimer);
    const editor = vscode.window.activeTextEditor;
    if (!editor || this.disposed) return;
    this.vocabulary.focus(focusAt(editor));
    this.changed();
    this.focusing = symbolFocusAt(editor).then((focus) => {
      if (this.disposed || vscode.window.activeTextEditor !== editor) return;
      this.vocabulary.focus(focus);
      this.changed();
    });
  }

  private changed(): void {
    if (this.disposed) return;
    this.glossaryTimer ??= setTimeout(() => this.renewGlossary(), GLOSSARY_EVERY_MS);
  }

  private renewGlossary(): void {
    clearTimeout(this.glossaryTimer);
    this.glossaryTimer = undefined;
    if (!this.disposed) this.terms = glossary(this.vocabulary);
  }
}
