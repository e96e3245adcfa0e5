import { existsSync, mkdirSync, copyFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DisposalList } from '../../../src/core/lifetime';
import { percentile } from '../../../src/core/measure/percentile';
import { type ThreadBudget, threadBudget } from '../../../src/core/threads';
import { openWavFile } from '../../../src/node/audio/wav-file';
import { type Chart, distribution, writeCharts } from '../chart';
import { dictated, type Measured, watched } from '../dictation';
import { type BenchEngines, costed, type CostedOptions, startPair, startSingle } from '../models';
import { naiveDictation } from '../naive';
import { type Playlist, playlist, wavBytes } from '../playlist';
import { type Row, row } from '../results';
import type { BenchContext, Section } from '../section';

const SHORT_RECORDINGS = Array.from({ length: 18 }, (_, index) => `t${String(index + 1).padStart(2, '0')}`);
const LISTS = {
  full: [...SHORT_RECORDINGS, 'long40'],
  quick: ['t08', 't12', 't18'],
  /** The plain build needs tens of seconds for what takes the tandem one. */
  plain: ['t01', 't08'],
};

/** What is to be reached on two cores. */
const GOALS = {
  draftP50: 450,
  draftP95: 900,
  draftRatio: 1.25,
  confirmP50: 700,
  confirmP95: 1_500,
  acousticP50: 1_300,
  naiveConfirmFactor: 4,
  naiveCpuShare: 0.5,
  loopP99: 15,
};
/** Right end of the charts, ms. */
const CHART_MS = { draft: 2_000, confirm: 5_000 };

/** Everything that is compared. */
interface Runs {
  readonly tandem: Measured;
  readonly alone: Measured;
  readonly naive: Measured;
  readonly single?: Measured;
  readonly plain?: Measured;
}

/**
 * Recordings played at real-time pace through the whole product: file source, voice detector, session, engine processes.
 * Each call costs what tiny.en (drafts) and small.en (confirmation) cost and says what the embedded models say.
 */
export const latency: Section = {
  name: 'latency',
  about: 'drafts and confirmations at real-time pace with models of real cost, against simpler ways',
  async run(context) {
    const runs = await allRuns(context);
    if (!context.quick) writeCharts(context.root, 'latency', charts(runs));
    return rows(runs);
  },
};

async function allRuns(context: BenchContext): Promise<Runs> {
  const { quick, root } = context;
  const list = playlist(recordings(root), quick ? LISTS.quick : LISTS.full, 'latency');
  const threads = threadBudget(os.availableParallelism());
  const tandem = await measured(context, list, 'tandem', (started) => pair(started, threads));
  const alone = await measured(context, list, 'drafts without a heavy model', (started) =>
    startPair(started, costed('fast', 'tiny.en', threads.fast), undefined),
  );
  const naive = await measured(
    context,
    list,
    'naive sliding window',
    (started) => pair(started, threads, { fullContext: true }),
    true,
  );
  if (quick) return { tandem, alone, naive };
  const single = await measured(context, list, 'one heavy model for both', (started) =>
    startSingle(started, costed('heavy', 'small.en', threads.fast + threads.heavy)),
  );
  const nativeDir = plainNativeDir(root);
  if (nativeDir === undefined) return { tandem, alone, naive, single };
  const short = playlist(recordings(root), LISTS.plain, 'latency-plain');
  const plain = await measured(context, short, 'tandem on the plain npm build', (started) =>
    pair(started, threads, { costNativeDir: nativeDir }),
  );
  return { tandem, alone, naive, single, plain };
}

function pair(started: DisposalList, threads: ThreadBudget, options?: CostedOptions): Promise<BenchEngines> {
  return startPair(
    started,
    costed('fast', 'tiny.en', threads.fast, options),
    costed('heavy', 'small.en', threads.heavy, options),
  );
}

async function measured(
  { root, say }: BenchContext,
  list: Playlist,
  what: string,
  start: (started: DisposalList) => Promise<BenchEngines>,
  naive = false,
): Promise<Measured> {
  const started = new DisposalList();
  try {
    const engines = await start(started);
    say(`${what}: ${Math.round(list.samples.length / 16_000)} s of audio at real-time pace`);
    const file = path.join(root, 'out', 'bench', `${list.name}.wav`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, wavBytes(list));
    const source = await openWavFile(file, { pace: 'realtime' });
    const { wordsCpuSeconds } = engines;
    const options = { source, engines, words: list.words, wordsCpuSeconds };
    return await (naive
      ? watched(options, (frames) => ({ events$: naiveDictation(frames, engines) }))
      : dictated(options));
  } finally {
    await started.dispose();
  }
}

/** The addon that a plain `npm install` makes, laid out as the product lays out its own; undefined if it was never built. */
function plainNativeDir(root: string): string | undefined {
  const addon = path.join(root, '.cache/native/plain-0.8.1/build/Release/smart-whisper.node');
  if (!existsSync(addon)) return undefined;
  const folder = path.join(root, 'out', 'bench', 'plain-native');
  // The lowest level of this platform: the plain build uses no more.
  const level = process.arch === 'x64' ? '-baseline' : '';
  const variant = path.join(folder, `${process.platform}-${process.arch}${level}`);
  mkdirSync(variant, { recursive: true });
  copyFileSync(addon, path.join(variant, 'smart-whisper.node'));
  return folder;
}

function recordings(root: string): string {
  return path.join(root, 'test', 'fixtures', 'recordings');
}

function p(values: readonly number[], share: number): number {
  return percentile(values, share) ?? NaN;
}

/** CPU seconds per second of audio without what the models of words took: a real model brings its own words. */
function productCpu({ cpuPerSecond, wordsCpuPerSecond }: Measured): number {
  return cpuPerSecond - wordsCpuPerSecond;
}

function rows({ tandem, alone, naive, single, plain }: Runs): Row[] {
  const p50 = (values: readonly number[]) => p(values, 0.5);
  const p95 = (values: readonly number[]) => p(values, 0.95);
  const dropped = tandem.lost + tandem.unverified;
  return [
    row('latency.load_average', os.loadavg()[0] ?? NaN, 'processes'),
    row('latency.words_measured', tandem.draftMs.length, 'words'),
    row('latency.draft.p50', p50(tandem.draftMs), 'ms', { atMost: GOALS.draftP50 }),
    row('latency.draft.p95', p95(tandem.draftMs), 'ms', { atMost: GOALS.draftP95 }),
    row('latency.draft.in_place.p50', p50(tandem.placeMs), 'ms'),
    row('latency.draft.in_place.p95', p95(tandem.placeMs), 'ms'),
    row('latency.draft.alone.p50', p50(alone.draftMs), 'ms'),
    row('latency.draft.alone.p95', p95(alone.draftMs), 'ms'),
    row('latency.draft.against_alone', p50(tandem.draftMs) / p50(alone.draftMs), 'times', {
      atMost: GOALS.draftRatio,
    }),
    row('latency.utterances_measured', tandem.confirmMs.length, 'utterances'),
    row('latency.confirm.after_decision.p50', p50(tandem.confirmMs), 'ms', { atMost: GOALS.confirmP50 }),
    row('latency.confirm.after_decision.p95', p95(tandem.confirmMs), 'ms', { atMost: GOALS.confirmP95 }),
    row('latency.confirm.after_speech.p50', p50(tandem.acousticMs), 'ms', { atMost: GOALS.acousticP50 }),
    row('latency.confirm.after_speech.p95', p95(tandem.acousticMs), 'ms'),
    row('latency.finals_dropped', dropped, 'utterances', { atMost: 0 }),
    row('latency.commit_violations', tandem.violations, 'words', { atMost: 0 }),
    row('latency.upwr', tandem.upwr, 'words per word'),
    row('latency.erasure', tandem.erasure, 'words per word'),
    row('latency.loop_delay.p99', tandem.loopP99Ms, 'ms', { atMost: GOALS.loopP99 }),
    row('latency.cpu', productCpu(tandem), 'CPU s per audio s'),
    row('latency.words_cpu', tandem.wordsCpuPerSecond, 'CPU s per audio s'),
    ...sessionRows(tandem),
    row('latency.naive.draft.p50', p50(naive.draftMs), 'ms'),
    row('latency.naive.confirm.after_decision.p50', p50(naive.confirmMs), 'ms'),
    row('latency.naive.confirm.after_speech.p50', p50(naive.acousticMs), 'ms'),
    row('latency.naive.cpu', productCpu(naive), 'CPU s per audio s'),
    row('latency.naive.confirm_factor', p50(naive.confirmMs) / p50(tandem.confirmMs), 'times', {
      atLeast: GOALS.naiveConfirmFactor,
    }),
    row('latency.naive.cpu_share', productCpu(tandem) / productCpu(naive), 'times', {
      atMost: GOALS.naiveCpuShare,
    }),
    ...baselineRows('single', single),
    ...baselineRows('plain', plain),
  ];
}

/** What the session counted: where the time went. */
function sessionRows({ stats, audioSeconds }: Measured): Row[] {
  if (!stats) return [];
  return (['fast', 'heavy'] as const).flatMap((role) => {
    const { calls, computeMs, audioMs } = stats[role];
    return [
      row(`latency.${role}.calls`, calls / audioSeconds, 'calls per audio s'),
      row(`latency.${role}.call`, computeMs / Math.max(1, calls), 'ms'),
      row(`latency.${role}.window`, audioMs / Math.max(1, calls), 'ms'),
    ];
  });
}

function baselineRows(name: string, run: Measured | undefined): Row[] {
  if (!run) return [];
  return [
    row(`latency.${name}.draft.p50`, p(run.draftMs, 0.5), 'ms'),
    row(`latency.${name}.confirm.after_decision.p50`, p(run.confirmMs, 0.5), 'ms'),
    row(`latency.${name}.confirm.after_speech.p50`, p(run.acousticMs, 0.5), 'ms'),
    row(`latency.${name}.cpu`, productCpu(run), 'CPU s per audio s'),
  ];
}

function charts({ tandem, alone, naive, single, plain }: Runs): Chart[] {
  const compared: [string, Measured | undefined][] = [
    ['tandem', tandem],
    ['naive sliding window', naive],
    ['one heavy model', single],
    ['tandem, plain npm build', plain],
  ];
  const curves = (of: (run: Measured) => readonly number[]) =>
    compared.flatMap(([name, run]) => (run ? [distribution(name, of(run))] : []));
  return [
    {
      title: 'Drafts: from the end of a word until it is shown',
      x: 'ms',
      y: '% of words',
      series: [
        ...curves((run) => run.draftMs),
        distribution('drafts only', alone.draftMs),
        distribution('tandem, any word in its place', tandem.placeMs),
      ],
      xMost: CHART_MS.draft,
      goalX: GOALS.draftP50,
    },
    {
      title: 'Confirmation: from the end of speech until the text is committed',
      x: 'ms',
      y: '% of utterances',
      series: curves((run) => run.acousticMs),
      xMost: CHART_MS.confirm,
      goalX: GOALS.acousticP50,
    },
  ];
}
