import { wordKey } from '../text/rules/heard';
import type { NamePlace, NameSource, WordAt } from '../text/rules/types';
import { isBetter, suits, type Scored } from './choice';
import { confidence, CONFIDENT, LEAST_LIKENESS, mostConfidence } from './confidence';
import { heardParts } from './heard-parts';
import { isMeant, likenessTo, spellingOf } from './name-likeness';
import { isOrdinary } from './ordinary';
import { isShaped, NameIndex, type Name } from './name-index';
import type { Walk } from './sound-trie';
import { addedSound } from './sound';

/** What the vocabulary is built with. */
export interface VocabularyOptions {
  /** Ordinary words of the language (English); without them names are matched by their letters only. */
  readonly ordinaryWords?: ReadonlySet<string>;
  /** Confidence from which words are respelt, 0…1. */
  readonly confident?: number;
}

/** Where the anchor is, for ranking names by their distance. */
export interface Focus {
  readonly document: string;
  /** Names close to the anchor, e.g. of the enclosing function. */
  readonly near: ReadonlySet<string>;
  readonly openDocuments: ReadonlySet<string>;
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

/** Longest name in words ("send to dead letter queue dot py"). */
const MOST_WORDS = 9;
const NOWHERE: Focus = { document: '', near: new Set(), openDocuments: new Set() };

/** The names of a project and how they are said; turns heard words into them where that is sure. */
export class Vocabulary implements NameSource {
  private readonly index = new NameIndex();
  private readonly ordinary: ReadonlySet<string> | undefined;
  private readonly confident: number;
  private focused: Focus = NOWHERE;

  constructor({ ordinaryWords, confident = CONFIDENT }: VocabularyOptions = {}) {
    this.ordinary = ordinaryWords;
    this.confident = confident;
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
      distance: this.distance(name),
      documents: name.counts.size,
      own: name.own,
    }));
  }

  match(
    wordAt: WordAt,
    at: number,
    place: NamePlace,
  ): { readonly words: number; readonly text: string } | undefined {
    if (this.index.size === 0) return undefined;
    let best: Scored | undefined;
    let walk = this.index.start();
    let sound = '';
    const heard: string[] = [];
    for (let words = 1; words <= MOST_WORDS; words++) {
      const parts = heardParts(wordAt(at + words - 1));
      if (parts.length === 0) break;
      for (const part of parts) {
        const added = addedSound(sound, part);
        heard.push(part);
        sound += added;
        walk = this.index.walk(walk, added);
      }
      for (const scored of this.scoreAll(walk, heard, words, wordAt, at, place)) {
        if (!best || isBetter(scored, best)) best = scored;
      }
      if (!this.index.goesOn(walk)) break;
    }
    return best && { words: best.words, text: best.name.text };
  }

  /** Names that the words from `at` on may mean, those that are sure. */
  private scoreAll(
    walk: Walk<Name>,
    heard: readonly string[],
    words: number,
    wordAt: WordAt,
    at: number,
    place: NamePlace,
  ): readonly Scored[] {
    const candidates = this.index.ends(walk);
    if (candidates.length === 0) return [];
    const ordinary = this.countOrdinary(heard);
    const { codeLike, afterPause } = place;
    // Only looked at where there is a name: looking ahead holds text back.
    const after = codeLike ? '' : wordKey(wordAt(at + words) ?? '');
    const before = afterPause ? '' : wordKey(wordAt(at - 1) ?? '');
    const situation = { heard, before, afterPause, after, ordinary };
    // One ordinary word, and words that no name could be sure for, stay what they are, unless the user says otherwise.
    const single = heard.length === 1 && ordinary > 0;
    const hopeless = heard.length > 1 && !codeLike && mostConfidence(situation) < this.confident;
    const sounds = this.ordinary !== undefined && place.language.toLowerCase().startsWith('en');
    const spelling = spellingOf(heard);
    return candidates.flatMap(({ value: name, errors }) => {
      if ((single || hopeless) && !name.own) return [];
      const alike = likenessTo(name, spelling);
      if (alike < 1 && (!sounds || alike < LEAST_LIKENESS || !isMeant(name, heard, alike))) return [];
      const distance = this.distance(name);
      const evidence = {
        name: name.text,
        written: wordAt(at) ?? '',
        likeness: alike,
        errors,
        codeLike,
        distance,
      };
      const sure = name.own && alike === 1;
      const score = sure ? 1 : confidence({ ...situation, ...evidence, shaped: isShaped(name.text) });
      if (score < this.confident) return [];
      const count = name.counts.get(this.focused.document) ?? 0;
      return [
        { name, words, score, distance, count, suits: suits(name.text, situation.before, after, codeLike) },
      ];
    });
  }

  private distance(name: Name): number {
    const { document, near, openDocuments } = this.focused;
    if (name.own || near.has(name.text)) return 0;
    if (name.counts.has(document)) return 1;
    for (const open of openDocuments) if (name.counts.has(open)) return 2;
    return 3;
  }

  private countOrdinary(words: readonly string[]): number {
    const { ordinary } = this;
    // Without a list every word counts as ordinary: prose is protected.
    return ordinary
      ? words.filter((word) => isOrdinary(word, ordinary) || /^\d+$/u.test(word)).length
      : words.length;
  }

  /** A word that is written as it is said and that everybody knows is not worth an entry. */
  private isWorthIt(name: string): boolean {
    return isShaped(name) || !(this.ordinary?.has(name.toLowerCase()) ?? true);
  }
}
