import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EngineProcess } from '../../../src/node/engine/process';

/** Makes objects that live for a moment, as answers do, and tells how much room V8 took for young ones at most, MiB. */
const PROGRAM = `
  const v8 = require('node:v8');
  let most = 0;
  for (let round = 0; round < 300; round++) {
    const kept = Array.from({ length: 20_000 }, (_, index) => ({ index }));
    const young = v8.getHeapSpaceStatistics().filter(({ space_name }) => /^new_/.test(space_name));
    const bytes = young.reduce((sum, space) => sum + space.physical_space_size, 0);
    if (kept.length > 0) most = Math.max(most, bytes / 1024 ** 2);
  }
  console.log(most);`;

let folder: string;
let entry: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-young-'));
  entry = path.join(folder, 'entry.cjs');
  writeFileSync(entry, PROGRAM);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('takes no more room for young objects in the course of time, as any other program would', async () => {
  const most = await new Promise<number>((resolve) => {
    new EngineProcess({
      entry,
      priority: 0,
      onMessage: () => undefined,
      onMalformed: () => undefined,
      onLine: (line) => resolve(Number(line)),
      onExit: () => undefined,
    });
  });
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(5);
  expect(Number(execFileSync(process.execPath, [entry], { encoding: 'utf8' }))).toBeGreaterThan(10);
});
