import path from 'node:path';
import { defer, from, switchMap, type Observable } from 'rxjs';
import type { Role } from '../../core/model';
import type { DownloadProgress, Log, ModelLibrary, ResolvedModel } from '../../core/ports';
import type { Catalog } from './catalog';
import { loadCatalog } from './catalog';
import { createDigests } from './digests';
import type { DownloadTuning } from './download';
import { modelUnknownName } from './errors';
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

const management = () => import('./management');

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
    list: async () => (await management()).listModels(places()),
    installFromFile: async (file) => (await management()).installFromFile(places(), file),
    delete: async (model) => (await management()).deleteModel(places(), model),
    async has(name: string): Promise<boolean> {
      return isDownloaded(places(), name);
    },
    async isDownloading(name: string): Promise<boolean> {
      const entry = catalog().models.find((model) => model.name === name);
      if (!entry) return false;
      const { isDownloading } = await management();
      return isDownloading(downloadPath(places(), entry), options.tuning);
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
        const mirror = options.mirror?.();
        const { modelsDir: directory, log, fetch = globalThis.fetch, tuning } = options;
        return from(management()).pipe(
          switchMap(({ downloadModel }) =>
            downloadModel({ entry, directory, digests, mirror, log, fetch, tuning }),
          ),
        );
      });
    },
  };
}
