import { partsOf, spokenForms } from './names';
import { lettersOf, soundOf } from './sound';
import { SoundTrie, type Candidate, type Walk } from './sound-trie';

/** A name of the project. */
export interface Name {
  readonly text: string;
  /** How it is said: letters and sound of each way. */
  readonly forms: readonly { readonly letters: string; readonly sound: string }[];
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
  private readonly documents = new Map<string, readonly string[]>();
  private readonly trie = new SoundTrie<Name>(MOST_ERRORS);

  /**
   * Takes the names of a document in, in place of what it had before. `keep` says which are worth it: words that are
   * written as they are said need no respelling.
   */
  setDocument(document: string, counts: ReadonlyMap<string, number>, keep: (name: string) => boolean): void {
    this.removeDocument(document);
    const kept: string[] = [];
    for (const [text, count] of counts) {
      if (!this.names.has(text) && !keep(text)) continue;
      this.enter(text, spokenForms(text), false).counts.set(document, count);
      kept.push(text);
    }
    this.documents.set(document, kept);
  }

  /** Forgets a document and the names that occur nowhere else. */
  removeDocument(document: string): void {
    for (const text of this.documents.get(document) ?? []) {
      const name = this.names.get(text);
      name?.counts.delete(document);
      if (name && name.counts.size === 0 && !name.own) this.drop(name);
    }
    this.documents.delete(document);
  }

  /** Enters a name of the user's own, said as its parts and in the given ways. */
  setOwn(text: string, ways: readonly (readonly string[])[]): void {
    const counts = this.names.get(text)?.counts;
    const known = this.names.get(text);
    if (known) this.drop(known);
    const entered = this.enter(text, [...ways, ...spokenForms(text)], true);
    for (const [document, count] of counts ?? []) entered.counts.set(document, count);
  }

  /** Takes a name out of the user's own; it stays if a document has it. */
  removeOwn(text: string): void {
    const name = this.names.get(text);
    if (!name?.own) return;
    this.drop(name);
    if (name.counts.size === 0) return;
    const entered = this.enter(text, spokenForms(text), false);
    for (const [document, count] of name.counts) entered.counts.set(document, count);
  }

  get size(): number {
    return this.names.size;
  }

  all(): Iterable<Name> {
    return this.names.values();
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

  private enter(text: string, ways: readonly (readonly string[])[], own: boolean): Name {
    const known = this.names.get(text);
    if (known) return known;
    const spoken = ways.map((way) => ({ letters: lettersOf(way), sound: soundOf(way) }));
    // Heard as one word its letters sound otherwise at the seams: "github" has a th.
    const joined = spoken.slice(0, 1).map(({ letters }) => ({ letters, sound: soundOf([letters]) }));
    const forms = [...spoken, ...joined];
    const name: Name = { text, forms, counts: new Map(), own };
    this.names.set(text, name);
    for (const { sound } of forms) if (sound.length >= SHORTEST_SOUND || own) this.trie.add(sound, name);
    return name;
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
