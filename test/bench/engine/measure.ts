import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import { builtVariants, thisMachine } from '../../../src/engine/native';
import { pickVariant } from '../../../src/engine/cpu-levels';
import { engineEnvironment } from '../../../src/node/engine/environment';
import { type ModelShape, randomModel, type WeightKind } from '../../support/random-model';
import { median } from '../results';
import type { BenchContext } from '../section';
import { type Job, type Measurement, WORKING } from './job';

const run = promisify(execFile);
/** The bundle lies beside this one. */
const CHILD = path.join(__dirname, 'transcribe.child.js');
/** Those of a machine with two cores. */
export const ALL_THREADS = 2;
/** Largest window of any model; `audioContext` asks for it. */
export const MODEL = { audioCtx: 1_500 };
/** Every call decodes exactly this many tokens (and the end): a random model never ends by itself. */
const MAX_TOKENS = 32;
/** Processes per figure, and timed calls in each. */
const ROUNDS = { full: 5, quick: 1 };
const CALLS = { full: 2, quick: 1 };
/** Of what a failed process wrote, so many characters tell why. */
const TOLD_CHARACTERS = 2_000;

/** What all jobs on a model of this shape have in common. */
export function jobCommon({ root, quick }: BenchContext, shape: ModelShape, kind: WeightKind) {
  const headerFrom = path.join(root, 'models', 'embedded', 'heavy.bin');
  return {
    model: randomModel(path.join(root, '.cache', 'bench-models'), { shape, kind, headerFrom }),
    recording: path.join(root, 'test', 'fixtures', 'recordings', 'long40.wav'),
    maxTokens: MAX_TOKENS,
    calls: quick ? CALLS.quick : CALLS.full,
  };
}

/** The product's addon for this machine. */
export function bestAddon({ root, say }: BenchContext): string {
  const folder = path.join(root, 'dist', 'native');
  const variant = pickVariant(thisMachine(folder), builtVariants(folder));
  say(`ours: ${variant}`);
  return path.join(folder, variant, 'smart-whisper.node');
}

/** How often each figure is measured. */
export function roundsOf({ quick }: BenchContext): number {
  return quick ? ROUNDS.quick : ROUNDS.full;
}

/** One measurement a round. */
export async function repeated(
  context: BenchContext,
  once: () => Promise<Measurement>,
): Promise<Measurement[]> {
  const runs: Measurement[] = [];
  for (let round = 1; round <= roundsOf(context); round++) runs.push(await once());
  return runs;
}

/** The middle one of all timed calls, ms. */
export function medianMs(runs: readonly Measurement[]): number {
  return median(callsOf(runs));
}

/** All timed calls, ms. */
export function callsOf(runs: readonly Measurement[]): number[] {
  return runs.flatMap(({ ms }) => ms);
}

/** Runs a job in a process of its own, in the environment that the product gives to its engines, without whisper.cpp's chatter. */
export async function measure(job: Job): Promise<Measurement> {
  const { stdout } = await run(process.execPath, [CHILD, JSON.stringify(job)], { env: environment() });
  const measurement = JSON.parse(stdout) as Measurement;
  const decoded = job.maxTokens + 1;
  if (measurement.tokens !== decoded)
    throw new Error(
      `${job.addon} decoded ${measurement.tokens} tokens instead of ${decoded}: not comparable`,
    );
  return measurement;
}

/** Runs a job while another process does nothing but calls of `other`. */
export async function measureBeside(job: Job, other: Job): Promise<Measurement> {
  const child = spawn(process.execPath, [CHILD, JSON.stringify({ ...other, endless: true })], {
    env: environment(),
  });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => {
    told = (told + chunk.toString()).slice(-TOLD_CHARACTERS);
  });
  const gone = once(child, 'exit');
  const died = () => new Error(`the process at work beside the measured one ended by itself: ${told}`);
  try {
    if (!(await isWorking(child))) throw died();
    const measurement = await measure(job);
    // What was measured then was measured alone, at least in part.
    if (child.exitCode !== null || child.signalCode !== null) throw died();
    return measurement;
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
}

/** True once the process is at work, false if it ended before. */
async function isWorking({ stdout }: ChildProcessWithoutNullStreams): Promise<boolean> {
  for await (const chunk of stdout.iterator({ destroyOnReturn: false }))
    if (String(chunk).includes(WORKING)) return true;
  return false;
}

function environment(): NodeJS.ProcessEnv {
  return { ...engineEnvironment(process.env), NODE_ENV: 'production' };
}
