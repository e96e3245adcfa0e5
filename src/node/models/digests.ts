import { createHash, randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';

const READ_CHUNK_BYTES = 1024 * 1024;
/**
 * A file changed less than this before it was hashed is not remembered: a second change within the granularity of the
 * file system's clock would leave no trace (2 s on FAT, the coarsest).
 */
const SETTLED_MS = 2_000;

const Remembered = v.object({
  bytes: v.number(),
  mtimeMs: v.number(),
  ctimeMs: v.number(),
  inode: v.number(),
  sha256: v.string(),
});
type Remembered = v.InferOutput<typeof Remembered>;
const CacheFile = v.object({ version: v.literal(1), files: v.record(v.string(), Remembered) });

/** SHA-256 of files, remembered between starts. */
export interface Digests {
  /** SHA-256 of the file as 64 hexadecimal digits. */
  sha256(file: string): Promise<string>;
}

/**
 * SHA-256 of files, remembered in the JSON file `cacheFile` so that half a gigabyte is not read at every start.
 *
 * What is remembered is only "the file with this path, size, inode, modification and change time had this digest"; it is compared with the
 * catalogue's pin each time anew. Changing a file's content changes its change time, which programs cannot set back, so an
 * edited or bit-copied file is hashed again. Not covered: silent decay of the disk, and an attacker who may write
 * the cache itself; whoever can do that can replace the program too. An unreadable cache is an empty one.
 */
export function createDigests(cacheFile: string, now: () => number = Date.now): Digests {
  return {
    async sha256(file) {
      const key = path.resolve(file);
      const before = await stat(file);
      const known = (await readCache(cacheFile))[key];
      if (known && same(known, before)) return known.sha256;
      const sha256 = await hashFile(file);
      const after = await stat(file);
      const entry = identityOf(after, sha256);
      if (same(entry, before) && now() - Math.max(after.mtimeMs, after.ctimeMs) > SETTLED_MS) {
        await remember(cacheFile, key, entry);
      }
      return sha256;
    },
  };
}

/** SHA-256 of a file, read in order. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: READ_CHUNK_BYTES })) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

function identityOf(stats: Stats, sha256: string): Remembered {
  return {
    bytes: stats.size,
    mtimeMs: stats.mtimeMs,
    ctimeMs: stats.ctimeMs,
    inode: stats.ino,
    sha256,
  };
}

function same(known: Remembered, stats: Stats): boolean {
  return (
    known.bytes === stats.size &&
    known.mtimeMs === stats.mtimeMs &&
    known.ctimeMs === stats.ctimeMs &&
    known.inode === stats.ino
  );
}

async function readCache(cacheFile: string): Promise<Readonly<Record<string, Remembered>>> {
  try {
    const parsed = v.safeParse(CacheFile, JSON.parse(await readFile(cacheFile, 'utf8')));
    return parsed.success ? parsed.output.files : {};
  } catch {
    return {};
  }
}

/** Adds an entry. Two processes may lose each other's entry, which costs a second hashing and nothing else. */
async function remember(cacheFile: string, key: string, entry: Remembered): Promise<void> {
  const temporary = `${cacheFile}.${randomUUID()}`;
  try {
    await mkdir(path.dirname(cacheFile), { recursive: true });
    const files = { ...(await readCache(cacheFile)), [key]: entry };
    await writeFile(temporary, JSON.stringify({ version: 1, files }, undefined, 1));
    await rename(temporary, cacheFile);
  } catch {
    // A folder that cannot be written only means that the file is hashed again next time.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
