import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDictationError } from '../../core/errors';
import type { Role } from '../../core/model';
import type { StoredModel } from '../../core/ports';
import { languagesOf, type CatalogEntry, type PublishedEntry } from './catalog';
import { hashFile } from './digests';
import { directoryUnwritable, diskFull, modelCorrupt, modelMissing, modelUnreadable } from './errors';
import { inspectGgmlModel } from './ggml-file';
import { checkInstalled, errorCode, isFileMissing } from './installed';
import { partPath, partSize, requireSpace } from './part-file';
import { downloadPath, type ModelPlaces } from './resolve';

/** Folder, within that of the models, for files that the catalogue does not know. */
const CUSTOM = 'custom';
/** Memory beside the weights: buffers and the state of a call, MiB; as for the catalogue's own models. */
const WORKING_MIB = 200;
const MIB = 1024 * 1024;
const BOTH: readonly Role[] = ['fast', 'heavy'];

/** Every model there is or could be; see `ModelLibrary.list`. Hashes are remembered, so that this is quick the second time. */
export async function listModels(places: ModelPlaces): Promise<readonly StoredModel[]> {
  const { catalog, embeddedDir } = places;
  const published = await Promise.all(catalog.models.map((entry) => describePublished(places, entry)));
  const embedded = catalog.embedded.map((entry) =>
    describeEntry(places, entry, path.join(embeddedDir, entry.file), 'embedded', 0),
  );
  return [...published, ...(await customModels(places)), ...embedded];
}

/** Copies a file into the store; see `ModelLibrary.installFromFile`. Nothing is left behind if it fails. */
export async function installFromFile(places: ModelPlaces, file: string): Promise<StoredModel> {
  const bytes = await sizeOf(file);
  const known = await recognise(places, file, bytes);
  const target = known
    ? downloadPath(places, known)
    : path.join(places.modelsDir, CUSTOM, path.basename(file));
  if (path.resolve(target) !== path.resolve(file)) await copyInto(target, file, bytes);
  if (known) {
    await rm(partPath(target), { force: true });
    return describePublished(places, known);
  }
  return describeCustom(places, target);
}

/** Deletes a model's file and its unfinished download; see `ModelLibrary.delete`. */
export async function deleteModel(places: ModelPlaces, model: StoredModel): Promise<void> {
  const inside = path.relative(places.modelsDir, model.path);
  // Only what the store itself has put there.
  if (inside.startsWith('..') || path.isAbsolute(inside)) return;
  try {
    for (const file of [model.path, partPath(model.path), `${partPath(model.path)}.json`])
      await rm(file, { force: true });
  } catch (error) {
    throw directoryUnwritable(places.modelsDir, error);
  }
}

async function describePublished(places: ModelPlaces, entry: PublishedEntry): Promise<StoredModel> {
  const file = downloadPath(places, entry);
  const { state } = await checkInstalled(entry, file, places.digests);
  if (state === 'sound') return describeEntry(places, entry, file, 'installed', 0);
  if (state === 'broken') return describeEntry(places, entry, file, 'broken', 0);
  const received = await partSize(file).catch(() => 0);
  return describeEntry(places, entry, file, received > 0 ? 'partial' : 'absent', received);
}

function describeEntry(
  { catalog }: ModelPlaces,
  entry: CatalogEntry,
  file: string,
  state: StoredModel['state'],
  receivedBytes: number,
): StoredModel {
  const { name, roles, bytes, ramMiB } = entry;
  return {
    name,
    roles,
    bytes,
    ramMiB,
    languages: languagesOf(catalog, entry),
    state,
    receivedBytes,
    path: file,
  };
}

async function customModels(places: ModelPlaces): Promise<readonly StoredModel[]> {
  const folder = path.join(places.modelsDir, CUSTOM);
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.bin')).sort();
  const models = await Promise.all(
    files.map((name) =>
      describeCustom(places, path.join(folder, name)).catch((error: unknown) => {
        places.log.warn(`A model installed from a file cannot be used: ${String(error)}`);
        return undefined;
      }),
    ),
  );
  return models.filter((model) => model !== undefined);
}

async function describeCustom({ catalog }: ModelPlaces, file: string): Promise<StoredModel> {
  const { languages } = await inspectGgmlModel(file);
  const bytes = await sizeOf(file);
  const all = Object.values(catalog.languageSets).reduce((a, b) => (b.length > a.length ? b : a));
  return {
    name: path.basename(file),
    roles: BOTH,
    bytes,
    ramMiB: Math.round(bytes / MIB) + WORKING_MIB,
    languages: all.slice(0, languages),
    state: 'custom',
    receivedBytes: 0,
    path: file,
  };
}

/**
 * The catalogue's entry that a file is, by size and hash; undefined for a sound model of somebody's own.
 * @throws DictationError if it is no sound model at all
 */
async function recognise(
  { catalog }: ModelPlaces,
  file: string,
  bytes: number,
): Promise<PublishedEntry | undefined> {
  const alike = catalog.models.filter((entry) => entry.bytes === bytes);
  if (alike.length > 0) {
    const sha256 = await hashFile(file).catch((error: unknown) => {
      throw modelUnreadable(file, error);
    });
    const known = alike.find((entry) => entry.sha256 === sha256);
    if (known) return known;
  }
  await inspectGgmlModel(file);
  if (!file.endsWith('.bin')) throw modelCorrupt(file, 'its name does not end in .bin');
  return undefined;
}

async function sizeOf(file: string): Promise<number> {
  try {
    const stats = await stat(file);
    if (!stats.isFile()) throw modelCorrupt(file, 'it is not a file');
    return stats.size;
  } catch (error) {
    if (isDictationError(error)) throw error;
    if (isFileMissing(error)) throw modelMissing(file, 'Check the path.');
    throw modelUnreadable(file, error);
  }
}

/** Copies beside the target and renames, so that no half file ever has the name; checks that the copy is like the original. */
async function copyInto(target: string, source: string, bytes: number): Promise<void> {
  const directory = path.dirname(target);
  const copy = `${target}.${randomUUID()}.copy`;
  try {
    await mkdir(directory, { recursive: true });
    await requireSpace(directory, bytes);
    // Where the file system can, the copy shares its blocks with the original.
    await copyFile(source, copy, constants.COPYFILE_FICLONE);
    if ((await hashFile(copy)) !== (await hashFile(source)))
      throw modelCorrupt(source, 'it changed while it was copied');
    await rename(copy, target);
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'ENOSPC' || code === 'EDQUOT') throw diskFull(directory, bytes);
    if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code))
      throw directoryUnwritable(directory, error);
    throw error;
  } finally {
    await rm(copy, { force: true }).catch(() => undefined);
  }
}
