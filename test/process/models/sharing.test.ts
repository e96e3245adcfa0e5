import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { firstValueFrom, filter, type Subscription } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONTENT, download, DownloadFixture, failure, NAME } from './download-fixture';
import { serve } from './file-server';

const ROOT = path.join(__dirname, '..', '..', '..');
let fixture: DownloadFixture;
let children: ChildProcess[];
beforeEach(() => {
  fixture = new DownloadFixture();
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await fixture.dispose();
});

const HALF = CONTENT.length / 2;

/** Starts a process that downloads from the fixture's server. */
function spawnDownload(): ChildProcess {
  const script = path.join(fixture.scratch, 'child.cjs');
  if (!existsSync(script)) {
    buildSync({
      entryPoints: [path.join(__dirname, 'download-child.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      logLevel: 'error',
    });
  }
  const args = [
    fixture.catalogPath,
    path.join(ROOT, 'models', 'embedded'),
    fixture.modelsDir,
    fixture.server?.origin ?? '',
    NAME,
  ];
  const child = fork(script, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
  children.push(child);
  return child;
}

function expectInstalled(): void {
  expect(fixture.files()).toEqual([`ggml-${NAME}.bin`]);
  expect(readFileSync(fixture.file).equals(CONTENT)).toBe(true);
}

/** Waits until `condition` holds; the test's time-out is the limit. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('cancelling', () => {
  it('keeps the part, frees the lock, and the next download goes on', async () => {
    const store = await fixture.store((request, response, index) =>
      serve(CONTENT, request, response, index === 0 ? { stallAfter: HALF } : {}),
    );
    const subscription: Subscription = store.download(NAME).subscribe();
    await until(() => fixture.partSize() === HALF);
    subscription.unsubscribe();
    await until(() => !existsSync(`${fixture.file}.lock`));
    expect(fixture.files()).toEqual([`ggml-${NAME}.bin.part`, `ggml-${NAME}.bin.part.json`]);

    const progress = await download(store);
    expect(progress[0]?.receivedBytes).toBe(HALF);
    expect(fixture.ranges).toEqual([undefined, `bytes=${HALF}-`]);
    expectInstalled();
  });

  it('and starting again at once does not disturb', async () => {
    const store = await fixture.store((request, response, index) =>
      serve(CONTENT, request, response, index === 0 ? { stallAfter: HALF } : {}),
    );
    const some = store.download(NAME).pipe(filter((event) => event.receivedBytes > 0));
    await firstValueFrom(some);
    await download(store);
    expectInstalled();
  });

  it('ends the wait for another try', async () => {
    const store = await fixture.store((_, response) => response.writeHead(503).end(), {
      backoffMs: 60_000,
      maxBackoffMs: 60_000,
    });
    const subscription = store.download(NAME).subscribe();
    await until(() => fixture.warnings.length > 0);
    subscription.unsubscribe();
    await until(() => !existsSync(`${fixture.file}.lock`));
    expect(fixture.server?.requests).toHaveLength(1);
  });
});

describe('several at once', () => {
  it('in one process download one time', async () => {
    const store = await fixture.store((request, response) => serve(CONTENT, request, response));
    await Promise.all([download(store), download(store), download(store)]);
    expectInstalled();
    expect(fixture.server?.requests).toHaveLength(1);
  });

  it('in several processes download one time', async () => {
    await fixture.store((request, response) => serve(CONTENT, request, response));
    const started = [spawnDownload(), spawnDownload(), spawnDownload()];
    const codes = await Promise.all(started.map(async (child) => (await once(child, 'exit'))[0] as number));
    expect(codes).toEqual([0, 0, 0]);
    expectInstalled();
    expect(fixture.server?.requests).toHaveLength(1);
  });

  it('one takes over from a process that was killed, and goes on with its part', async () => {
    const store = await fixture.store(
      (request, response, index) =>
        serve(CONTENT, request, response, index === 0 ? { stallAfter: HALF } : {}),
      // The child gives its signs of life as seldom as the product does.
      { lock: { pollMs: 20, staleMs: 30_000 } },
    );
    const child = spawnDownload();
    await until(() => fixture.partSize() === HALF);
    expect(await store.isDownloading(NAME)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(fixture.files()).toContain(`ggml-${NAME}.bin.lock`);
    expect(await store.isDownloading(NAME), 'its process is gone').toBe(false);
    await download(store);
    expectInstalled();
    expect(fixture.ranges).toEqual([undefined, `bytes=${HALF}-`]);
  });

  it('one shows the progress of the other while it waits', async () => {
    const store = await fixture.store((request, response) =>
      serve(CONTENT, request, response, { stallAfter: HALF }),
    );
    const child = spawnDownload();
    await until(() => fixture.partSize() === HALF);
    const event = await firstValueFrom(store.download(NAME));
    expect(event.receivedBytes).toBe(HALF);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
});

describe('a lock left behind', () => {
  const leave = (text: string): void => {
    mkdirSync(fixture.modelsDir, { recursive: true });
    writeFileSync(`${fixture.file}.lock`, text);
  };

  it.each([
    ['of another machine', JSON.stringify({ pid: 1, host: 'elsewhere', nonce: 'n' })],
    [
      'of a living process that does not hold it',
      JSON.stringify({ pid: 1, host: os.hostname(), nonce: 'n' }),
    ],
    ['that is empty', ''],
  ])('%s is taken over when it shows no sign of life', async (_, text) => {
    const store = await fixture.store((request, response) => serve(CONTENT, request, response));
    leave(text);
    const long = new Date(Date.now() - 60_000);
    utimesSync(`${fixture.file}.lock`, long, long);
    expect(await store.isDownloading(NAME)).toBe(false);
    await download(store);
    expectInstalled();
  });

  it('that another process took away stops this one, and leaves the other alone', async () => {
    const store = await fixture.store((request, response) =>
      serve(CONTENT, request, response, { stallAfter: HALF }),
    );
    const outcome = failure(store);
    await until(() => fixture.partSize() === HALF);
    leave(JSON.stringify({ pid: process.pid, host: 'elsewhere', nonce: 'other' }));
    expect(await outcome).toMatchObject({ area: 'model', code: 'download-busy' });
    expect(fixture.files()).toContain(`ggml-${NAME}.bin.lock`);
  });
});
