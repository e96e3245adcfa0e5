import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { diskFull } from './errors';
import { isFileMissing } from './installed';

const Note = v.object({ sha256: v.string(), etag: v.optional(v.string()) });

/** A download under way: `NAME.part` and, beside it, `NAME.part.json` with what is needed to go on with it. */
export class PartFile {
  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    private readonly sha256: string,
    private bytes: number,
    private tag: string | undefined,
    private answers: number,
  ) {}

  /** Opens the part that belongs to `target`, to go on with it, or to start anew if it was begun for another digest. */
  static async open(target: string, sha256: string): Promise<PartFile> {
    const file = partPath(target);
    const note = await readNote(notePath(file));
    if (note?.sha256 !== sha256) await rm(file, { force: true });
    // Not 'a+': Windows refuses to truncate a file opened for appending.
    const handle = await open(file, constants.O_RDWR | constants.O_CREAT);
    const { size } = await handle.stat();
    const part = new PartFile(file, handle, sha256, size, note?.etag, size > 0 ? 1 : 0);
    if (note?.sha256 !== sha256) await part.restart();
    return part;
  }

  /** Bytes received so far. */
  get size(): number {
    return this.bytes;
  }

  /** Strong entity tag of the file that the part was taken from. */
  get etag(): string | undefined {
    return this.bytes > 0 ? this.tag : undefined;
  }

  /** True if it was put together from several answers, which may have been of different files. */
  get pieced(): boolean {
    return this.answers > 1;
  }

  /** What is appended from now on comes from another answer of the server. */
  beginAnswer(): void {
    this.answers++;
  }

  /** Forgets everything received; what comes next carries `etag`. */
  async restart(etag?: string): Promise<void> {
    await this.handle.truncate(0);
    this.bytes = 0;
    this.answers = 0;
    this.tag = etag;
    await writeFile(notePath(this.path), JSON.stringify({ sha256: this.sha256, etag }));
  }

  async append(chunk: Uint8Array): Promise<void> {
    for (let done = 0; done < chunk.length;) {
      const { bytesWritten } = await this.handle.write(chunk, done, chunk.length - done, this.bytes);
      done += bytesWritten;
      this.bytes += bytesWritten;
    }
  }

  /** Closes the file; what was received stays for a resume. */
  async close(): Promise<void> {
    await this.handle.close();
  }

  /** Makes the part, which must be closed and verified, the file itself, in one step. */
  async promote(target: string): Promise<void> {
    await rename(this.path, target);
    await rm(notePath(this.path), { force: true });
  }

  /** Writes through to the disk, so that a power cut after the rename cannot leave a hollow file. */
  async sync(): Promise<void> {
    await this.handle.sync();
  }
}

/** Where the unfinished download of `target` lies. */
export function partPath(target: string): string {
  return `${target}.part`;
}

/** Bytes of the unfinished download of `target`, 0 if there is none. */
export async function partSize(target: string): Promise<number> {
  try {
    return (await stat(partPath(target))).size;
  } catch (error) {
    if (isFileMissing(error)) return 0;
    throw error;
  }
}

/**
 * Checks beforehand that `bytes` more fit into `directory`. A file system that does not tell passes; writing then finds out.
 * @throws DictationError `disk-full`
 */
export async function requireSpace(directory: string, bytes: number): Promise<void> {
  let free: number;
  try {
    const { bavail, bsize } = await statfs(directory);
    free = bavail * bsize;
  } catch {
    return;
  }
  if (free < bytes) throw diskFull(directory, bytes, free);
}

function notePath(part: string): string {
  return `${part}.json`;
}

async function readNote(file: string): Promise<v.InferOutput<typeof Note> | undefined> {
  try {
    const parsed = v.safeParse(Note, JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
