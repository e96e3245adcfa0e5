import path from 'node:path';
import { defer, type Observable } from 'rxjs';
import type { Role } from '../../core/model';
import type { DownloadProgress, Log, ModelLibrary, ResolvedModel } from '../../core/ports';
import type { Catalog } from './catalog';
import { loadCatalog } from './catalog';
import { createDigests } from './digests';
import type { DownloadTuning } from './download';
import { DEFAULT_TUNING, downloadModel, lockPath } from './download';
import { modelUnknownName } from './errors';
import { deleteModel, installFromFile, listModels } from './library';
import { isHeld } from './lock';
import type { ModelPlaces } from './resolve';
import { downloadPath, isDownloaded, resolveModel } from './resolve';

/** What a model store is made with. */
export interface ModelStoreOptions {
  /** `models/catalog.json`; read at first use. */
  readonly catalogPath: string;
  /** Folder of the models that ship with the product. */
  readonly embeddedDir: string;
  /** Folder of downloaded models; made when something is downloaded. */
  readonly modelsDir: string;
  /**
   * Replaces scheme and host (and may add a path) of the catalogue's addresses, e.g. `https://models.example.org/hf`; asked at every download, so
   * that a changed setting counts at once.
   */
  readonly mirror?: (() => string | undefined) | undefined;
  readonly log: Log;
  /** Default: the global one, which VS Code extends by the user's proxy settings; see `environment-fetch.ts` for the command line. */
  readonly fetch?: typeof fetch | undefined;
  /** Times and limits of downloads, for tests. */
  readonly tuning?: Partial<DownloadTuning>;
}

/** File in the models folder that remembers digests. */
const DIGEST_CACHE = 'digests.json';

/** The models on this machine: finds, checks and downloads them. Makes nothing on disk until something is to be remembered or downloaded. */
export function createModelStore(options: ModelStoreOptions): ModelLibrary {
  const digests = createDigests(path.join(options.modelsDir, DIGEST_CACHE));
  let loaded: Catalog | undefined;
  const catalog = (): Catalog => (loaded ??= loadCatalog(options.catalogPath));
  const places = (): ModelPlaces => ({ ...options, digests, catalog: catalog() });

  return {
    async resolve(role: Role, wanted?: string): Promise<ResolvedModel> {
      const model = await resolveModel(places(), role, wanted);
      options.log.info(`${role} model: ${model.name} (${model.origin})`);
      return model;
    },
    defaultPair() {
      // The schema guarantees a first pair.
      const [pair] = catalog().pairs;
      return [pair?.fast ?? '', pair?.heavy ?? ''];
    },
    pairs: () => catalog().pairs.map(({ fast, heavy }) => ({ fast, heavy })),
    list: async () => listModels(places()),
    installFromFile: async (file) => installFromFile(places(), file),
    delete: async (model) => deleteModel(places(), model),
    async has(name: string): Promise<boolean> {
      return isDownloaded(places(), name);
    },
    async isDownloading(name: string): Promise<boolean> {
      const entry = catalog().models.find((model) => model.name === name);
      const { staleMs } = { ...DEFAULT_TUNING, ...options.tuning }.lock;
      return entry !== undefined && isHeld(lockPath(downloadPath(places(), entry)), staleMs);
    },
    download(name: string): Observable<DownloadProgress> {
      return defer(() => {
        const { models } = catalog();
        const entry = models.find((model) => model.name === name);
        if (!entry) {
          throw modelUnknownName(
            name,
            models.map((model) => model.name),
          );
        }
        return downloadModel({
          entry,
          directory: options.modelsDir,
          digests,
          mirror: options.mirror?.(),
          log: options.log,
          fetch: options.fetch ?? globalThis.fetch,
          tuning: options.tuning,
        });
      });
    },
  };
}
