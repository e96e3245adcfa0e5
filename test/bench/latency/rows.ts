import os from 'node:os';
import { percentile } from '../../../src/core/measure/percentile';
import { type Chart, distribution } from '../chart';
import type { Measured } from '../dictation';
import { profileRows, slowest } from '../profile';
import { type Row, row } from '../results';

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
  upwr: 0.35,
  erasure: 0.3,
};
const PERCENT = 100;
/** Utterances from this share on, ordered by how long they took, are the slow ones of the profile. */
const SLOW_SHARE = 0.8;
/** Right end of the charts, ms. */
const CHART_MS = { draft: 2_000, confirm: 5_000 };

/** Everything that is compared. */
export interface Runs {
  readonly tandem: Measured;
  readonly alone: Measured;
  readonly naive: Measured;
  /** Ways to share few cores, on the same audio: see test/bench/README.md. */
  readonly sharing?: Readonly<Record<'beside' | 'allCores' | 'chosen' | 'cascaded', Measured>>;
  readonly single?: Measured;
  readonly plain?: Measured;
  /** The tandem on the audio of `plain`. */
  readonly besidePlain?: Measured;
}

function p(values: readonly number[], share: number): number {
  return percentile(values, share) ?? NaN;
}

/** CPU seconds per second of audio without what the models of words took: a real model brings its own words. */
function productCpu({ cpuPerSecond, wordsCpuPerSecond }: Measured): number {
  return cpuPerSecond - wordsCpuPerSecond;
}

/** The figures of the section. */
export function rows({ tandem, alone, naive, sharing, single, plain, besidePlain }: Runs): Row[] {
  const p50 = (values: readonly number[]) => p(values, 0.5);
  const p95 = (values: readonly number[]) => p(values, 0.95);
  const dropped = tandem.lost + tandem.unverified;
  return [
    row('latency.cores', os.availableParallelism(), 'cores'),
    row('latency.load_average', os.loadavg()[0] ?? NaN, 'processes'),
    row('latency.words_measured', tandem.draftMs.length, 'words'),
    row('latency.draft.p50', p50(tandem.draftMs), 'ms', { atMost: GOALS.draftP50 }),
    row('latency.draft.p95', p95(tandem.draftMs), 'ms', { atMost: GOALS.draftP95 }),
    ...lateRows(tandem, alone),
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
    row('latency.upwr', tandem.upwr, 'words per word', { atMost: GOALS.upwr }),
    row('latency.erasure', tandem.erasure, 'words per word', { atMost: GOALS.erasure }),
    row('latency.loop_delay.p99', tandem.loopP99Ms, 'ms', { atMost: GOALS.loopP99 }),
    row('latency.cpu', productCpu(tandem), 'CPU s per audio s'),
    row('latency.words_cpu', tandem.wordsCpuPerSecond, 'CPU s per audio s'),
    row('latency.fast.words', tandem.wordsMs?.fast ?? NaN, 'ms per call'),
    row('latency.heavy.words', tandem.wordsMs?.heavy ?? NaN, 'ms per call'),
    row('latency.peak_memory.fast', tandem.peakMiB.fast, 'MiB'),
    row('latency.peak_memory.heavy', tandem.peakMiB.heavy, 'MiB'),
    ...sessionRows(tandem),
    ...profiles(tandem),
    row('latency.naive.draft.p50', p50(naive.draftMs), 'ms'),
    row('latency.naive.confirm.after_decision.p50', p50(naive.confirmMs), 'ms'),
    row('latency.naive.confirm.after_speech.p50', p50(naive.acousticMs), 'ms'),
    row('latency.naive.utterances_measured', naive.confirmMs.length, 'utterances'),
    row('latency.naive.lost', naive.lost, 'utterances'),
    row('latency.naive.cpu', productCpu(naive), 'CPU s per audio s'),
    row('latency.naive.confirm_factor', p50(naive.confirmMs) / p50(tandem.confirmMs), 'times', {
      atLeast: GOALS.naiveConfirmFactor,
    }),
    row('latency.naive.cpu_share', productCpu(tandem) / productCpu(naive), 'times', {
      atMost: GOALS.naiveCpuShare,
    }),
    ...sharingRows('beside', sharing?.beside),
    ...sharingRows('all_cores', sharing?.allCores),
    ...sharingRows('chosen', sharing?.chosen),
    ...sharingRows('cascaded', sharing?.cascaded),
    ...baselineRows('single', single),
    ...baselineRows('plain', plain),
    ...baselineRows('plain.beside', besidePlain),
  ];
}

/** Why drafts are late: words that the fast model never gets right can be shown only once the heavy one has heard them. */
function lateRows(tandem: Measured, alone: Measured): Row[] {
  const pairs = tandem.wordMs.map((ms, index) => ({ ms, alone: alone.wordMs[index] }));
  const late = pairs.filter(({ ms = 0 }) => ms > GOALS.draftP95);
  const misheard = late.filter((word) => word.alone === undefined);
  const understood = pairs.flatMap(({ ms, alone: own }) =>
    ms === undefined || own === undefined ? [] : [ms],
  );
  return [
    row('latency.draft.late', (PERCENT * late.length) / Math.max(1, tandem.draftMs.length), '% of words'),
    row(
      'latency.draft.late.misheard',
      (PERCENT * misheard.length) / Math.max(1, late.length),
      '% of late words',
    ),
    row('latency.draft.understood.p50', p(understood, 0.5), 'ms'),
    row('latency.draft.understood.p95', p(understood, 0.95), 'ms'),
  ];
}

/** What the session counted: where the time went, and what became of guesses. */
function sessionRows({ stats, audioSeconds }: Measured): Row[] {
  if (!stats) return [];
  const { speculation, disagreed } = stats;
  const calls = (['fast', 'heavy'] as const).flatMap((role) => {
    const { calls, computeMs, audioMs } = stats[role];
    return [
      row(`latency.${role}.calls`, calls / audioSeconds, 'calls per audio s'),
      row(`latency.${role}.call`, computeMs / Math.max(1, calls), 'ms'),
      row(`latency.${role}.window`, audioMs / Math.max(1, calls), 'ms'),
    ];
  });
  return [
    ...calls,
    row('latency.speculation.kept', speculation.kept, 'final passes'),
    row('latency.speculation.thrown', speculation.thrown, 'final passes'),
    row('latency.committed_early_disagreed', disagreed, 'words'),
  ];
}

/** What the latencies are made of: in the mean, and for those that the 95th percentile is about. */
function profiles({ profile, wordTimes, utteranceTimes }: Measured): Row[] {
  if (!profile) return [];
  const late = wordTimes.filter(({ saidMs, shownMs }) => shownMs - saidMs > GOALS.draftP95);
  const slow = slowest(utteranceTimes, ({ decidedMs, committedMs }) => committedMs - decidedMs, SLOW_SHARE);
  return [
    ...profileRows('latency.profile.draft', 'words', profile.drafts(wordTimes)),
    ...profileRows('latency.profile.late_draft', 'words', profile.drafts(late)),
    ...profileRows('latency.profile.confirm', 'utterances', profile.confirmations(utteranceTimes)),
    ...profileRows('latency.profile.slow_confirm', 'utterances', profile.confirmations(slow)),
  ];
}

/** Whether it pays to suspend drafts: what becomes of both latencies, how much is drafted, how long the heavy model takes meanwhile. */
function sharingRows(name: string, run: Measured | undefined): Row[] {
  if (!run?.stats) return [];
  const { fast, heavy } = run.stats;
  return [
    ...baselineRows(name, run),
    row(`latency.${name}.draft.p95`, p(run.draftMs, 0.95), 'ms'),
    row(`latency.${name}.fast.calls`, fast.calls / run.audioSeconds, 'calls per audio s'),
    row(`latency.${name}.heavy.call`, heavy.computeMs / Math.max(1, heavy.calls), 'ms'),
  ];
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

/** Both latencies as distributions. */
export function charts({ tandem, alone, naive, single, plain }: Runs): Chart[] {
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
