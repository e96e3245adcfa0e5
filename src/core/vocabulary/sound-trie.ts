/** A way to say a name, found by its sound. */
export interface Candidate<T> {
  readonly value: T;
  /** Phonemes that differ. */
  readonly errors: number;
}

/** Most nodes have one child or none and hold nothing: what is not there takes no memory. */
interface Node<T> {
  next?: Map<string, Node<T>>;
  values?: Set<T>;
}

interface State<T> {
  readonly node: Node<T>;
  readonly errors: number;
  /** Phonemes of the name so far. */
  readonly depth: number;
}

/** The first sounds must agree: a name that begins otherwise is another name, and few branches stay alive. */
const EXACT_PREFIX = 2;

/** A position in the trie while words are being heard. */
export type Walk<T> = readonly State<T>[];

/**
 * Names by the phonemes of how they are said. A walk takes heard phonemes one by one and keeps every branch that differs in
 * at most `mostErrors` of them (Levenshtein over a trie).
 */
export class SoundTrie<T> {
  private readonly root: Node<T> = {};

  constructor(private readonly mostErrors: number) {}

  add(sound: string, value: T): void {
    let node = this.root;
    for (const phoneme of sound) {
      const child: Node<T> = node.next?.get(phoneme) ?? {};
      (node.next ??= new Map<string, Node<T>>()).set(phoneme, child);
      node = child;
    }
    (node.values ??= new Set()).add(value);
  }

  /** Takes a value out again, with the branches that held only it. */
  remove(sound: string, value: T): void {
    const path: Node<T>[] = [this.root];
    for (const phoneme of sound) {
      const node = path.at(-1)!.next?.get(phoneme);
      if (!node) return;
      path.push(node);
    }
    path.at(-1)!.values?.delete(value);
    for (let depth = path.length - 1; depth > 0; depth--) {
      const { values, next } = path[depth]!;
      if ((values?.size ?? 0) > 0 || (next?.size ?? 0) > 0) return;
      path[depth - 1]!.next?.delete(sound.charAt(depth - 1));
    }
  }

  /** Where a walk begins. */
  start(): Walk<T> {
    return [{ node: this.root, errors: 0, depth: 0 }];
  }

  /** The walk after more phonemes; empty if no name goes on like this. */
  walk(walk: Walk<T>, phonemes: string): Walk<T> {
    let states = walk;
    for (const phoneme of phonemes) states = this.step(states, phoneme);
    return states;
  }

  /** Names that end where the walk is, or one missing phoneme further. */
  ends(walk: Walk<T>): readonly Candidate<T>[] {
    const found = new Map<T, number>();
    const note = (node: Node<T>, errors: number): void => {
      for (const value of node.values ?? []) found.set(value, Math.min(errors, found.get(value) ?? Infinity));
    };
    for (const { node, errors, depth } of walk) {
      note(node, errors);
      if (errors < this.mostErrors && depth >= EXACT_PREFIX) {
        for (const child of node.next?.values() ?? []) note(child, errors + 1);
      }
    }
    return [...found].map(([value, errors]) => ({ value, errors }));
  }

  /** True if some name goes on behind the walk. */
  goesOn(walk: Walk<T>): boolean {
    return walk.some(({ node }) => (node.next?.size ?? 0) > 0);
  }

  private step(states: Walk<T>, phoneme: string): Walk<T> {
    const best = new Map<Node<T>, State<T>>();
    const keep = (state: State<T>): void => {
      const known = best.get(state.node);
      if (!known || known.errors > state.errors) best.set(state.node, state);
    };
    for (const { node, errors, depth } of states) {
      const same = node.next?.get(phoneme);
      if (same) keep({ node: same, errors, depth: depth + 1 });
      if (errors >= this.mostErrors || depth < EXACT_PREFIX) continue;
      // A sound too many, another sound, a sound too few.
      keep({ node, errors: errors + 1, depth });
      for (const child of node.next?.values() ?? []) {
        keep({ node: child, errors: errors + 1, depth: depth + 1 });
        const behind = child.next?.get(phoneme);
        if (behind) keep({ node: behind, errors: errors + 1, depth: depth + 2 });
      }
    }
    return [...best.values()];
  }
}
