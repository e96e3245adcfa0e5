import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONTENT, download, DownloadFixture, failure } from './download-fixture';
import { serve } from './file-server';

const MEBIBYTE = 2 ** 20;
const FILLER = 'filler';

/** Mounts a file system of `bytes` bytes at `at`; false where that is not allowed. */
function mountTiny(at: string, bytes: number): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', at], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const probe = mkdtempSync(path.join(os.tmpdir(), 'tandem-mount-'));
const canMount = mountTiny(probe, MEBIBYTE);
if (canMount) execFileSync('umount', [probe]);
rmSync(probe, { recursive: true });
if (!canMount) console.warn('SKIPPED: the disk-full tests need the right to mount a tmpfs (root on Linux).');

describe.skipIf(!canMount)('a full disk', () => {
  let mountPoint: string;
  let fixture: DownloadFixture;
  beforeEach(() => {
    mountPoint = mkdtempSync(path.join(os.tmpdir(), 'tandem-tiny-'));
    mountTiny(mountPoint, 3 * MEBIBYTE);
    fixture = new DownloadFixture(path.join(mountPoint, 'models'));
  });
  afterEach(async () => {
    await fixture.dispose();
    execFileSync('umount', [mountPoint]);
    rmSync(mountPoint, { recursive: true });
  });

  /** Leaves `bytes` bytes free. */
  function fill(bytes: number): void {
    const { bavail, bsize } = statfsSync(mountPoint);
    writeFileSync(path.join(mountPoint, FILLER), Buffer.alloc(bavail * bsize - bytes));
  }

  it('is told before anything is requested', async () => {
    const store = await fixture.store((request, response) => serve(CONTENT, request, response));
    fill(MEBIBYTE);
    const error = await failure(store);
    expect(error).toMatchObject({ area: 'model', code: 'disk-full' });
    expect(error.message).toContain(fixture.modelsDir);
    expect(fixture.server?.requests).toHaveLength(0);
  });

  it('that fills up on the way is told, the part is kept, and with room the download goes on', async () => {
    const half = CONTENT.length / 2;
    const store = await fixture.store((request, response, index) => {
      if (index > 0) return serve(CONTENT, request, response);
      response.writeHead(200, { 'content-length': CONTENT.length });
      response.write(CONTENT.subarray(0, half));
      const watch = setInterval(() => {
        if (fixture.partSize() < half) return;
        clearInterval(watch);
        fill(0);
        response.end(CONTENT.subarray(half));
      }, 5);
    });
    expect(await failure(store)).toMatchObject({
      code: 'disk-full',
      hint: expect.stringContaining('goes on'),
    });
    const kept = fixture.partSize();
    expect(kept).toBeGreaterThanOrEqual(half);

    rmSync(path.join(mountPoint, FILLER));
    await download(store);
    expect(fixture.ranges).toEqual([undefined, `bytes=${kept}-`]);
    expect(readFileSync(fixture.file).equals(CONTENT)).toBe(true);
  });

  it('without room for even a lock is told', async () => {
    const store = await fixture.store((request, response) => serve(CONTENT, request, response));
    mkdirSync(fixture.modelsDir);
    fill(0);
    expect(await failure(store)).toMatchObject({ code: 'disk-full' });
  });
});

it('a models folder that cannot be made is told', async () => {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'tandem-folder-'));
  writeFileSync(path.join(scratch, 'models'), 'a file in the way');
  const fixture = new DownloadFixture(path.join(scratch, 'models'));
  const store = await fixture.store((request, response) => serve(CONTENT, request, response));
  expect(await failure(store)).toMatchObject({ area: 'model', code: 'models-directory' });
  await fixture.dispose();
  rmSync(scratch, { recursive: true });
});
