import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { errorCode, isFileMissing } from './installed';

const Owner = v.object({ pid: v.number(), host: v.string(), nonce: v.string() });
type Owner = v.InferOutput<typeof Owner>;

/** A lock that is held. */
export interface HeldLock {
  /** Aborted when another process took the lock over (this one was stopped for long); what it guards must not be touched then. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** Times of a lock, ms. */
export interface LockTimes {
  /** Pause between two looks at a lock that another process holds. */
  readonly pollMs: number;
  /** A lock whose sign of life did not change for so long is abandoned. Holders give one three times as often. */
  readonly staleMs: number;
}

/**
 * Takes the lock file `path`, waiting while a living process holds it; `onWait` is called at every look.
 *
 * The file holds the owner's process id and is touched as a sign of life. It counts as abandoned when its process on this
 * machine is gone, or when no sign of life came while this process watched for `staleMs`; watching, not comparing clocks, survives a sleeping
 * computer and skewed file servers. Taking over is by rename, so that of several waiters one wins.
 * @throws the reason of `signal` when aborted, or the file system's error.
 */
export async function acquireLock(
  path: string,
  times: LockTimes,
  signal: AbortSignal,
  onWait: () => Promise<void> | void,
): Promise<HeldLock> {
  const me: Owner = { pid: process.pid, host: os.hostname(), nonce: randomUUID() };
  let watched: { nonce: string | undefined; sign: number; since: number } | undefined;
  for (;;) {
    signal.throwIfAborted();
    if (await create(path, me)) return hold(path, me, times.staleMs / 3);
    const seen = await look(path);
    if (!seen) continue;
    if (!watched || watched.nonce !== seen.owner?.nonce || watched.sign !== seen.sign) {
      watched = { nonce: seen.owner?.nonce, sign: seen.sign, since: performance.now() };
    }
    const silent = performance.now() - watched.since >= times.staleMs;
    if (silent || (seen.owner && isGone(seen.owner))) {
      await takeAway(path, me, seen.owner);
      watched = undefined;
      continue;
    }
    await onWait();
    await delay(times.pollMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/**
 * True if a living process of this machine holds the lock and has given a sign of life within `staleMs`. That of another machine
 * cannot be asked, and counts as gone: this is for telling people, {@link acquireLock} looks closer.
 */
export async function isHeld(path: string, staleMs: number): Promise<boolean> {
  const seen = await look(path);
  if (!seen?.owner || Date.now() - seen.sign > staleMs) return false;
  return seen.owner.host === os.hostname() && !isGone(seen.owner);
}

/** True if the lock did not exist and is now ours. Whoever reads it before it is filled sees a lock without owner and waits. */
async function create(path: string, me: Owner): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(me), { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function look(path: string): Promise<{ owner: Owner | undefined; sign: number } | undefined> {
  try {
    const { mtimeMs } = await stat(path);
    return { owner: parseOwner(await readFile(path, 'utf8')), sign: mtimeMs };
  } catch (error) {
    if (isFileMissing(error)) return undefined;
    throw error;
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    const parsed = v.safeParse(Owner, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

function isGone(owner: Owner): boolean {
  if (owner.host !== os.hostname()) return false;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return errorCode(error) === 'ESRCH';
  }
}

/** Removes an abandoned lock; if it has changed hands meanwhile, it is put back. */
async function takeAway(path: string, me: Owner, abandoned: Owner | undefined): Promise<void> {
  const aside = `${path}.${me.nonce}.old`;
  try {
    await rename(path, aside);
    const taken = parseOwner(await readFile(aside, 'utf8'));
    if (taken && taken.nonce !== abandoned?.nonce) await create(path, taken);
  } catch (error) {
    if (!isFileMissing(error)) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

function hold(path: string, me: Owner, everyMs: number): HeldLock {
  const lost = new AbortController();
  const isMine = async (): Promise<boolean> => (await look(path))?.owner?.nonce === me.nonce;
  let sign: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    sign = (async () => {
      if (!(await isMine())) return lost.abort();
      const now = new Date();
      await utimes(path, now, now);
    })().catch(() => undefined); // A missed sign of life is made up for by the next.
  }, everyMs);
  return {
    lost: lost.signal,
    async release() {
      clearInterval(timer);
      await sign;
      if (await isMine()) await rm(path, { force: true });
    },
  };
}
