import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordErrors } from '../../../src/core/measure/wer';
import { installedRecorders } from '../../../src/node/audio/recorder-command';
import type { JsonLine } from '../../../src/node/terminal/json-printer';
import { privateEnv, REPOSITORY, runCli, startCli } from '../../support/cli';
import { descendants, survivors } from '../../support/processes';
import { isInstalled } from '../../support/virtual-microphone';

const recordings = path.join(REPOSITORY, 'test/fixtures/recordings');
const recording = (name: string) => path.join(recordings, `${name}.wav`);
const transcript = (name: string) => readFileSync(path.join(recordings, `${name}.txt`), 'utf8');
const lines = (stdout: string) =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JsonLine);
const confirmedText = (all: readonly JsonLine[]) =>
  all
    .filter((line) => line.confidence === 'confirmed')
    .map((line) => line.text)
    .join(' ');

/** The product's own bound for the embedded pair: a seventh of the words may be wrong on voices it never heard. */
const MAX_WER = 0.15;

let folder: string;
/** No model of the machine's user may take part. */
let env: NodeJS.ProcessEnv;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-cli-'));
  env = privateEnv(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a file', () => {
  it('becomes JSON lines: drafts first, then confirmed text that names the windows it corrects', async () => {
    const { code, stdout, stderr } = await runCli(
      [recording('t06'), '--json', '--heard', '--pace', 'realtime'],
      {
        env,
      },
    );
    // All that a machine with no computing time left may add: it says so itself.
    const notes = stderr.split('\n').filter((line) => line !== '' && !line.includes('slower than speech'));
    expect({ code, notes }).toEqual({ code: 0, notes: [] });
    const all = lines(stdout);
    expect(wordErrors(transcript('t06'), confirmedText(all)).rate).toBeLessThan(MAX_WER);

    for (const line of all) expect(typeof line.heard).toBe('string');

    const drafts = all.filter((line) => line.confidence === 'draft');
    const confirmed = all.filter((line) => line.confidence === 'confirmed');
    // How many there are of each, and whether every utterance has one, is a matter of the machine's speed.
    expect(drafts.length).toBeGreaterThan(0);
    expect(confirmed.length).toBeGreaterThan(0);
    // What is left of a draft behind words that were confirmed, or behind a split, is told anew under its old window.
    const corrected = new Set(confirmed.flatMap((line) => line.corrects_window_ids));
    for (const draft of drafts) {
      expect(corrected).toContain(draft.window_id);
      const later = confirmed.filter((line) => all.indexOf(line) > all.indexOf(draft));
      expect(later.map((line) => line.utterance_id)).toContain(draft.utterance_id);
    }
    const starts = confirmed.map((line) => line.start_ms);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    for (const line of confirmed) expect(line.end_ms).toBeGreaterThan(line.start_ms);
  });

  it('is plain confirmed text in a pipe, and as fast as possible loses nothing', async () => {
    const { code, stdout } = await runCli([recording('long40'), '--pace', 'max'], { env });
    expect(code).toBe(0);
    expect(stdout).not.toContain('\x1b');
    expect(wordErrors(transcript('long40'), stdout).rate).toBeLessThan(MAX_WER);
  });

  it('ends with the figures on request', async () => {
    const { code, stderr } = await runCli([recording('t09'), '--stats'], { env });
    expect(code).toBe(0);
    const stats = JSON.parse(stderr.slice(stderr.indexOf('{'))) as Record<string, unknown>;
    expect(stats).toMatchObject({ commitViolations: 0, unverified: 0, utterances: 1 });
    expect(stats['wer']).toBeLessThan(MAX_WER);
    // How many depends on this machine: `stats-report.test.ts` counts them in virtual time.
    const count = expect.any(Number);
    expect(stats).toMatchObject({ speculation: { kept: count, thrown: count }, disagreed: count });
    expect(stats).toHaveProperty('draftLatencyMs.p50', expect.any(Number));
    expect(stats).toHaveProperty('confirmLatencyMs.p95', expect.any(Number));
    expect(stats).toHaveProperty('cpuPerAudioSecond', expect.any(Number));
    expect(stats).toHaveProperty('processes.heavy.peakRssMb', expect.any(Number));
  });

  // The program of the same name on other systems takes other options.
  const hasTerminal = process.platform === 'linux' && isInstalled('script');
  it.skipIf(!hasTerminal)('is rewritten in place on a terminal', async () => {
    const words = [process.execPath, path.join(REPOSITORY, 'dist/cli.js'), recording('t09')];
    const command = words.map((word) => `'${word}'`).join(' ');
    const { code, stdout } = await runCli(['/dev/null'], {
      env: { ...env, TERM: 'xterm' },
      node: 'script',
      cli: `-qec${command}`,
    });
    expect(code).toBe(0);
    expect(stdout).toContain('\x1b[2m');
    expect(stdout).toContain('\r\x1b[K');
    expect(stdout).toMatch(
      new RegExp(transcript('t09').trim().split(' ').slice(-1)[0]!.replace('.', ''), 'i'),
    );
  });
});

describe('a reader that goes away', () => {
  it('ends the dictation quietly and leaves nothing running', async () => {
    const run = startCli([recording('long40'), '--json'], { env });
    await run.seen(/"draft"/);
    const children = descendants(run.child.pid!);
    run.child.stdout!.destroy();
    run.child.stderr!.destroy();
    expect(await run.result).toMatchObject({ code: 0 });
    expect(await survivors(children)).toEqual([]);
  });
});

describe('bad input', () => {
  const failing = async (args: string[], more: Parameters<typeof runCli>[1] = {}) => {
    const { code, stdout, stderr } = await runCli(args, { env, ...more });
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/\n\s+at /);
    return { code, stderr };
  };

  it('names what is wrong with the command line (2)', async () => {
    expect(await failing(['--pace'])).toMatchObject({ code: 2 });
    expect(await failing([])).toMatchObject({ code: 2, stderr: expect.stringContaining('--mic') });
  });

  it('names a file that is missing or no WAV (2)', async () => {
    expect(await failing(['nowhere.wav'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nowhere.wav'),
    });
    expect(await failing([path.join(REPOSITORY, 'package.json')])).toMatchObject({ code: 2 });
  });

  // SoX is looked for beside the PATH, too, where its installers put it: a contributor's own would be heard.
  const besidePath = installedRecorders({ platform: process.platform, env: { ...process.env, PATH: '' } });
  it.skipIf(besidePath.length > 0)('says how to install a recorder where there is none (3)', async () => {
    const { code, stderr } = await failing(['--mic'], { env: { ...env, PATH: folder } });
    expect(code).toBe(3);
    expect(stderr).toMatch(/install/i);
  });

  it('refuses a model that is unknown, not downloaded, or broken (4)', async () => {
    expect(await failing([recording('t09'), '--heavy', 'nonsense'])).toMatchObject({ code: 4 });
    const half = path.join(folder, 'half.bin');
    writeFileSync(
      half,
      readFileSync(path.join(REPOSITORY, 'models/embedded/heavy.bin')).subarray(0, 3_000_000),
    );
    expect(await failing([recording('t09'), '--heavy', half])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('half.bin'),
    });
  });

  it('says that the native addon is missing (5)', async () => {
    const product = path.join(folder, 'product');
    mkdirSync(path.join(product, 'dist'), { recursive: true });
    const addon = path.join(REPOSITORY, 'dist', 'native');
    const withoutAddon = (file: string) => file !== addon;
    cpSync(path.join(REPOSITORY, 'dist'), path.join(product, 'dist'), {
      recursive: true,
      filter: withoutAddon,
    });
    // A junction needs no rights on Windows; the other systems make a link all the same.
    symlinkSync(path.join(REPOSITORY, 'models'), path.join(product, 'models'), 'junction');
    const { code, stderr } = await failing([recording('t09')], { cli: path.join(product, 'dist/cli.js') });
    expect(code).toBe(5);
    expect(stderr).toMatch(/build:native/);
    const said = stderr.trim().split('\n');
    expect(said).toEqual([...new Set(said)]);
  });
});

describe('interruption', () => {
  // Windows has no signals: there, `kill` ends a process at once, whatever it is asked for.
  const itAsks = it.skipIf(process.platform === 'win32');

  itAsks('once: stops listening, confirms what was said, leaves nothing running', async () => {
    const run = startCli([recording('long40'), '--json'], { env });
    await run.seen(/"draft"/);
    const children = descendants(run.child.pid!);
    expect(children.length).toBeGreaterThanOrEqual(2);
    run.child.kill('SIGINT');
    const { code, stdout } = await run.result;
    expect(code).toBe(0);
    const all = lines(stdout);
    expect(all.at(-1)!.confidence).toBe('confirmed');
    expect(confirmedText(all)).not.toBe('');
    expect(await survivors(children)).toEqual([]);
  });

  itAsks('twice: ends at once and leaves nothing running', async () => {
    const run = startCli([recording('long40'), '--json'], { env });
    await run.seen(/"draft"/);
    const children = descendants(run.child.pid!);
    run.child.kill('SIGINT');
    run.child.kill('SIGTERM');
    expect(await run.result).toMatchObject({ code: 130 });
    expect(await survivors(children)).toEqual([]);
  });

  it('killed: its engines notice and end by themselves', async () => {
    const run = startCli([recording('long40'), '--json'], { env });
    await run.seen(/"draft"/);
    const children = descendants(run.child.pid!);
    run.child.kill('SIGKILL');
    await run.result;
    expect(await survivors(children)).toEqual([]);
  });
});
