import { spellingOf, type Spelling } from './name-likeness';
import { partsOf, spokenForms } from './names';
import { soundOf } from './sound';
import { SoundTrie, type Candidate, type Walk } from './sound-trie';

/** A name of the project. */
export interface Name {
  readonly text: string;
  /** How it is said: spelling and sound of each way. */
  readonly forms: readonly (Spelling & { readonly sound: string })[];
  /** Its documents, and how often it occurs in each. */
  readonly counts: Map<string, number>;
  /** The user asked for it. */
  readonly own: boolean;
}

/** Phonemes that may differ. */
const MOST_ERRORS = 1;
/** Names said in one or two phonemes are found by chance. */
const SHORTEST_SOUND = 2;

/** All names by sound; documents come and go. */
export class NameIndex {
  private readonly names = new Map<string, Name>();
  private readonly documents = new Map<string, Set<string>>();
  private readonly owns = new Set<string>();
  private readonly trie = new SoundTrie<Name>(MOST_ERRORS);

  /**
   * Takes the names of a document in, in place of what it had before. `keep` says which are worth it: words that are
   * written as they are said need no respelling.
   */
  setDocument(document: string, counts: ReadonlyMap<string, number>, keep: (name: string) => boolean): void {
    for (const _ of this.entering(document, counts, keep));
  }

  /**
   * {@link setDocument} in steps of one name, for whoever must not take long at a time. In between the names that stay are
   * there all the time; a document that is left in the middle has some names too few or too many until it is set again.
   */
  *entering(
    document: string,
    counts: ReadonlyMap<string, number>,
    keep: (name: string) => boolean,
  ): Generator<void, void> {
    const kept = this.documents.get(document) ?? new Set<string>();
    this.documents.set(document, kept);
    for (const [text, count] of counts) {
      if (this.names.has(text) || keep(text)) {
        this.enter(text, spokenForms, false).counts.set(document, count);
        kept.add(text);
      }
      yield;
    }
    for (const text of [...kept].filter((one) => !counts.has(one))) {
      this.leave(text, document);
      kept.delete(text);
      yield;
    }
  }

  /** Forgets a document and the names that occur nowhere else. */
  removeDocument(document: string): void {
    for (const text of this.documents.get(document) ?? []) this.leave(text, document);
    this.documents.delete(document);
  }

  /** Enters a name of the user's own, said as its parts and in the given ways. */
  setOwn(text: string, ways: readonly (readonly string[])[]): void {
    const counts = this.names.get(text)?.counts;
    const known = this.names.get(text);
    if (known) this.drop(known);
    const entered = this.enter(text, () => [...ways, ...spokenForms(text)], true);
    this.owns.add(text);
    for (const [document, count] of counts ?? []) entered.counts.set(document, count);
  }

  /** Takes a name out of the user's own; it stays if a document has it. */
  removeOwn(text: string): void {
    const name = this.names.get(text);
    if (!name?.own) return;
    this.owns.delete(text);
    this.drop(name);
    if (name.counts.size === 0) return;
    const entered = this.enter(text, spokenForms, false);
    for (const [document, count] of name.counts) entered.counts.set(document, count);
  }

  get size(): number {
    return this.names.size;
  }

  /** The user's own names, and those of some documents; a name of several comes several times. */
  *among(documents: Iterable<string>): Generator<Name, void> {
    const lists: Iterable<string>[] = [this.owns];
    for (const document of documents) lists.push(this.documents.get(document) ?? []);
    for (const list of lists)
      for (const text of list) {
        const name = this.names.get(text);
        if (name) yield name;
      }
  }

  get(text: string): Name | undefined {
    return this.names.get(text);
  }

  start(): Walk<Name> {
    return this.trie.start();
  }
  walk(walk: Walk<Name>, phonemes: string): Walk<Name> {
    return this.trie.walk(walk, phonemes);
  }
  ends(walk: Walk<Name>): readonly Candidate<Name>[] {
    return this.trie.ends(walk);
  }
  goesOn(walk: Walk<Name>): boolean {
    return this.trie.goesOn(walk);
  }

  private enter(text: string, waysOf: (text: string) => readonly (readonly string[])[], own: boolean): Name {
    const known = this.names.get(text);
    if (known) return known;
    const spoken = waysOf(text).map((way) => ({ ...spellingOf(way), sound: soundOf(way) }));
    // Heard as one word its letters sound otherwise at the seams: "github" has a th.
    const joined = spoken.slice(0, 1).map((form) => ({ ...form, sound: soundOf([form.letters]) }));
    const forms = [...spoken, ...joined];
    const name: Name = { text, forms, counts: new Map(), own };
    this.names.set(text, name);
    for (const { sound } of forms) if (sound.length >= SHORTEST_SOUND || own) this.trie.add(sound, name);
    return name;
  }

  private leave(text: string, document: string): void {
    const name = this.names.get(text);
    name?.counts.delete(document);
    if (name && name.counts.size === 0 && !name.own) this.drop(name);
  }

  private drop(name: Name): void {
    this.names.delete(name.text);
    for (const { sound } of name.forms) this.trie.remove(sound, name);
  }
}

/** True if a name is written otherwise than its words are said: capitals inside, underscores, dots, all capitals. */
export function isShaped(text: string): boolean {
  return partsOf(text).length > 1 || /^.+\p{Lu}/u.test(text) || /[^\p{L}\p{N}]/u.test(text);
}
