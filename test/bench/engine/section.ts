import { execFile } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { SAMPLE_RATE } from '../../../src/core/units';
import { builtVariants, thisMachine } from '../../../src/engine/native';
import { pickVariant } from '../../../src/engine/cpu-levels';
import { audioContext } from '../../../src/engine/params';
import { type ModelShape, type WeightKind, randomModel } from '../../support/random-model';
import { builtPlainAddon } from '../plain';
import { type Row, median, row } from '../results';
import type { BenchContext, Section } from '../section';
import type { Job, Measurement } from './job';

const run = promisify(execFile);
/** Whisper's whole window. */
const LONG_SECONDS = 30;
/** A window as drafts have it. */
const SHORT_SECONDS = 5;
const LONG_THREADS = 2;
/** Every call decodes exactly this many tokens (and the end): a random model never ends by itself. */
const MAX_TOKENS = 32;
const FULL_AUDIO_CTX = 0;
/** Largest window of any model; `audioContext` asks for it. */
const MODEL = { audioCtx: 1_500 };
/** How much faster than a plain install the engine has to be. */
const SPEED_UP_GOAL = 8;

/** Processes per build, and timed calls in each. */
const ROUNDS = { full: 5, quick: 2 };
const CALLS = { full: 2, quick: 1 };

/**
 * The addon of this project against the one that `npm install smart-whisper` compiles, on models of real shapes with random
 * weights. The builds take turns, each time in a new process, so that whatever else the machine does hits both; medians.
 */
export const engine: Section = {
  name: 'engine',
  about: 'time of the speech engine, against a plain npm install of smart-whisper',
  async run(context) {
    const rows = [row('engine.load_average', os.loadavg()[0] ?? NaN, 'processes')];
    // Compiling it takes minutes: not for a first look.
    const plain = context.quick ? builtPlainAddon(context.root) : await plainAddon(context);
    const ours = bestAddon(context);
    if (plain === undefined) context.say('without the plain build of smart-whisper: a full run compiles it');
    for (const kind of ['f16', 'q8_0'] as const)
      if (plain !== undefined) rows.push(...(await compare(context, kind, plain, ours)));
    rows.push(...(await shortWindow(context, ours, 'tiny.en', 1)));
    rows.push(...(await shortWindow(context, ours, 'small.en', 1)));
    rows.push(...(await shortWindow(context, ours, 'small.en', 2)));
    return rows;
  },
};

/** 30 s of audio, 2 threads, tiny.en: both builds in turns. */
async function compare(context: BenchContext, kind: WeightKind, plain: string, ours: string): Promise<Row[]> {
  const job = (addon: string): Job => ({
    ...common(context, 'tiny.en', kind),
    addon,
    samples: LONG_SECONDS * SAMPLE_RATE,
    threads: LONG_THREADS,
    audioCtx: FULL_AUDIO_CTX,
  });
  const plainRuns: Measurement[] = [];
  const ourRuns: Measurement[] = [];
  const rounds = context.quick ? ROUNDS.quick : ROUNDS.full;
  for (let round = 1; round <= rounds; round++) {
    context.say(`tiny.en ${kind}, ${LONG_SECONDS} s of audio, round ${round} of ${rounds}`);
    plainRuns.push(await measure(job(plain)));
    ourRuns.push(await measure(job(ours)));
  }
  const figure = `engine.tiny.en-${kind}.${LONG_SECONDS}s.${LONG_THREADS}threads`;
  const plainMs = medianMs(plainRuns);
  const ourMs = medianMs(ourRuns);
  return [
    row(`${figure}.plain`, plainMs, 'ms'),
    row(`${figure}.ours`, ourMs, 'ms'),
    row(`${figure}.speed_up`, plainMs / ourMs, 'times', { atLeast: SPEED_UP_GOAL }),
  ];
}

/** 5 s of audio with the trimmed encoder window that drafts use. */
async function shortWindow(
  context: BenchContext,
  addon: string,
  shape: ModelShape,
  threads: number,
): Promise<Row[]> {
  const samples = SHORT_SECONDS * SAMPLE_RATE;
  const audioCtx = audioContext(samples, MODEL);
  const runs: Measurement[] = [];
  const rounds = context.quick ? ROUNDS.quick : ROUNDS.full;
  context.say(`${shape} q8_0, ${SHORT_SECONDS} s of audio, ${threads} thread(s)`);
  for (let round = 1; round <= rounds; round++) {
    runs.push(await measure({ ...common(context, shape, 'q8_0'), addon, samples, threads, audioCtx }));
  }
  const figure = `engine.${shape}-q8_0.${SHORT_SECONDS}s.${threads}thread${threads === 1 ? '' : 's'}`;
  return [
    row(`${figure}.ours`, medianMs(runs), 'ms'),
    row(`${figure}.ours.peak_memory`, median(runs.map((measurement) => measurement.peakMiB)), 'MiB'),
  ];
}

function common({ root, quick }: BenchContext, shape: ModelShape, kind: WeightKind) {
  const headerFrom = path.join(root, 'models', 'embedded', 'heavy.bin');
  return {
    model: randomModel(path.join(root, '.cache', 'bench-models'), { shape, kind, headerFrom }),
    recording: path.join(root, 'test', 'fixtures', 'recordings', 'long40.wav'),
    maxTokens: MAX_TOKENS,
    calls: quick ? CALLS.quick : CALLS.full,
  };
}

/** Runs a job in a process of its own, without whisper.cpp's chatter. */
async function measure(job: Job): Promise<Measurement> {
  const child = path.join(__dirname, 'transcribe.child.js');
  const env = { ...process.env, NODE_ENV: 'production' };
  const { stdout } = await run(process.execPath, [child, JSON.stringify(job)], { env });
  const measurement = JSON.parse(stdout) as Measurement;
  if (measurement.tokens !== MAX_TOKENS + 1) {
    throw new Error(
      `${job.addon} decoded ${measurement.tokens} tokens instead of ${MAX_TOKENS + 1}: not comparable`,
    );
  }
  return measurement;
}

const medianMs = (runs: readonly Measurement[]): number =>
  median(runs.flatMap((measurement) => measurement.ms));

/** smart-whisper as `npm install` compiles it; made on demand. */
async function plainAddon({ root, say }: BenchContext): Promise<string> {
  say('looking for the plain build of smart-whisper (compiled on first use, which takes a few minutes)');
  const { stdout } = await run(process.execPath, [path.join(root, 'scripts', 'native', 'build-plain.mjs')], {
    cwd: root,
  });
  return stdout.trim();
}

function bestAddon({ root, say }: BenchContext): string {
  const folder = path.join(root, 'dist', 'native');
  const variant = pickVariant(thisMachine(folder), builtVariants(folder));
  say(`ours: ${variant}`);
  return path.join(folder, variant, 'smart-whisper.node');
}
