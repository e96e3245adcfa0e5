import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONTENT, download, DownloadFixture, expectInstalled, failure } from './download-fixture';
import { rangeStart, serve } from './file-server';

let fixture: DownloadFixture;
beforeEach(() => {
  fixture = new DownloadFixture();
});
afterEach(() => fixture.dispose());
const HALF = CONTENT.length / 2;

describe('what is not the file', () => {
  const corrupt = Buffer.from(CONTENT);
  corrupt[HALF]! ^= 1;

  it('is refused by its digest, and nothing is installed', async () => {
    const store = await fixture.store((request, response) => serve(corrupt, request, response));
    expect(await failure(store)).toMatchObject({
      code: 'download-corrupt',
      message: expect.stringContaining('SHA-256'),
    });
    expect(existsSync(fixture.file)).toBe(false);
    expect(fixture.server?.requests).toHaveLength(1);
  });

  it('gets a second chance when pieces of two files were joined', async () => {
    const store = await fixture.store((request, response, index) =>
      serve(
        index === 0 ? corrupt : CONTENT,
        request,
        response,
        index === 0 ? fixture.cut(HALF + 10_000) : {},
      ),
    );
    await download(store);
    expectInstalled(fixture);
    expect(fixture.ranges).toEqual([undefined, `bytes=${HALF + 10_000}-`, undefined]);
  });

  it.each([
    ['fewer', CONTENT.subarray(0, HALF)],
    ['more', Buffer.concat([CONTENT, CONTENT])],
  ])('is refused when the server announces %s bytes, before any is taken', async (_, content) => {
    const store = await fixture.store((request, response) => serve(content, request, response));
    expect(await failure(store)).toMatchObject({
      code: 'download-corrupt',
      message: expect.stringContaining(`${content.length} bytes`),
    });
  });

  it('is refused when more comes than announced by the catalogue', async () => {
    const store = await fixture.store((request, response) =>
      serve(Buffer.concat([CONTENT, CONTENT]), request, response, { noLength: true }),
    );
    expect(await failure(store)).toMatchObject({ code: 'download-corrupt' });
  });

  it('is refused when a partial answer is of a file of another size', async () => {
    const store = await fixture.store((request, response, index) =>
      serve(
        CONTENT,
        request,
        response,
        index === 0 ? fixture.cut(HALF) : { headers: { 'content-range': `bytes ${HALF}-9/10` } },
      ),
    );
    expect(await failure(store)).toMatchObject({ code: 'download-corrupt' });
  });

  it.each(['text/html; charset=utf-8', 'application/octet-stream'])(
    'is refused when it is a web page (%s)',
    async (type) => {
      const store = await fixture.store((_, response) =>
        response
          .writeHead(200, { 'content-type': type })
          .end('<!DOCTYPE html><title>Log in</title>'.padEnd(CONTENT.length)),
      );
      expect(await failure(store)).toMatchObject({
        code: 'download-blocked',
        hint: expect.stringContaining('proxy'),
      });
    },
  );

  it('starts anew when the part was begun for another pin', async () => {
    const cut = await fixture.store((request, response) =>
      rangeStart(request) > 0
        ? void response.destroy()
        : serve(CONTENT, request, response, fixture.cut(HALF)),
    );
    await failure(cut);
    const other = Buffer.from(CONTENT).reverse();
    fixture.pin(other);
    const store = await fixture.store((request, response) => serve(other, request, response));
    await download(store);
    expect(fixture.ranges).toEqual([undefined]);
    expect(readFileSync(fixture.file).equals(other)).toBe(true);
  });
});

describe('an answer with a status', () => {
  it.each([
    [404, 'does not have this file'],
    [403, 'refuses'],
    [401, 'login'],
  ])('%i is final', async (status, hint) => {
    const store = await fixture.store((_, response) => response.writeHead(status).end());
    const error = await failure(store);
    expect(error).toMatchObject({ code: 'download-http', message: expect.stringContaining(String(status)) });
    expect(error.hint).toContain(hint);
    expect(fixture.server?.requests).toHaveLength(1);
  });

  it.each([
    [429, { 'retry-after': '1' }, 900],
    [500, {}, 0],
    [503, {}, 0],
  ])('%i is tried again', async (status, headers, atLeastMs) => {
    const store = await fixture.store((request, response, index) =>
      index === 0 ? void response.writeHead(status, headers).end() : serve(CONTENT, request, response),
    );
    const before = performance.now();
    await download(store);
    expect(performance.now() - before).toBeGreaterThanOrEqual(atLeastMs);
    expectInstalled(fixture);
  });

  it('500 for ever is told', async () => {
    const store = await fixture.store((_, response) => response.writeHead(500).end());
    expect(await failure(store)).toMatchObject({
      code: 'download-http',
      hint: expect.stringContaining('later'),
    });
  });

  it('429 with a long wait is told at once', async () => {
    const store = await fixture.store((_, response) =>
      response.writeHead(429, { 'retry-after': '3600' }).end(),
    );
    expect(await failure(store)).toMatchObject({ code: 'download-http' });
    expect(fixture.server?.requests).toHaveLength(1);
  });
});
