import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lastValueFrom, toArray } from 'rxjs';
import { expect } from 'vitest';
import type { DictationError } from '../../../src/core/errors';
import type { DownloadProgress, ModelStore } from '../../../src/core/ports';
import type { DownloadTuning } from '../../../src/node/models/download';
import { createModelStore } from '../../../src/node/models/store';
import { FileServer, type Behaviour, type Fault } from './file-server';

const ROOT = path.join(__dirname, '..', '..', '..');

/** Name of the model that {@link DownloadFixture} pins to {@link CONTENT}. */
export const NAME = 'tiny.en-q8_0';
/** Deterministic noise, large enough for several packets and pieces. */
export const CONTENT = Buffer.alloc(600_000, createHash('sha512').update('tandem').digest());
/** Short times, so that tests of waiting need not wait. */
const QUICK: Partial<DownloadTuning> = {
  stallMs: 30_000,
  backoffMs: 5,
  maxBackoffMs: 2_000,
  progressMs: 0,
  lock: { pollMs: 20, staleMs: 1_500 },
};

/** A store whose catalogue pins {@link CONTENT}, an empty models folder, and a server as the mirror. */
export class DownloadFixture {
  readonly scratch = mkdtempSync(path.join(os.tmpdir(), 'tandem-download-'));
  readonly modelsDir: string;
  readonly catalogPath = path.join(this.scratch, 'catalog.json');
  readonly warnings: string[] = [];
  server: FileServer | undefined;

  constructor(modelsDir?: string) {
    this.modelsDir = modelsDir ?? path.join(this.scratch, 'models');
    this.pin(CONTENT);
  }

  get file(): string {
    return path.join(this.modelsDir, `ggml-${NAME}.bin`);
  }

  /** Makes the catalogue expect `content`. */
  pin(content: Buffer): void {
    const catalog = JSON.parse(readFileSync(path.join(ROOT, 'models', 'catalog.json'), 'utf8')) as {
      models: { name: string; bytes: number; sha256: string }[];
    };
    for (const model of catalog.models.filter(({ name }) => name === NAME)) {
      model.bytes = content.length;
      model.sha256 = createHash('sha256').update(content).digest('hex');
    }
    writeFileSync(this.catalogPath, JSON.stringify(catalog));
  }

  /** A store that downloads from a new server with this behaviour. */
  async store(behaviour: Behaviour, tuning: Partial<DownloadTuning> = {}): Promise<ModelStore> {
    await this.server?.stop();
    this.server = await FileServer.start(behaviour);
    return this.storeFrom(this.server.origin, tuning);
  }

  storeFrom(mirror: string, tuning: Partial<DownloadTuning> = {}, fetcher?: typeof fetch): ModelStore {
    const quiet = (): void => undefined;
    return createModelStore({
      catalogPath: this.catalogPath,
      embeddedDir: path.join(ROOT, 'models', 'embedded'),
      modelsDir: this.modelsDir,
      mirror: () => mirror,
      log: { error: quiet, warn: (text) => this.warnings.push(text), info: quiet, debug: quiet },
      tuning: { ...QUICK, ...tuning },
      ...(fetcher ? { fetch: fetcher } : {}),
    });
  }

  /** Names of the files in the models folder. */
  files(): string[] {
    return readdirSync(this.modelsDir)
      .filter((name) => name !== 'digests.json')
      .sort();
  }

  /** Bytes of the unfinished download. */
  partSize(): number {
    const part = `${this.file}.part`;
    return existsSync(part) ? statSync(part).size : 0;
  }

  /** The fault of breaking the connection after `bytes` bytes of an answer. */
  cut(bytes: number): Fault {
    return { cutAfter: bytes, received: () => this.partSize() };
  }

  get ranges(): (string | undefined)[] {
    return this.server?.requests.map((request) => request.range) ?? [];
  }

  async dispose(): Promise<void> {
    await this.server?.stop();
    rmSync(this.scratch, { recursive: true, force: true });
  }
}

/** All progress of a download that is to succeed. */
export function download(store: ModelStore): Promise<DownloadProgress[]> {
  return lastValueFrom(store.download(NAME).pipe(toArray()));
}

/** The error of a download that is to fail. */
export async function failure(store: ModelStore): Promise<DictationError> {
  try {
    await download(store);
  } catch (error) {
    return error as DictationError;
  }
  throw new Error('the download was expected to fail');
}

/** The file is there, whole, and nothing else is left. */
export function expectInstalled(fixture: DownloadFixture): void {
  expect(fixture.files()).toEqual([`ggml-${NAME}.bin`]);
  expect(readFileSync(fixture.file).equals(CONTENT)).toBe(true);
}
