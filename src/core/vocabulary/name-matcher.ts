import { wordKey } from '../text/rules/heard';
import type { NamePlace, NameSource, WordAt } from '../text/rules/types';
import { isBetter, suits, type Scored } from './choice';
import { confidence, LEAST_LIKENESS, mostConfidence } from './confidence';
import { distanceOf, type Focus } from './focus';
import { heardParts } from './heard-parts';
import { isShaped, type Name, type NameIndex } from './name-index';
import { isMeant, likenessTo, spellingOf } from './name-likeness';
import { isOrdinary } from './ordinary';
import { addedSound } from './sound';
import type { Walk } from './sound-trie';

/** What a {@link NameMatcher} goes by. */
export interface MatcherParts {
  readonly index: NameIndex;
  /** Ordinary words of the language (English); without them names are matched by their letters only. */
  readonly ordinary: ReadonlySet<string> | undefined;
  /** Confidence from which words are respelt, 0…1. */
  readonly confident: number;
  /** Where the anchor is; asked each time. */
  readonly focus: () => Focus;
}

/** Longest name in words ("send to dead letter queue dot py"). */
const MOST_WORDS = 9;

/** Finds the name that heard words mean, where that is sure. */
export class NameMatcher implements NameSource {
  constructor(private readonly parts: MatcherParts) {}

  match(wordAt: WordAt, at: number, place: NamePlace): ReturnType<NameSource['match']> {
    const { index } = this.parts;
    if (index.size === 0) return undefined;
    let best: Scored | undefined;
    let walk = index.start();
    let sound = '';
    const heard: string[] = [];
    for (let words = 1; words <= MOST_WORDS; words++) {
      const parts = heardParts(wordAt(at + words - 1));
      if (parts.length === 0) break;
      for (const part of parts) {
        const added = addedSound(sound, part);
        heard.push(part);
        sound += added;
        walk = index.walk(walk, added);
      }
      for (const scored of this.scoreAll(walk, heard, words, wordAt, at, place)) {
        if (!best || isBetter(scored, best)) best = scored;
      }
      if (!index.goesOn(walk)) break;
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
    const { index, confident } = this.parts;
    const candidates = index.ends(walk);
    if (candidates.length === 0) return [];
    const focus = this.parts.focus();
    const ordinary = this.countOrdinary(heard);
    const { codeLike, afterPause } = place;
    // Only looked at where there is a name: looking ahead holds text back.
    const after = codeLike ? '' : wordKey(wordAt(at + words) ?? '');
    const before = afterPause ? '' : wordKey(wordAt(at - 1) ?? '');
    const situation = { heard, before, afterPause, after, ordinary };
    // One ordinary word, and words that no name could be sure for, stay what they are, unless the user says otherwise.
    const single = heard.length === 1 && ordinary > 0;
    const hopeless = heard.length > 1 && !codeLike && mostConfidence(situation) < confident;
    const sounds = this.parts.ordinary !== undefined && place.language.toLowerCase().startsWith('en');
    const spelling = spellingOf(heard);
    return candidates.flatMap(({ value: name, errors }) => {
      if ((single || hopeless) && !name.own) return [];
      const alike = likenessTo(name, spelling);
      if (alike < 1 && (!sounds || alike < LEAST_LIKENESS || !isMeant(name, heard, alike))) return [];
      const distance = distanceOf(name, focus);
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
      if (score < confident) return [];
      const count = name.counts.get(focus.document) ?? 0;
      return [
        { name, words, score, distance, count, suits: suits(name.text, situation.before, after, codeLike) },
      ];
    });
  }

  private countOrdinary(words: readonly string[]): number {
    const { ordinary } = this.parts;
    // Without a list every word counts as ordinary: prose is protected.
    return ordinary
      ? words.filter((word) => isOrdinary(word, ordinary) || /^\d+$/u.test(word)).length
      : words.length;
  }
}
