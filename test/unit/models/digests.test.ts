import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDigests } from '../../../src/node/models/digests';

let scratch: string;
let file: string;
let cache: string;
beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'tandem-digests-'));
  file = path.join(scratch, 'model.bin');
  cache = path.join(scratch, 'deep', 'digests.json');
  writeFileSync(file, 'one');
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** A clock far enough on that the files count as settled. */
const later = (): number => Date.now() + 60_000;

/** Replaces the remembered digest, so that a use of the memory shows. */
function plant(digest: string): void {
  const json = JSON.parse(readFileSync(cache, 'utf8')) as { files: Record<string, { sha256: string }> };
  Object.values(json.files).forEach((entry) => (entry.sha256 = digest));
  writeFileSync(cache, JSON.stringify(json));
}

it('remembers the digest of an unchanged file', async () => {
  expect(await createDigests(cache, later).sha256(file)).toBe(sha256('one'));
  plant('f'.repeat(64));
  expect(await createDigests(cache, later).sha256(file)).toBe('f'.repeat(64));
});

it('hashes again after a change of the same size, even with the old modification time', async () => {
  const digests = createDigests(cache, later);
  await digests.sha256(file);
  const { atime, mtime } = statSync(file);
  writeFileSync(file, 'two');
  utimesSync(file, atime, mtime);
  expect(statSync(file).mtimeMs).toBeCloseTo(mtime.getTime(), 0);
  expect(await digests.sha256(file)).toBe(sha256('two'));
});

it('hashes again when another file took the place', async () => {
  const digests = createDigests(cache, later);
  await digests.sha256(file);
  rmSync(file);
  writeFileSync(path.join(scratch, 'filler'), ''); // So that the inode is not simply used again.
  writeFileSync(file, 'two');
  expect(await digests.sha256(file)).toBe(sha256('two'));
});

it('does not remember a file that was changed just now', async () => {
  expect(await createDigests(cache).sha256(file)).toBe(sha256('one'));
  expect(existsSync(cache)).toBe(false);
});

it.each(['not JSON', '{"version":2}', '{"version":1,"files":{"x":{}}}'])(
  'takes %s for an empty memory',
  async (text) => {
    mkdirSync(path.dirname(cache));
    writeFileSync(cache, text);
    expect(await createDigests(cache, later).sha256(file)).toBe(sha256('one'));
    plant('f'.repeat(64));
    expect(await createDigests(cache, later).sha256(file)).toBe('f'.repeat(64));
  },
);

it('works without a place to remember', async () => {
  writeFileSync(path.join(scratch, 'deep'), 'a file in the way');
  expect(await createDigests(cache, later).sha256(file)).toBe(sha256('one'));
});
