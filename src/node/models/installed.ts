import { stat } from 'node:fs/promises';
import type { DictationError } from '../../core/errors';
import { isDictationError } from '../../core/errors';
import type { CatalogEntry } from './catalog';
import type { Digests } from './digests';
import { formatBytes, modelCorrupt, modelMissing, modelTruncated, modelUnreadable } from './errors';

/** State of a pinned model's file on disk. */
export type Installed =
  | { readonly state: 'sound' }
  | { readonly state: 'absent' }
  | { readonly state: 'broken'; readonly error: DictationError };

/** Checks the file at `path` against the size and the SHA-256 that the catalogue pins. Never throws. */
export async function checkInstalled(
  entry: CatalogEntry,
  path: string,
  digests: Digests,
): Promise<Installed> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return broken(modelCorrupt(path, 'it is not a file'));
    if (stats.size < entry.bytes) {
      const detail = `it has ${formatBytes(stats.size)} of ${formatBytes(entry.bytes)}`;
      return broken(modelTruncated(path, detail));
    }
    if (stats.size > entry.bytes) return broken(modelCorrupt(path, 'it is larger than the published file'));
    if ((await digests.sha256(path)) !== entry.sha256) {
      return broken(modelCorrupt(path, 'its SHA-256 is not the published one'));
    }
    return { state: 'sound' };
  } catch (error) {
    if (isFileMissing(error)) return { state: 'absent' };
    return broken(isDictationError(error) ? error : modelUnreadable(path, error));
  }
}

/** As {@link checkInstalled}, but anything other than a sound file is thrown. */
export async function requireInstalled(entry: CatalogEntry, path: string, digests: Digests): Promise<void> {
  const installed = await checkInstalled(entry, path, digests);
  if (installed.state === 'broken') throw installed.error;
  if (installed.state === 'absent') throw modelMissing(entry.name);
}

/** True for the error of a path that leads nowhere. */
export function isFileMissing(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** `code` of a Node system error, or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function broken(error: DictationError): Installed {
  return { state: 'broken', error };
}
