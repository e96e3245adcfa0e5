import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userModelsDir } from '../../../src/node/paths';
import { privateEnv, REPOSITORY, runCli } from '../../support/cli';

const NAME = 'tiny.en-q8_0';
const model = readFileSync(path.join(REPOSITORY, 'models/embedded/fast.bin'));

let folder: string;
let server: Server;
let env: NodeJS.ProcessEnv;
let mirror: string;
let served: Buffer = model;

/** A product whose catalogue pins a model of this test's own server. */
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-download-'));
  env = privateEnv(folder);
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete env[name];
  server = createServer((_request, response) => response.end(served)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  mkdirSync(path.join(folder, 'dist'));
  // Downloading is a file of its own that the command line loads.
  for (const name of ['cli.js', 'model-management.js'])
    cpSync(path.join(REPOSITORY, 'dist', name), path.join(folder, 'dist', name));
  const catalog = JSON.parse(readFileSync(path.join(REPOSITORY, 'models/catalog.json'), 'utf8')) as {
    models: { name: string; bytes: number; sha256: string }[];
  };
  const entry = catalog.models.find(({ name }) => name === NAME)!;
  entry.bytes = model.length;
  entry.sha256 = createHash('sha256').update(model).digest('hex');
  mkdirSync(path.join(folder, 'models'));
  writeFileSync(path.join(folder, 'models/catalog.json'), JSON.stringify(catalog));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const download = (...names: string[]) =>
  runCli(['--download', ...names, '--mirror', mirror], { env, cli: path.join(folder, 'dist/cli.js') });

describe('downloading in the terminal', () => {
  const installed = () => path.join(userModelsDir(process.platform, env, folder), `ggml-${NAME}.bin`);

  it('refuses wrong bytes and keeps nothing of them (4)', async () => {
    served = Buffer.alloc(model.length, 1);
    const { code, stderr } = await download(NAME);
    expect(code).toBe(4);
    expect(stderr).toContain(NAME);
    expect(existsSync(installed())).toBe(false);
  });

  it('fetches a model once, told how far it is', async () => {
    served = model;
    const first = await download(NAME);
    expect(first).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining(`${NAME}: done`) });
    expect(first.stderr).toContain('100 %');
    expect(readFileSync(installed()).equals(model)).toBe(true);
    expect(await download(NAME)).toMatchObject({ code: 0, stderr: `${NAME}: already here\n` });
  });

  it('names the models there are when asked for another (4)', async () => {
    expect(await download('gigantic')).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('small.en'),
    });
  });
});
