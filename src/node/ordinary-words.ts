import { loadWordList } from './word-list';

/** The ordinary English words, read when somebody asks for them; most windows never do. */
export class OrdinaryWords {
  private words: ReadonlySet<string> | undefined;
  private loading: Promise<ReadonlySet<string>> | undefined;

  /** @param file one word a line, lower case */
  constructor(private readonly file: string) {}

  /**
   * Reads the list, once; a failure is forgotten, so that the next one tries again.
   * @throws the file system's error if it cannot be read
   */
  load(): Promise<ReadonlySet<string>> {
    this.loading ??= loadWordList(this.file).then(
      (words) => (this.words = words),
      (error: unknown) => {
        this.loading = undefined;
        throw error;
      },
    );
    return this.loading;
  }

  /** True for a word (lower case) of the list; false for all of them before it is read. */
  readonly has = (word: string): boolean => this.words?.has(word) ?? false;
}
