import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Observable } from 'rxjs';
import { asDictationError } from '../../core/errors';
import type { DownloadProgress, Log } from '../../core/ports';
import type { PublishedEntry } from './catalog';
import type { Digests } from './digests';
import { hashFile } from './digests';
import { directoryUnwritable, diskFull, downloadCorrupt, downloadTakenOver, formatBytes } from './errors';
import { checkInstalled, errorCode } from './installed';
import type { HeldLock } from './lock';
import { acquireLock, isHeld } from './lock';
import { paced } from './paced';
import { PartFile, partSize, requireSpace } from './part-file';
import { applyMirror, Transient } from './request';
import { RangesUnusable, transfer } from './transfer';

/** Times and limits of a download. */
export interface DownloadTuning {
  /** No byte for so long counts as a broken connection, ms. */
  readonly stallMs: number;
  /** Tries without progress before giving up: until the first byte of this run (is there a network at all?), and after it. */
  readonly triesBeforeFirstByte: number;
  readonly triesWithoutProgress: number;
  /** Wait before the next try; doubles each time up to the maximum. A server's `Retry-After` counts too, up to the maximum. */
  readonly backoffMs: number;
  readonly maxBackoffMs: number;
  /** At most one progress event per so many ms. */
  readonly progressMs: number;
  readonly lock: { readonly pollMs: number; readonly staleMs: number };
}

const DEFAULT_TUNING: DownloadTuning = {
  stallMs: 30_000,
  triesBeforeFirstByte: 3,
  triesWithoutProgress: 6,
  backoffMs: 1_000,
  maxBackoffMs: 60_000,
  progressMs: 200,
  lock: { pollMs: 1_000, staleMs: 30_000 },
};

/** Kept free beside the file itself: the note, the lock, the digests. */
const RESERVE_BYTES = 1024 * 1024;

/** A try that brought less than this counts as one without progress, so that a trickle does not go on for ever. */
const MIN_PROGRESS_BYTES = 64 * 1024;

/** What a download needs. */
export interface DownloadOptions {
  readonly entry: PublishedEntry;
  readonly directory: string;
  readonly digests: Digests;
  readonly mirror: string | undefined;
  readonly log: Log;
  readonly fetch: typeof fetch;
  readonly tuning?: Partial<DownloadTuning> | undefined;
}

/**
 * Downloads a pinned model: into `FILE.part` (which a later run resumes), verified by size and SHA-256, renamed into
 * place in one step. Several processes may ask at once: one downloads, the others show its progress and find the file.
 * Cold; unsubscribing stops and keeps the part. The last event before completion has all bytes.
 */
export function downloadModel(options: DownloadOptions): Observable<DownloadProgress> {
  const tuning = { ...DEFAULT_TUNING, ...options.tuning };
  const { name, bytes: totalBytes } = options.entry;
  const events = new Observable<DownloadProgress>((subscriber) => {
    const cancel = new AbortController();
    const progress = (receivedBytes: number): void => subscriber.next({ name, receivedBytes, totalBytes });
    run(options, tuning, cancel.signal, progress).then(
      () => subscriber.complete(),
      (error: unknown) => subscriber.error(asDictationError(error, 'model', 'download-failed')),
    );
    return () => cancel.abort();
  });
  return events.pipe(paced(tuning.progressMs));
}

/** True while a process of this machine downloads `target`. */
export function isDownloading(target: string, tuning?: Partial<DownloadTuning>): Promise<boolean> {
  const { lock } = { ...DEFAULT_TUNING, ...tuning };
  return isHeld(lockPath(target), lock.staleMs);
}

/** The file that says who downloads `target`. */
function lockPath(target: string): string {
  return `${target}.lock`;
}

type Progress = (receivedBytes: number) => void;

async function run(
  options: DownloadOptions,
  tuning: DownloadTuning,
  cancelled: AbortSignal,
  progress: Progress,
): Promise<void> {
  const { entry, directory, digests } = options;
  const target = path.join(directory, entry.file);
  const isInstalled = async (): Promise<boolean> =>
    (await checkInstalled(entry, target, digests)).state === 'sound';
  if (await isInstalled()) return progress(entry.bytes);
  const url = applyMirror(entry.url, options.mirror);
  let lock: HeldLock | undefined;
  try {
    await mkdir(directory, { recursive: true });
    const showOther = async (): Promise<void> => progress(await partSize(target));
    lock = await acquireLock(lockPath(target), tuning.lock, cancelled, showOther);
    // Whoever held the lock before may have finished the work.
    if (!(await isInstalled())) {
      const signal = AbortSignal.any([cancelled, lock.lost]);
      await fetchVerified(options, tuning, target, url, signal, progress);
    }
  } catch (error) {
    if (lock?.lost.aborted && !cancelled.aborted) throw downloadTakenOver(entry.name);
    throw await explainDisk(error, directory, entry, target);
  } finally {
    await lock?.release();
  }
  progress(entry.bytes);
}

/** Errors of the file system in words; others as they are. */
async function explainDisk(
  error: unknown,
  directory: string,
  entry: PublishedEntry,
  target: string,
): Promise<unknown> {
  const code = errorCode(error) ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return diskFull(directory, entry.bytes - (await partSize(target)));
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code))
    return directoryUnwritable(directory, error);
  return error;
}

/** Fills the part, checks it and puts it in place; a resumed part that turns out wrong is fetched once more as a whole. */
async function fetchVerified(
  options: DownloadOptions,
  tuning: DownloadTuning,
  target: string,
  url: string,
  signal: AbortSignal,
  progress: Progress,
): Promise<void> {
  const { entry, directory, log } = options;
  const part = await PartFile.open(target, entry.sha256);
  try {
    for (let secondChance = true; ; secondChance = false) {
      if (part.size > entry.bytes) await part.restart();
      progress(part.size);
      await requireSpace(directory, entry.bytes - part.size + RESERVE_BYTES);
      if (part.size < entry.bytes) await fill(options, tuning, part, url, signal, progress);
      await part.sync();
      if ((await hashFile(part.path)) === entry.sha256) break;
      const { pieced } = part;
      await part.restart();
      const detail = 'its SHA-256 is not the published one';
      // One whole answer is what the server has; several pieces may have been of different files.
      if (!secondChance || !pieced) throw downloadCorrupt(entry.name, detail);
      log.warn(`download of ${entry.name}: ${detail}; starting from the beginning`);
    }
  } finally {
    await part.close();
  }
  signal.throwIfAborted();
  await part.promote(target);
  log.info(`downloaded ${entry.name} (${formatBytes(entry.bytes)})`);
}

/** Repeats requests until the part is full. */
async function fill(
  options: DownloadOptions,
  tuning: DownloadTuning,
  part: PartFile,
  url: string,
  signal: AbortSignal,
  progress: Progress,
): Promise<void> {
  const { entry, log } = options;
  let ranges = true;
  let received = false;
  let furthest = part.size;
  let fruitless = 0;
  for (;;) {
    try {
      const onBytes = (): void => {
        received = true;
        progress(part.size);
      };
      await transfer({ ...options, url, part, ranges, signal, stallMs: tuning.stallMs, onBytes });
      return;
    } catch (error) {
      if (error instanceof RangesUnusable) {
        log.warn(`download of ${entry.name}: resuming is not possible (${error.message}); starting over`);
        ranges = false;
        continue;
      }
      if (!(error instanceof Transient)) throw error;
      fruitless = part.size >= furthest + MIN_PROGRESS_BYTES ? 0 : fruitless + 1;
      furthest = Math.max(furthest, part.size);
      const tries = received ? tuning.triesWithoutProgress : tuning.triesBeforeFirstByte;
      const wait = Math.max(tuning.backoffMs * 2 ** Math.max(0, fruitless - 1), error.afterMs ?? 0);
      if (fruitless >= tries || (error.afterMs ?? 0) > tuning.maxBackoffMs) throw error.error;
      log.warn(`download of ${entry.name}: ${error.message} Trying again.`);
      await delay(Math.min(wait, tuning.maxBackoffMs), undefined, { signal }).catch(() =>
        signal.throwIfAborted(),
      );
    }
  }
}
