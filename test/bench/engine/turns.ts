import type { Role } from '../../../src/core/model';
import { SAMPLE_RATE } from '../../../src/core/units';
import { audioContext } from '../../../src/engine/params';
import type { ModelShape } from '../../support/random-model';
import { distribution, type Series } from '../chart';
import { median, type Row, row } from '../results';
import type { BenchContext } from '../section';
import type { Job } from './job';
import {
  ALL_THREADS,
  bestAddon,
  callsOf,
  jobCommon,
  measure,
  measureBeside,
  medianMs,
  MODEL,
  repeated,
} from './measure';

/** A window as drafts have it. */
const SHORT_SECONDS = 5;
/** The shapes of the models that a tandem is made of. */
const SHAPES = { fast: 'tiny.en', heavy: 'small.en' } as const;

/** What a call of a role gains, in times, if the models take turns and have all threads of two cores each. */
export function turnsFigure(role: Role): string {
  return `engine.taking_turns.${role}.speed_up`;
}

/** Figures, and a curve of the calls behind each. */
export interface Timed {
  readonly rows: readonly Row[];
  readonly series: readonly Series[];
}

/** Calls on a short window: each model alone on one thread, and what it gains if both take turns. */
export async function shortWindows(context: BenchContext, addon: string): Promise<Timed> {
  const all: Timed[] = [];
  for (const shape of [SHAPES.fast, SHAPES.heavy]) all.push(await alone(context, addon, shape, 1));
  // A first look can do without: it takes as long as all the rest.
  if (!context.quick) all.push(await takingTurns(context, addon));
  return { rows: all.flatMap(({ rows }) => rows), series: all.flatMap(({ series }) => series) };
}

/** Only what taking turns gains. */
export async function measureTurns(context: BenchContext): Promise<readonly Row[]> {
  return (await takingTurns(context, bestAddon(context))).rows;
}

/** What taking turns gains: each model alone with both threads, against each with one thread while the other one works, too. */
async function takingTurns(context: BenchContext, addon: string): Promise<Timed> {
  const rows: Row[] = [];
  const series: Series[] = [];
  for (const [role, other] of [
    ['fast', 'heavy'],
    ['heavy', 'fast'],
  ] as const) {
    const both = await alone(context, addon, SHAPES[role], ALL_THREADS);
    context.say(`${SHAPES[role]} q8_0, 1 thread, beside ${SHAPES[other]}`);
    const job = shortJob(context, addon, SHAPES[role], 1);
    const runs = await repeated(context, () =>
      measureBeside(job, shortJob(context, addon, SHAPES[other], 1)),
    );
    const besideMs = medianMs(runs);
    rows.push(
      ...both.rows,
      row(`${shortFigure(SHAPES[role], 1)}.side_by_side`, besideMs, 'ms'),
      row(turnsFigure(role), besideMs / both.ms, 'times'),
    );
    series.push(...both.series, distribution(`${SHAPES[role]}, side by side`, callsOf(runs)));
  }
  return { rows, series };
}

/** 5 s of audio with the trimmed encoder window that drafts use, while nothing else works. */
async function alone(
  context: BenchContext,
  addon: string,
  shape: ModelShape,
  threads: number,
): Promise<Timed & { readonly ms: number }> {
  context.say(`${shape} q8_0, ${SHORT_SECONDS} s of audio, ${threads} thread(s)`);
  const runs = await repeated(context, () => measure(shortJob(context, addon, shape, threads)));
  const ms = medianMs(runs);
  const figure = `${shortFigure(shape, threads)}.ours`;
  const rows = [
    row(figure, ms, 'ms'),
    row(`${figure}.first_call`, median(runs.map(({ firstMs }) => firstMs)), 'ms'),
    row(`${figure}.peak_memory`, median(runs.map(({ peakMiB }) => peakMiB)), 'MiB'),
  ];
  return { rows, ms, series: [distribution(`${shape}, ${threads} thread(s)`, callsOf(runs))] };
}

function shortJob(context: BenchContext, addon: string, shape: ModelShape, threads: number): Job {
  const samples = SHORT_SECONDS * SAMPLE_RATE;
  const audioCtx = audioContext(samples, MODEL);
  return { ...jobCommon(context, shape, 'q8_0'), addon, samples, threads, audioCtx };
}

function shortFigure(shape: ModelShape, threads: number): string {
  return `engine.${shape}-q8_0.${SHORT_SECONDS}s.${threads}thread${threads === 1 ? '' : 's'}`;
}
