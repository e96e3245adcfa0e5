import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** VS Code reads and compiles this file in every window: only what shows the status bar item and registers commands is in it. */
const MAX_EXTENSION_BYTES = 30_000;
/** What the first command loads, while somebody waits. */
const MAX_DICTATION_BYTES = 300_000;

describe('a release build', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-release-'));
    execFileSync(process.execPath, ['esbuild.mjs', '--release', `--outdir=${folder}`], { stdio: 'pipe' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has a small extension entry (see LAZY in esbuild.mjs for what is large and rarely needed)', () => {
    const size = (name: string) => statSync(path.join(folder, name)).size;
    expect(size('extension.js')).toBeLessThanOrEqual(MAX_EXTENSION_BYTES);
    expect(size('dictation.js')).toBeLessThanOrEqual(MAX_DICTATION_BYTES);
  });

  it('has every file that is loaded late', () => {
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
    const late = scripts.flatMap((name) => [
      ...readFileSync(path.join(folder, name), 'utf8').matchAll(/\brequire\("(\.[^"]+)"\)/g),
    ]);
    expect(late.map(([, file]) => file)).toContain('./proxied-fetch.js');
    for (const [, file = ''] of late) expect(existsSync(path.join(folder, file)), file).toBe(true);
  });

  it('loads a late file in a program that needs it', () => {
    // A proxy that refuses: the answer must tell of the connection, not of a module that cannot be found.
    const proxied = `
      const { proxiedFetch } = require(${JSON.stringify(path.join(folder, 'proxied-fetch.js'))});
      proxiedFetch({ httpProxy: 'http://127.0.0.1:9' })('http://example.invalid/').then(
        () => process.exit(1),
        (error) => process.stdout.write(String(error.cause?.code ?? error)),
      );`;
    const said = execFileSync(process.execPath, ['-e', proxied], { encoding: 'utf8' });
    expect(said).toBe('ECONNREFUSED');
  });
});
