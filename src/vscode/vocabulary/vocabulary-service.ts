import type { NameSource, TextRuleOptions } from '../../core/text/rules/types';
import type { ProjectVocabulary, ProjectVocabularyParts } from './project-vocabulary';

/** Parts of a {@link VocabularyService}: what a vocabulary needs, and how it is made. */
export interface VocabularyServiceParts extends Omit<ProjectVocabularyParts, 'ordinaryWords'> {
  /** Reads the list of ordinary words. */
  readonly loadWords: () => Promise<ReadonlySet<string>>;
}

/** Knows names as soon as somebody has dictated: nothing is loaded, read or watched before. */
export class VocabularyService {
  private vocabulary: ProjectVocabulary | undefined;
  private loading: Promise<void> | undefined;
  private disposed = false;

  constructor(private readonly parts: VocabularyServiceParts) {}

  /** A dictation begins at the cursor; returns at once. */
  begin(): void {
    this.loading ??= this.load().catch((error: unknown) => {
      // Dictation works without it; the next one tries again.
      this.loading = undefined;
      this.parts.log.warn(`The project's names cannot be learnt: ${String(error)}`);
    });
    this.update();
  }

  /** Settings have changed; nothing happens before the first dictation. */
  update(): void {
    this.vocabulary?.update();
  }

  /** For the text rules; empty until the names are there. */
  get options(): Pick<TextRuleOptions, 'names'> {
    const names: NameSource | undefined = this.vocabulary?.names;
    return names ? { names } : {};
  }

  /** Names to expect, for a model's prompt; cheap. */
  glossary(): string {
    return this.vocabulary?.glossary() ?? '';
  }

  /** Resolves when everything that is known of is taken in. */
  async idle(): Promise<void> {
    await this.loading;
    await this.vocabulary?.idle();
  }

  dispose(): void {
    this.disposed = true;
    this.vocabulary?.dispose();
  }

  private async load(): Promise<void> {
    // A file of its own: most windows never dictate.
    const [module, ordinaryWords] = await Promise.all([
      import('./project-vocabulary'),
      this.parts.loadWords(),
    ]);
    if (this.disposed) return;
    this.vocabulary = new module.ProjectVocabulary({ ...this.parts, ordinaryWords });
  }
}
