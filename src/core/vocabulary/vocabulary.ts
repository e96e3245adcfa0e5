import { wordKey } from '../text/rules/heard';
import type { NamePlace, NameSource, WordAt } from '../text/rules/types';
import { CONFIDENT } from './confidence';
import { distanceOf, NOWHERE, type Focus } from './focus';
import { isShaped, NameIndex } from './name-index';
import { NameMatcher } from './name-matcher';

/** What the vocabulary is built with. */
export interface VocabularyOptions {
  /** Ordinary words of the language (English); without them names are matched by their letters only. */
  readonly ordinaryWords?: ReadonlySet<string>;
  /** Confidence from which words are respelt, 0…1. */
  readonly confident?: number;
}

/** A name and how near to the anchor it is. */
export interface NearbyName {
  readonly text: string;
  /** 0 near the anchor or the user's own, 1 in its document, 2 in an open one. */
  readonly distance: number;
  /** Documents that have it: the fewer, the less a model knows it. */
  readonly documents: number;
  readonly own: boolean;
}

/** The names of a project and how they are said; turns heard words into them where that is sure. */
export class Vocabulary implements NameSource {
  private readonly index = new NameIndex();
  private readonly ordinary: ReadonlySet<string> | undefined;
  private readonly matcher: NameMatcher;
  private focused: Focus = NOWHERE;

  constructor({ ordinaryWords, confident = CONFIDENT }: VocabularyOptions = {}) {
    this.ordinary = ordinaryWords;
    const { index, ordinary } = this;
    this.matcher = new NameMatcher({ index, ordinary, confident, focus: () => this.focused });
  }

  /** Number of names. */
  get size(): number {
    return this.index.size;
  }

  /** Sets the names of a document (`namesIn` its text), in place of those it had. */
  setDocument(document: string, names: ReadonlyMap<string, number>): void {
    this.index.setDocument(document, names, (name) => this.isWorthIt(name));
  }

  /** {@link setDocument} in small steps: whoever drives them decides how many at a time. */
  entering(document: string, names: ReadonlyMap<string, number>): Iterator<void> {
    return this.index.entering(document, names, (name) => this.isWorthIt(name));
  }

  /** Forgets a document. */
  removeDocument(document: string): void {
    this.index.removeDocument(document);
  }

  /** Adds a word of the user's own; `soundsLike` are ways it is heard, as text. */
  setOwnWord(word: string, soundsLike: readonly string[] = []): void {
    const ways = soundsLike
      .map((way) =>
        way
          .split(/[\s-]+/u)
          .map(wordKey)
          .filter(Boolean),
      )
      .filter((way) => way.length > 0);
    this.index.setOwn(word, ways);
  }

  /** Takes a word of the user's own away. */
  removeOwnWord(word: string): void {
    this.index.removeOwn(word);
  }

  /** Tells where the anchor is. */
  focus(focus: Focus): void {
    this.focused = focus;
  }

  /** Names that one may be talking about: the user's own, those near the anchor, in its document and in open ones. */
  nearby(): readonly NearbyName[] {
    const { document, near, openDocuments } = this.focused;
    const names = new Set(this.index.among(new Set([document, ...openDocuments])));
    for (const text of near) {
      const name = this.index.get(text);
      if (name) names.add(name);
    }
    return [...names].map((name) => ({
      text: name.text,
      distance: distanceOf(name, this.focused),
      documents: name.counts.size,
      own: name.own,
    }));
  }

  match(wordAt: WordAt, at: number, place: NamePlace): ReturnType<NameSource['match']> {
    return this.matcher.match(wordAt, at, place);
  }

  /** A word that is written as it is said and that everybody knows is not worth an entry. */
  private isWorthIt(name: string): boolean {
    return isShaped(name) || !(this.ordinary?.has(name.toLowerCase()) ?? true);
  }
}
