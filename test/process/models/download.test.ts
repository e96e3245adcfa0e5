import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONTENT, download, DownloadFixture, expectInstalled, failure, NAME } from './download-fixture';
import { rangeStart, serve } from './file-server';

let fixture: DownloadFixture;
beforeEach(() => {
  fixture = new DownloadFixture();
});
afterEach(() => fixture.dispose());
const HALF = CONTENT.length / 2;

describe('a download', () => {
  it('brings the file, tells its progress, and is not made twice', async () => {
    const store = await fixture.store((request, response) => serve(CONTENT, request, response));
    expect(await store.has(NAME)).toBe(false);
    const progress = await download(store);
    expectInstalled(fixture);
    expect(progress[0]).toEqual({ name: NAME, receivedBytes: 0, totalBytes: CONTENT.length });
    expect(progress.at(-1)?.receivedBytes).toBe(CONTENT.length);
    const received = progress.map((event) => event.receivedBytes);
    expect(received).toEqual([...received].sort((a, b) => a - b));
    expect(fixture.server?.requests[0]?.path).toMatch(
      /^\/ggerganov\/whisper\.cpp\/resolve\/[0-9a-f]{40}\/ggml-/,
    );

    expect(await store.has(NAME)).toBe(true);
    expect(await store.resolve('fast')).toMatchObject({ name: NAME, origin: 'downloaded' });
    expect((await download(store)).map((event) => event.receivedBytes)).toEqual([CONTENT.length]);
    expect(fixture.server?.requests).toHaveLength(1);
  });

  it('throttles its progress', async () => {
    const store = await fixture.store((request, response) => serve(CONTENT, request, response), {
      progressMs: 60_000,
    });
    expect((await download(store)).map((event) => event.receivedBytes)).toEqual([0, CONTENT.length]);
  });

  it('is cold: nothing is asked before someone subscribes', async () => {
    const store = await fixture.store((request, response) => serve(CONTENT, request, response));
    store.download(NAME);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fixture.server?.requests).toHaveLength(0);
    expect(existsSync(fixture.modelsDir)).toBe(false);
  });

  it('replaces a damaged file', async () => {
    const store = await fixture.store((request, response) => serve(CONTENT, request, response));
    mkdirSync(fixture.modelsDir);
    writeFileSync(fixture.file, CONTENT.subarray(1));
    await download(store);
    expectInstalled(fixture);
  });

  it('follows redirections', async () => {
    const store = await fixture.store((request, response, index) => {
      if (index === 0) response.writeHead(302, { location: '/elsewhere?signature=1' }).end();
      else serve(CONTENT, request, response);
    });
    await download(store);
    expectInstalled(fixture);
  });
});

describe('a broken connection', () => {
  it('is resumed where it broke', async () => {
    const store = await fixture.store((request, response, index) =>
      serve(
        CONTENT,
        request,
        response,
        index < 2 ? { ...fixture.cut(200_000), etag: '"v1"' } : { etag: '"v1"' },
      ),
    );
    await download(store);
    expectInstalled(fixture);
    expect(fixture.ranges).toEqual([undefined, 'bytes=200000-', 'bytes=400000-']);
    expect(fixture.server?.requests[1]?.ifRange).toBe('"v1"');
  });

  it('is resumed after a stall', async () => {
    const store = await fixture.store(
      (request, response, index) =>
        serve(CONTENT, request, response, index === 0 ? { stallAfter: HALF } : {}),
      { stallMs: 500 },
    );
    await download(store);
    expectInstalled(fixture);
    expect(fixture.ranges[1]).toMatch(/^bytes=[1-9]\d*-$/);
    expect(fixture.warnings.join()).toContain('no data for 0.5 s');
  });

  it('is resumed when the server announced more than it sent', async () => {
    // The length is true of the file, but the connection ends early each time.
    const store = await fixture.store((request, response, index) =>
      serve(CONTENT, request, response, index < 3 ? fixture.cut(150_000) : {}),
    );
    await download(store);
    expectInstalled(fixture);
  });

  it('starts over when the server knows no ranges', async () => {
    const store = await fixture.store((request, response, index) =>
      serve(CONTENT, request, response, { noRange: true, ...(index === 0 ? fixture.cut(HALF) : {}) }),
    );
    await download(store);
    expectInstalled(fixture);
    expect(fixture.ranges).toEqual([undefined, `bytes=${HALF}-`]);
  });

  it('starts over when the file changed on the server', async () => {
    const store = await fixture.store((request, response, index) => {
      const fault = index === 0 ? { ...fixture.cut(HALF), etag: '"v1"' } : { etag: '"v2"' };
      serve(CONTENT, request, response, fault);
    });
    await download(store);
    expectInstalled(fixture);
  });

  it.each([
    ['another offset', (start: number) => `bytes ${start - 1000}-${CONTENT.length - 1}/${CONTENT.length}`],
    ['no offset', () => undefined],
    ['nonsense', () => 'pages 1-2/3'],
  ])('starts over when a partial answer names %s', async (_, contentRange) => {
    const store = await fixture.store((request, response, index) => {
      const start = rangeStart(request);
      if (start === 0) return serve(CONTENT, request, response, index === 0 ? fixture.cut(HALF) : {});
      const value = contentRange(start);
      response.writeHead(206, value ? { 'content-range': value } : {}).end(CONTENT.subarray(start - 1000));
    });
    await download(store);
    expectInstalled(fixture);
    expect(fixture.ranges).toEqual([undefined, `bytes=${HALF}-`, undefined]);
  });

  it('starts over on "range not satisfiable"', async () => {
    const store = await fixture.store((request, response, index) => {
      if (rangeStart(request) > 0) response.writeHead(416).end();
      else serve(CONTENT, request, response, index === 0 ? fixture.cut(HALF) : {});
    });
    await download(store);
    expectInstalled(fixture);
  });

  it('ends with what to do when no try brings anything', async () => {
    const store = await fixture.store((_, response) => response.destroy());
    const error = await failure(store);
    expect(error).toMatchObject({ area: 'model', code: 'download-offline' });
    expect(error.hint).toContain('goes on where it stopped');
    expect(fixture.server?.requests).toHaveLength(3);
  });

  it('ends when the rest never comes, and keeps what came', async () => {
    const store = await fixture.store((request, response) =>
      rangeStart(request) > 0
        ? void response.destroy()
        : serve(CONTENT, request, response, fixture.cut(HALF)),
    );
    expect(await failure(store)).toMatchObject({ code: 'download-offline' });
    expect(readFileSync(`${fixture.file}.part`).equals(CONTENT.subarray(0, HALF))).toBe(true);
    const again = await fixture.store((request, response) => serve(CONTENT, request, response));
    const progress = await download(again);
    expect(progress[0]?.receivedBytes).toBe(HALF);
    expect(fixture.ranges).toEqual([`bytes=${HALF}-`]);
    expectInstalled(fixture);
  });

  it('ends on a trickle', async () => {
    const store = await fixture.store((request, response) =>
      serve(CONTENT, request, response, fixture.cut(10)),
    );
    expect(await failure(store)).toMatchObject({ code: 'download-offline' });
  });

  it('is told at once when nobody listens', async () => {
    const store = fixture.storeFrom('http://127.0.0.1:9');
    expect(await failure(store)).toMatchObject({
      code: 'download-offline',
      message: expect.stringContaining('127.0.0.1:9'),
    });
  });
});
