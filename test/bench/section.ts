import type { Row } from './results';

/** What a section may use. */
export interface BenchContext {
  /** Folder of the repository. */
  readonly root: string;
  /** Fewer repetitions: a first look, whose figures are not written down. */
  readonly quick: boolean;
  /** Tells what is going on, on stderr. */
  readonly say: (text: string) => void;
}

/** One subject of measurement: `npm run bench -- <name>`. */
export interface Section {
  readonly name: string;
  readonly about: string;
  run(context: BenchContext): Promise<readonly Row[]>;
}
