import { execFile } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { SAMPLE_RATE } from '../../../src/core/units';
import type { WeightKind } from '../../support/random-model';
import { type Chart, distribution, type Series, writeCharts } from '../chart';
import { builtPlainAddon } from '../plain';
import { row } from '../results';
import type { BenchContext, Section } from '../section';
import type { Job, Measurement } from './job';
import { ALL_THREADS, bestAddon, callsOf, jobCommon, measure, medianMs, roundsOf } from './measure';
import { shortWindows, type Timed } from './turns';

const run = promisify(execFile);
/** Whisper's whole window. */
const LONG_SECONDS = 30;
const FULL_AUDIO_CTX = 0;
/** How much faster than a plain install the engine has to be. */
const SPEED_UP_GOAL = 8;

/** The plain build needs ten seconds for a call on f16. */
const KINDS = { full: ['f16', 'q8_0'], quick: ['q8_0'] } as const;

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
    const series: Series[] = [];
    for (const kind of context.quick ? KINDS.quick : KINDS.full) {
      if (plain === undefined) continue;
      const compared = await compare(context, kind, plain, ours);
      rows.push(...compared.rows);
      series.push(...compared.series);
    }
    const short = await shortWindows(context, ours);
    if (!context.quick) writeCharts(context.root, 'engine', charts(series, short.series));
    return [...rows, ...short.rows];
  },
};

function charts(builds: readonly Series[], short: readonly Series[]): Chart[] {
  const axes = { x: 'ms', y: '% of calls' };
  return [
    {
      title: `Calls on ${LONG_SECONDS} s of audio, tiny.en, ${ALL_THREADS} threads`,
      ...axes,
      series: builds,
    },
    { title: 'Calls on 5 s of audio, q8_0, as drafts and confirmations make them', ...axes, series: short },
  ];
}

/** 30 s of audio, 2 threads, tiny.en: both builds in turns. */
async function compare(context: BenchContext, kind: WeightKind, plain: string, ours: string): Promise<Timed> {
  const job = (addon: string): Job => ({
    ...jobCommon(context, 'tiny.en', kind),
    addon,
    samples: LONG_SECONDS * SAMPLE_RATE,
    threads: ALL_THREADS,
    audioCtx: FULL_AUDIO_CTX,
  });
  const plainRuns: Measurement[] = [];
  const ourRuns: Measurement[] = [];
  const rounds = roundsOf(context);
  for (let round = 1; round <= rounds; round++) {
    context.say(`tiny.en ${kind}, ${LONG_SECONDS} s of audio, round ${round} of ${rounds}`);
    plainRuns.push(await measure(job(plain)));
    ourRuns.push(await measure(job(ours)));
  }
  const figure = `engine.tiny.en-${kind}.${LONG_SECONDS}s.${ALL_THREADS}threads`;
  const plainMs = medianMs(plainRuns);
  const ourMs = medianMs(ourRuns);
  return {
    rows: [
      row(`${figure}.plain`, plainMs, 'ms'),
      row(`${figure}.ours`, ourMs, 'ms'),
      row(`${figure}.speed_up`, plainMs / ourMs, 'times', { atLeast: SPEED_UP_GOAL }),
    ],
    series: [
      distribution(`${kind}, a plain install`, callsOf(plainRuns)),
      distribution(`${kind}, this project's`, callsOf(ourRuns)),
    ],
  };
}

/** smart-whisper as `npm install` compiles it; made on demand. */
async function plainAddon({ root, say }: BenchContext): Promise<string> {
  say('looking for the plain build of smart-whisper (compiled on first use, which takes a few minutes)');
  const { stdout } = await run(process.execPath, [path.join(root, 'scripts', 'native', 'build-plain.mjs')], {
    cwd: root,
  });
  return stdout.trim();
}
