import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { HistoryEntry, HistoryStore } from './history-entry';

/** Files of windows that have not written for so long are taken for abandoned. */
const ABANDONED_MS = 24 * 3_600_000;
/** What was dictated is nobody else's business. */
const OWNER_ONLY = { file: 0o600, folder: 0o700 };

const ENTRY = v.object({
  id: v.string(),
  time: v.number(),
  text: v.string(),
  uri: v.string(),
  offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
  state: v.picklist(['inserted', 'kept', 'draft', 'heard']),
});

/**
 * A folder with one file for each window, so that windows never overwrite one another. A file is replaced atomically: a
 * crash leaves the old or the new one.
 */
export class HistoryFiles implements HistoryStore {
  /** @param window name of this window, usable as a file name */
  constructor(
    private readonly folder: string,
    private readonly window: string,
  ) {}

  async read(): Promise<readonly HistoryEntry[]> {
    const names = await this.names();
    const lists = await Promise.all(names.map((name) => readEntries(path.join(this.folder, name))));
    return lists.flat();
  }

  async write(entries: readonly HistoryEntry[]): Promise<void> {
    const file = path.join(this.folder, `${this.window}.json`);
    if (entries.length === 0) return rm(file, { force: true });
    await mkdir(this.folder, { recursive: true, mode: OWNER_ONLY.folder });
    const partial = `${file}.partial`;
    await writeFile(partial, JSON.stringify(entries), { mode: OWNER_ONLY.file });
    await rename(partial, file);
  }

  async prune(wanted: ReadonlySet<string>): Promise<void> {
    for (const name of await this.names()) {
      const file = path.join(this.folder, name);
      const { mtimeMs } = await stat(file);
      if (name === `${this.window}.json` || Date.now() - mtimeMs < ABANDONED_MS) continue;
      const entries = await readEntries(file);
      if (!entries.some(({ id }) => wanted.has(id))) await rm(file, { force: true });
    }
  }

  /** Removes everything that any window has written. */
  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private async names(): Promise<readonly string[]> {
    try {
      return (await readdir(this.folder)).filter((name) => name.endsWith('.json'));
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }
}

/** The entries of a file; none if it has gone meanwhile or holds something else. */
async function readEntries(file: string): Promise<readonly HistoryEntry[]> {
  try {
    const list = v.safeParse(v.array(v.unknown()), JSON.parse(await readFile(file, 'utf8')));
    if (!list.success) return [];
    return list.output.filter((entry): entry is HistoryEntry => v.is(ENTRY, entry));
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
