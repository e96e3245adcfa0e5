import { stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Role } from '../../core/model';
import type { Log, ModelOrigin, ResolvedModel } from '../../core/ports';
import { msToSamples } from '../../core/units';
import type { Catalog, CatalogEntry, EmbeddedEntry, PublishedEntry } from './catalog';
import { languagesOf, longestWindowMs } from './catalog';
import type { Digests } from './digests';
import { modelMissing, modelUnknownName } from './errors';
import { inspectGgmlModel } from './ggml-file';
import { checkInstalled, isFileMissing, requireInstalled } from './installed';

/** The name that asks for the embedded model of whichever role. */
const EMBEDDED = 'embedded';

/** What finding a model needs. */
export interface ModelPlaces {
  readonly catalog: Catalog;
  readonly embeddedDir: string;
  readonly modelsDir: string;
  readonly digests: Digests;
  readonly log: Log;
}

/** Finds the model for `role`; see `ModelStore.resolve`. */
export async function resolveModel(places: ModelPlaces, role: Role, wanted?: string): Promise<ResolvedModel> {
  const asked = wanted?.trim();
  if (asked) return resolveWanted(places, role, asked);
  const downloaded = await findDownloaded(places, role);
  if (downloaded) return describe(places, role, downloaded, downloadPath(places, downloaded), 'downloaded');
  return resolveEmbedded(places, role, embeddedFor(places.catalog, role), 'embedded');
}

/** Where the file of a downloadable model belongs. */
export function downloadPath(places: Pick<ModelPlaces, 'modelsDir'>, entry: PublishedEntry): string {
  return path.join(places.modelsDir, entry.file);
}

async function resolveWanted(places: ModelPlaces, role: Role, asked: string): Promise<ResolvedModel> {
  const { catalog } = places;
  const published = catalog.models.find((model) => model.name === asked);
  if (published) {
    const file = downloadPath(places, published);
    await requireInstalled(published, file, places.digests);
    return describe(places, role, published, file, 'setting');
  }
  const embedded =
    asked === EMBEDDED ? embeddedFor(catalog, role) : catalog.embedded.find((model) => model.name === asked);
  if (embedded) return resolveEmbedded(places, role, embedded, 'setting');
  return resolvePath(places, role, asked);
}

async function resolveEmbedded(
  places: ModelPlaces,
  role: Role,
  entry: EmbeddedEntry,
  origin: ModelOrigin,
): Promise<ResolvedModel> {
  const file = path.join(places.embeddedDir, entry.file);
  await requireInstalled(entry, file, places.digests);
  return describe(places, role, entry, file, origin);
}

function embeddedFor(catalog: Catalog, role: Role): EmbeddedEntry {
  // The schema guarantees one for each role.
  return catalog.embedded.find((model) => model.roles.includes(role)) as EmbeddedEntry;
}

/**
 * The best downloaded model for `role`: of the first pair that is complete, else this role's member of any pair, else the
 * other role's. Never an embedded model beside a downloaded one: the embedded ones know synthetic voices only, and would "confirm" real speech into nonsense.
 */
async function findDownloaded(places: ModelPlaces, role: Role): Promise<PublishedEntry | undefined> {
  const { catalog } = places;
  const other: Role = role === 'fast' ? 'heavy' : 'fast';
  const sound = new Map<string, boolean>();
  const usable = async (name: string): Promise<boolean> => {
    const known = sound.get(name);
    if (known !== undefined) return known;
    const answer = await isDownloaded(places, name);
    sound.set(name, answer);
    return answer;
  };
  for (const pair of catalog.pairs) {
    if ((await usable(pair[role])) && (await usable(pair[other]))) return entryOf(catalog, pair[role]);
  }
  for (const member of [role, other]) {
    for (const pair of catalog.pairs) {
      if (await usable(pair[member])) return entryOf(catalog, pair[member]);
    }
  }
  return undefined;
}

function entryOf(catalog: Catalog, name: string): PublishedEntry | undefined {
  return catalog.models.find((model) => model.name === name);
}

/** True if the catalogue's model `name` is downloaded and sound; a broken file is logged and counts as absent. */
export async function isDownloaded(places: ModelPlaces, name: string): Promise<boolean> {
  const entry = entryOf(places.catalog, name);
  if (!entry) return false;
  const installed = await checkInstalled(entry, downloadPath(places, entry), places.digests);
  if (installed.state === 'broken') places.log.warn(installed.error.userText);
  return installed.state === 'sound';
}

/** A model file of the user's own. A known file under another name is recognised by size and digest. */
async function resolvePath(places: ModelPlaces, role: Role, asked: string): Promise<ResolvedModel> {
  const file = path.resolve(asked.replace(/^~(?=[/\\])/, os.homedir()));
  const { catalog } = places;
  let bytes: number;
  try {
    bytes = (await stat(file)).size;
  } catch (error) {
    if (!isFileMissing(error) || /[/\\]|\.bin$/.test(asked)) {
      throw modelMissing(file, 'Check the path in the setting.');
    }
    const names = [EMBEDDED, ...catalog.models.map((model) => model.name)];
    throw modelUnknownName(asked, names);
  }
  for (const entry of [...catalog.models, ...catalog.embedded]) {
    if (entry.bytes === bytes && (await places.digests.sha256(file)) === entry.sha256) {
      return describe(places, role, entry, file, 'setting');
    }
  }
  const info = await inspectGgmlModel(file);
  const allLanguages = Object.values(catalog.languageSets).reduce((a, b) => (b.length > a.length ? b : a));
  return {
    role,
    name: path.basename(file),
    path: file,
    origin: 'setting',
    longestWindow: msToSamples(longestWindowMs(catalog, role)),
    languages: allLanguages.slice(0, info.languages),
  };
}

function describe(
  { catalog }: ModelPlaces,
  role: Role,
  entry: CatalogEntry,
  file: string,
  origin: ModelOrigin,
): ResolvedModel {
  return {
    role,
    name: entry.name,
    path: file,
    origin,
    longestWindow: msToSamples(longestWindowMs(catalog, role, entry)),
    languages: languagesOf(catalog, entry),
  };
}
