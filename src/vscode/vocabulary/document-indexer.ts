import { indexSteps } from '../../core/vocabulary/index-steps';
import type { Vocabulary } from '../../core/vocabulary/vocabulary';
import { hasKebabNames, type IndexLimits } from './limits';
import { Slicer, type SliceClock } from './slices';

/** A document to be taken in. */
export interface IndexJob {
  /** What the vocabulary calls it: its address. */
  readonly key: string;
  /** The last part of its path. */
  readonly fileName: string;
  /** Its text as it is now; `undefined` if only its name is worth knowing. A failure counts as that. */
  read(): Promise<string | undefined>;
}

/** What a {@link DocumentIndexer} works with. */
export interface IndexerParts {
  readonly vocabulary: Vocabulary;
  readonly limits: IndexLimits;
  readonly clock: SliceClock;
  /** Called when names have changed. */
  readonly changed?: () => void;
}

/** A job, or `undefined` for a document that is to be forgotten. */
type Waiting = Map<string, IndexJob | undefined>;

/**
 * Takes documents into a vocabulary, one after the other and in small slices. Open documents come first and whatever
 * the limits say; of the others as many as fit.
 */
export class DocumentIndexer {
  private readonly urgent: Waiting = new Map();
  private readonly waiting: Waiting = new Map();
  private readonly bytes = new Map<string, number>();
  private readonly slicer: Slicer;
  private totalBytes = 0;
  private working: Promise<void> | undefined;
  private disposed = false;

  constructor(private readonly parts: IndexerParts) {
    this.slicer = new Slicer(parts.clock);
  }

  /** Documents that were read and count towards the limits. */
  get size(): number {
    return this.bytes.size;
  }

  /** Takes a document in, or again; a job for it that waits or runs is given up. */
  add(job: IndexJob, urgent = false): void {
    this.enqueue(job.key, job, urgent);
  }

  /** Forgets a document. */
  remove(key: string): void {
    this.enqueue(key, undefined, true);
  }

  /** Everything whose address begins so: a folder that is gone. */
  keysUnder(prefix: string): readonly string[] {
    const all = new Set([...this.bytes.keys(), ...this.waiting.keys(), ...this.urgent.keys()]);
    return [...all].filter((key) => key.startsWith(prefix));
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.working) await this.working;
  }

  /** Stops; a slice that runs is the last one. */
  dispose(): void {
    this.disposed = true;
    this.urgent.clear();
    this.waiting.clear();
  }

  private enqueue(key: string, job: IndexJob | undefined, urgent: boolean): void {
    if (this.disposed) return;
    // What is urgent stays urgent: the open document knows more than the file.
    const first = urgent || this.urgent.has(key);
    (first ? this.waiting : this.urgent).delete(key);
    (first ? this.urgent : this.waiting).set(key, job);
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  private async work(): Promise<void> {
    for (;;) {
      const urgent = this.urgent.size > 0;
      const queue = urgent ? this.urgent : this.waiting;
      const [next] = queue;
      if (!next) return;
      const [key, job] = next;
      queue.delete(key);
      const isCancelled = (): boolean => this.disposed || this.urgent.has(key) || this.waiting.has(key);
      if (job) await this.takeIn(job, urgent, isCancelled);
      else await this.forget(key, isCancelled);
      if (this.disposed) return;
      this.parts.changed?.();
    }
  }

  private async takeIn(job: IndexJob, urgent: boolean, isCancelled: () => boolean): Promise<void> {
    const { vocabulary, limits } = this.parts;
    const text = urgent || this.hasRoom(job.key) ? await job.read().catch(() => undefined) : undefined;
    if (isCancelled()) return;
    const length = text?.length ?? 0;
    const fits = urgent || this.totalBytes - this.bytesOf(job.key) + length <= limits.bytes;
    if (vocabulary.size >= limits.names && !urgent && !this.bytes.has(job.key)) return;
    this.count(job.key, fits ? length : 0);
    const read = fits ? (text ?? '') : '';
    const steps = indexSteps(vocabulary, job.key, job.fileName, read, hasKebabNames(job.fileName));
    await this.slicer.run(steps, isCancelled);
  }

  private async forget(key: string, isCancelled: () => boolean): Promise<void> {
    const { vocabulary } = this.parts;
    if (!(await this.slicer.run(vocabulary.entering(key, new Map()), isCancelled))) return;
    vocabulary.removeDocument(key);
    this.totalBytes -= this.bytesOf(key);
    this.bytes.delete(key);
  }

  private hasRoom(key: string): boolean {
    const { files, bytes } = this.parts.limits;
    return this.bytes.has(key) || (this.readFiles < files && this.totalBytes < bytes);
  }

  /** Files with text among those that are known. */
  private readFiles = 0;

  private bytesOf(key: string): number {
    return this.bytes.get(key) ?? 0;
  }

  private count(key: string, bytes: number): void {
    const before = this.bytesOf(key);
    this.totalBytes += bytes - before;
    this.readFiles += Number(bytes > 0) - Number(before > 0);
    this.bytes.set(key, bytes);
  }
}
