import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { environmentFetch } from '../../../src/node/models/environment-fetch';
import { CONTENT, download, DownloadFixture, failure } from './download-fixture';
import { serve } from './file-server';
import { ProxyServer } from './proxy-server';

let fixture: DownloadFixture;
let proxy: ProxyServer;

beforeEach(async () => {
  fixture = new DownloadFixture();
  await fixture.store((request, response) => serve(CONTENT, request, response));
  proxy = await ProxyServer.start();
});
afterEach(async () => {
  await proxy.stop();
  await fixture.dispose();
});

const mirror = (): string => fixture.server?.origin ?? '';

describe('a download with proxies in the environment', () => {
  it.each(['http_proxy', 'HTTP_PROXY'])('goes through %s', async (name) => {
    await download(fixture.storeFrom(mirror(), {}, environmentFetch({ [name]: proxy.address })));
    expect(proxy.targets).toEqual([new URL(mirror()).host]);
    expect(fixture.server?.requests).toHaveLength(1);
  });

  it('goes directly where NO_PROXY says so', async () => {
    const env = { http_proxy: proxy.address, NO_PROXY: '127.0.0.1' };
    await download(fixture.storeFrom(mirror(), {}, environmentFetch(env)));
    expect(proxy.targets).toEqual([]);
    expect(fixture.server?.requests).toHaveLength(1);
  });

  it('tells that the proxy wants a login', async () => {
    proxy.refuse = true;
    const store = fixture.storeFrom(mirror(), {}, environmentFetch({ http_proxy: proxy.address }));
    expect(await failure(store)).toMatchObject({
      code: 'download-blocked',
      hint: expect.stringContaining('HTTPS_PROXY'),
    });
  });

  it('tells that the proxy cannot be reached', async () => {
    const store = fixture.storeFrom(mirror(), {}, environmentFetch({ http_proxy: 'http://127.0.0.1:9' }));
    expect(await failure(store)).toMatchObject({ code: 'download-offline' });
    expect(fixture.server?.requests).toHaveLength(0);
  });
});

it('without proxies the global fetch is used', () => {
  expect(environmentFetch({ PATH: '/bin', no_proxy: 'x' })).toBe(globalThis.fetch);
});
