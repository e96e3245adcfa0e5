import type { WordView } from './heard';

interface Node<T> {
  readonly next: Map<string, Node<T>>;
  value?: T;
}

/** A set of spoken phrases, looked up word by word; the longest one wins. */
export class Phrases<T> {
  private readonly root: Node<T> = { next: new Map() };
  private readonly firstWords = this.root.next;

  /** `entries`: phrases as words separated by blanks, in the form of `HeardWord.key`. A later one replaces an equal one. */
  constructor(entries: Iterable<readonly [phrase: string, value: T]>) {
    for (const [phrase, value] of entries) this.add(phrase, value);
  }

  private add(phrase: string, value: T): void {
    let node = this.root;
    for (const word of phrase.split(' ')) {
      const child = node.next.get(word) ?? { next: new Map() };
      node.next.set(word, child);
      node = child;
    }
    node.value = value;
  }

  /** The longest phrase that begins at `index`. A sentence's end inside it (a full stop) does not break it. */
  match(view: WordView, index: number): { readonly words: number; readonly value: T } | undefined {
    let found: { words: number; value: T } | undefined;
    let node: Node<T> | undefined = this.root;
    for (let words = 0; node; words++) {
      if (node.value !== undefined) found = { words, value: node.value };
      if (node.next.size === 0) break;
      node = node.next.get(view.key(index + words));
    }
    return found;
  }

  /** True if some phrase begins with this word. */
  startsWith(word: string): boolean {
    return this.firstWords.has(word);
  }
}
