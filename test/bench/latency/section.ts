import { mkdirSync, copyFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DisposalList } from '../../../src/core/lifetime';
import type { PipelinePolicy } from '../../../src/core/session-types';
import type { StrategyName } from '../../../src/core/session/strategies/names';
import { roomForFinals, type ThreadBudget, threadBudget } from '../../../src/core/threads';
import { openWavFile } from '../../../src/node/audio/wav-file';
import { writeCharts } from '../chart';
import { dictated, type Measured, watched } from '../dictation';
import { type BenchEngines, costed, type CostedOptions, startPair, startSole } from '../models';
import { naiveDictation } from '../naive';
import { builtPlainAddon } from '../plain';
import { type Playlist, playlist, wavBytes } from '../playlist';
import type { BenchContext, Section } from '../section';
import { charts, rows, type Runs } from './rows';

const SHORT_RECORDINGS = Array.from({ length: 18 }, (_, index) => `t${String(index + 1).padStart(2, '0')}`);
const LISTS = {
  full: [...SHORT_RECORDINGS, 'long40'],
  quick: ['t12'],
  /** The plain build needs tens of seconds for what takes the tandem one. */
  plain: ['t01', 't08'],
  /** The speaker goes on while final passes over what was said before a pause are at work: only then is a draft in their way. */
  sharing: ['long40'],
};

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
  const cores = os.availableParallelism();
  const threads = threadBudget(cores);
  // What the product decides with these threads.
  const policy = roomForFinals(threads, cores);
  const tandem = await measured(context, list, 'tandem', (started) => pair(started, threads), { policy });
  const alone = await measured(context, list, 'drafts without a heavy model', (started) =>
    startPair(started, costed('fast', 'tiny.en', threads.fast), undefined),
  );
  const naive = await measured(
    context,
    list,
    'naive sliding window',
    (started) => pair(started, threads, { fullContext: true }),
    { naive: true },
  );
  if (quick) return { tandem, alone, naive };
  const sharing = await waysToShare(context, threads, policy);
  const all = threadBudget(cores, 'single').heavy;
  const single = await measured(
    context,
    list,
    'one heavy model for both',
    (started) => startSole(started, costed('heavy', 'small.en', all)),
    { strategy: 'single' },
  );
  const nativeDir = plainNativeDir(root);
  if (nativeDir === undefined) {
    context.say('not measured: the plain npm build, which the section "engine" makes');
    return { tandem, alone, naive, sharing, single };
  }
  const short = playlist(recordings(root), LISTS.plain, 'latency-plain');
  const onShort = (what: string, options: CostedOptions) =>
    measured(context, short, what, (started) => pair(started, threads, options), { policy });
  const plain = await onShort('tandem on the plain npm build', { costNativeDir: nativeDir });
  const besidePlain = await onShort('tandem on its own build, the same audio', {});
  return { tandem, alone, naive, sharing, single, plain, besidePlain };
}

/** How the tandem's models may share few cores, on the same audio. */
async function waysToShare(
  context: BenchContext,
  threads: ThreadBudget,
  policy: Partial<PipelinePolicy>,
): Promise<NonNullable<Runs['sharing']>> {
  const list = playlist(recordings(context.root), LISTS.sharing, 'latency-sharing');
  const run = (what: string, policy: Partial<PipelinePolicy>) =>
    measured(context, list, what, (started) => pair(started, threads), { policy });
  const inTurn = threadBudget(os.availableParallelism(), 'cascaded');
  return {
    beside: await run('a share of the cores for each model', { allCoresUpTo: 0 }),
    allCores: await run('final passes on all cores', { allCoresUpTo: Infinity }),
    chosen: await run('quick final passes on all cores', policy),
    cascaded: await measured(
      context,
      list,
      'the models take turns on all cores',
      (started) => pair(started, inTurn),
      { strategy: 'cascaded' },
    ),
  };
}

function pair(started: DisposalList, threads: ThreadBudget, options?: CostedOptions): Promise<BenchEngines> {
  return startPair(started, costed('fast', 'tiny.en', threads.fast, options), {
    ...costed('heavy', 'small.en', threads.heavy, options),
    finalThreads: threads.final,
  });
}

/** What is dictated with: the naive loop, or the product's session in one of its ways. */
interface How {
  readonly naive?: boolean;
  readonly policy?: Partial<PipelinePolicy>;
  readonly strategy?: StrategyName;
}

async function measured(
  { root, say }: BenchContext,
  list: Playlist,
  what: string,
  start: (started: DisposalList) => Promise<BenchEngines>,
  { naive = false, ...how }: How = {},
): Promise<Measured> {
  const started = new DisposalList();
  try {
    const engines = await start(started);
    say(`${what}: ${Math.round(list.samples.length / 16_000)} s of audio at real-time pace`);
    const file = path.join(root, 'out', 'bench', `${list.name}.wav`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, wavBytes(list));
    const source = await openWavFile(file, { pace: 'realtime' });
    const { wordsCost } = engines;
    const options = { source, engines, words: list.words, wordsCost };
    return await (naive
      ? watched(options, (frames) => ({ events$: naiveDictation(frames, engines) }))
      : dictated({ ...options, ...how }));
  } finally {
    await started.dispose();
  }
}

/** The addon that a plain `npm install` makes, laid out as the product lays out its own; undefined if it was never built. */
function plainNativeDir(root: string): string | undefined {
  const addon = builtPlainAddon(root);
  if (addon === undefined) return undefined;
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
