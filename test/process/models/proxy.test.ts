import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { environmentFetch } from '../../../src/node/models/environment-fetch';
import { CONTENT, download, DownloadFixture, failure } from './download-fixture';
import { serve } from './file-server';

let fixture: DownloadFixture;
let proxy: Server;
let address: string;
let tunnels: string[];
let refuse: boolean;
const sockets = new Set<Socket>();

beforeEach(async () => {
  fixture = new DownloadFixture();
  await fixture.store((request, response) => serve(CONTENT, request, response));
  tunnels = [];
  refuse = false;
  proxy = createServer((_, response) => response.writeHead(400).end());
  proxy.on('connect', (request, client: Socket) => {
    sockets.add(client);
    tunnels.push(request.url ?? '');
    if (refuse) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    const server = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      server.pipe(client).pipe(server);
    });
    sockets.add(server);
    server.on('error', () => client.destroy());
    client.on('error', () => server.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await new Promise((resolve) => proxy.close(resolve));
  await fixture.dispose();
});

const mirror = (): string => fixture.server?.origin ?? '';

describe('a download with proxies in the environment', () => {
  it.each(['http_proxy', 'HTTP_PROXY'])('goes through %s', async (name) => {
    await download(fixture.storeFrom(mirror(), {}, environmentFetch({ [name]: address })));
    expect(tunnels).toEqual([new URL(mirror()).host]);
    expect(fixture.server?.requests).toHaveLength(1);
  });

  it('goes directly where NO_PROXY says so', async () => {
    const env = { http_proxy: address, NO_PROXY: '127.0.0.1' };
    await download(fixture.storeFrom(mirror(), {}, environmentFetch(env)));
    expect(tunnels).toEqual([]);
    expect(fixture.server?.requests).toHaveLength(1);
  });

  it('tells that the proxy wants a login', async () => {
    refuse = true;
    const store = fixture.storeFrom(mirror(), {}, environmentFetch({ http_proxy: address }));
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
