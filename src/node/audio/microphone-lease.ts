import { randomUUID } from 'node:crypto';
import {
  type FSWatcher,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { nextTurn, yields } from '../../core/audio/microphone-turns';
import type { Disposable } from '../../core/lifetime';
import type { Log } from '../../core/ports';

/** Some file systems (of networks, of virtual machines) tell of no changes: the folder is also looked at this often, ms. */
const LOOK_MS = 1_000;
/** For the owner alone: it tells when somebody dictates. */
const OWNER_ONLY = { file: 0o600, folder: 0o700 };

const CLAIM = v.object({ id: v.string(), turn: v.number(), pid: v.number(), host: v.string() });
type Claim = v.InferOutput<typeof CLAIM>;

/** What a {@link MicrophoneLease} is made with. */
export interface LeaseOptions {
  /** One folder for all who share the microphone: the user's, on this machine. */
  readonly folder: string;
  readonly log: Log;
  /** Called once, when somebody else has taken the microphone later. */
  readonly onLost: () => void;
}

/**
 * Says that this process listens, by a file in a folder that all share, and notices when another one begins to: the
 * microphone belongs to the last who took it. Nobody waits and nobody is refused, so nothing can lock up: a file whose
 * process is gone counts for nothing and is removed. Where the folder cannot be used, everybody listens.
 */
export class MicrophoneLease implements Disposable {
  private readonly claim: Claim;
  private readonly timer: NodeJS.Timeout;
  private watcher: FSWatcher | undefined;
  private lost = false;
  /** Those who wait until nobody else claims the microphone. */
  private waiting: (() => void)[] = [];

  constructor(private readonly options: LeaseOptions) {
    const id = randomUUID();
    this.claim = { id, turn: 0, pid: process.pid, host: os.hostname() };
    try {
      mkdirSync(options.folder, { recursive: true, mode: OWNER_ONLY.folder });
      this.claim = { ...this.claim, turn: nextTurn(this.others()) };
      this.write();
      this.watcher = watch(options.folder, { persistent: false }, () => this.look());
      this.watcher.on('error', (error) =>
        options.log.debug(`The microphone's folder is not watched: ${error.message}`),
      );
    } catch (error) {
      options.log.warn(`Other windows cannot be told that this one listens: ${String(error)}`);
    }
    this.timer = setInterval(() => this.look(), LOOK_MS);
    this.timer.unref();
    this.look();
  }

  /** True if nobody else claims the microphone now. */
  get isAlone(): boolean {
    return this.others().length === 0;
  }

  /** Resolves when nobody else holds the microphone, at the latest after `limitMs` or when this lease ends. */
  whenAlone(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
      this.look();
    });
  }

  /** The microphone is not used any more. Idempotent. */
  dispose(): void {
    this.rest();
    this.remove(this.claim.id);
  }

  private look(): void {
    const others = this.others();
    if (others.length === 0) this.tellWaiting();
    // What was stopped in this very window still hears the end of its last word: nothing has to yield to its successor.
    const elsewhere = others.filter(({ pid }) => pid !== this.claim.pid);
    if (this.lost || !yields(this.claim, elsewhere)) return;
    this.lost = true;
    this.rest();
    this.options.onLost();
  }

  private tellWaiting(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const tell of waiting) tell();
  }

  private rest(): void {
    this.tellWaiting();
    clearInterval(this.timer);
    this.watcher?.close();
    this.watcher = undefined;
  }

  /** Written beside and renamed: whoever reads it reads all of it. */
  private write(): void {
    const partial = `${this.file(this.claim.id)}.partial`;
    writeFileSync(partial, JSON.stringify(this.claim), { mode: OWNER_ONLY.file });
    renameSync(partial, this.file(this.claim.id));
  }

  /** The other claims of living processes on this machine, whose microphone it is about. */
  private others(): readonly Claim[] {
    const found = readClaims(this.options.folder);
    const here = found.filter(({ id, host }) => id !== this.claim.id && host === this.claim.host);
    const dead = here.filter(({ pid }) => !isAlive(pid));
    for (const { id } of dead) this.remove(id);
    return here.filter((claim) => !dead.includes(claim));
  }

  private remove(id: string): void {
    try {
      rmSync(this.file(id), { force: true });
    } catch (error) {
      this.options.log.debug(`A claim on the microphone cannot be removed: ${String(error)}`);
    }
  }

  private file(id: string): string {
    return path.join(this.options.folder, `${id}.json`);
  }
}

/** Few and tiny files, read once a second while somebody dictates: not worth being asynchronous. */
function readClaims(folder: string): readonly Claim[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    return names.flatMap((name) => readClaim(path.join(folder, name)));
  } catch {
    return []; // the folder is gone: nobody claims anything
  }
}

function readClaim(file: string): readonly Claim[] {
  try {
    const parsed = v.safeParse(CLAIM, JSON.parse(readFileSync(file, 'utf8')));
    // What is named otherwise than it says would be removed under a wrong name.
    return parsed.success && `${parsed.output.id}.json` === path.basename(file) ? [parsed.output] : [];
  } catch {
    return []; // removed meanwhile, or something else's
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user may not be signalled, but lives.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
