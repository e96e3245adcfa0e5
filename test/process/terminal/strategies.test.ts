import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordErrors } from '../../../src/core/measure/wer';
import type { JsonLine } from '../../../src/node/terminal/json-printer';
import { privateEnv, REPOSITORY, runCli, startCli } from '../../support/cli';
import { descendants, survivors } from '../../support/processes';

const recording = (name: string) => path.join(REPOSITORY, 'test/fixtures/recordings', `${name}.wav`);
const transcript = (name: string) => readFileSync(recording(name).replace(/wav$/, 'txt'), 'utf8');
const lines = (stdout: string) =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JsonLine);
const confirmed = (all: readonly JsonLine[]) => all.filter((line) => line.confidence === 'confirmed');
const textOf = (all: readonly JsonLine[]) =>
  confirmed(all)
    .map((line) => line.text)
    .join(' ');

/** As for the pair side by side: a seventh of the words may be wrong on voices the embedded models never heard. */
const MAX_WER = 0.15;
/** A recording of 40 s, each of whose calls waits for another one, on a machine that is busy with something else. */
const PATIENCE_MS = 240_000;

let folder: string;
/** No model of the machine's user may take part. */
let env: NodeJS.ProcessEnv;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-strategies-'));
  env = privateEnv(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['cascaded', 2],
  ['single', 1],
])('%s', (strategy, processes) => {
  it(`runs ${processes} engine process(es), drafts, confirms, and leaves nothing running`, async () => {
    const run = startCli([recording('t13'), '--json', '--strategy', strategy], { env });
    await run.seen(/"draft"/);
    const children = descendants(run.child.pid!);
    expect(children).toHaveLength(processes);
    const { code, stdout, stderr } = await run.result;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const all = lines(stdout);
    expect(wordErrors(transcript('t13'), textOf(all)).rate).toBeLessThan(MAX_WER);
    expect(confirmed(all).every((line) => line.verified === undefined)).toBe(true);
    expect(all.length).toBeGreaterThan(confirmed(all).length);
    expect(await survivors(children)).toEqual([]);
  });

  it(
    'reads a long recording as fast as possible and loses nothing',
    async () => {
      const { code, stdout } = await runCli([recording('long40'), '--pace', 'max', '--strategy', strategy], {
        env,
      });
      expect(code).toBe(0);
      expect(wordErrors(transcript('long40'), stdout).rate).toBeLessThan(MAX_WER);
    },
    PATIENCE_MS,
  );
});

it('counts one model that does both once', async () => {
  const { code, stderr } = await runCli([recording('t09'), '--stats', '--strategy', 'single'], { env });
  expect(code).toBe(0);
  const stats = JSON.parse(stderr.slice(stderr.indexOf('{'))) as { processes: Record<string, unknown> };
  expect(stats).toMatchObject({ commitViolations: 0, unverified: 0, trusted: 0, utterances: 1 });
  expect(stats.processes['fast']).toBeUndefined();
  expect(stats).toHaveProperty('processes.heavy.peakRssMb', expect.any(Number));
});

it('trusts every draft if asked to, and says which text that is', async () => {
  const args = [recording('t09'), '--json', '--skip-confirm-above', '0'];
  const { code, stdout } = await runCli(args, { env });
  expect(code).toBe(0);
  expect(confirmed(lines(stdout)).at(-1)).toMatchObject({ trusted: true });
});
