import path from 'node:path';
import { Framer } from '../../src/core/audio/framer';
import { DisposalList } from '../../src/core/lifetime';
import { percentile } from '../../src/core/measure/percentile';
import { totalWordErrors } from '../../src/core/measure/wer';
import type { Engines } from '../../src/core/ports';
import type { Role } from '../../src/core/model';
import type { StrategyName } from '../../src/core/session/strategies/names';
import type { PipelinePolicy } from '../../src/core/session-types';
import { type CallCost, Lockstep, TWO_CORES } from '../support/lockstep';
import { dictated, type Measured } from './dictation';
import { measureTurns, turnsFigure } from './engine/turns';
import { embedded, startPair, startSole } from './models';
import { type Playlist, playlist } from './playlist';
import { readRows, type Row, row } from './results';
import type { BenchContext, Section } from './section';

const SHORT_RECORDINGS = Array.from({ length: 18 }, (_, index) => `t${String(index + 1).padStart(2, '0')}`);
const LISTS = { full: [SHORT_RECORDINGS, ['long40']], quick: [['t01', 't06']] };
const PERCENT = 100;
const MS_PER_SECOND = 1_000;

/** A way to combine the models that is compared. */
interface Variant {
  readonly name: string;
  readonly strategy: StrategyName;
  readonly cost: CallCost;
  readonly policy?: Partial<PipelinePolicy>;
}

/**
 * What calls take where a model has both cores to itself, ms: as side by side with the other one, but for what taking turns gains as
 * the section `engine` has measured it; where it has not, it is measured now.
 */
async function takingTurns(context: BenchContext): Promise<CallCost> {
  const written = readRows(path.join(context.root, 'test', 'bench', 'results'), 'engine');
  const isMeasured = written.some(({ figure }) => figure === turnsFigure('heavy'));
  const rows = isMeasured ? written : await measureTurns(context);
  const gain = (role: Role) => {
    const found = rows.find(({ figure }) => figure === turnsFigure(role));
    if (!found) throw new Error(`${turnsFigure(role)} was not measured`);
    return found.value;
  };
  const gains = { fast: gain('fast'), heavy: gain('heavy') };
  context.say(`taking turns: calls ${gains.fast} (fast) and ${gains.heavy} (heavy) times as fast`);
  return (role, seconds) => TWO_CORES(role, seconds) / gains[role];
}

function variants(turns: CallCost): readonly Variant[] {
  return [
    { name: 'tandem', strategy: 'tandem', cost: TWO_CORES },
    ...[0.95, 0.9, 0.8, 0.6].map((above): Variant => ({
      name: `tandem.skip_above_${above}`,
      strategy: 'tandem',
      cost: TWO_CORES,
      policy: { skipConfirmAbove: above },
    })),
    { name: 'cascaded', strategy: 'cascaded', cost: turns },
    { name: 'single', strategy: 'single', cost: turns },
  ];
}

/** The ways to combine the models, on the embedded pair, in lockstep with the audio on an imagined machine of two cores. */
export const strategies: Section = {
  name: 'strategies',
  about: 'tandem, cascaded, single and trusted drafts: errors, delays and computing, in imagined time',
  async run(context) {
    const { root, quick, say } = context;
    const folder = path.join(root, 'test', 'fixtures', 'recordings');
    const lists = (quick ? LISTS.quick : LISTS.full).map((names) => playlist(folder, names, names.join('+')));
    const compared = variants(await takingTurns(context));
    const started = new DisposalList();
    try {
      const pair = await startPair(started, embedded('fast', 1), embedded('heavy', 1));
      const sole = await startSole(started, embedded('heavy', 1));
      const rows: Row[] = [];
      for (const variant of compared) {
        if (quick && variant.policy) continue;
        say(variant.name);
        const engines = variant.strategy === 'single' ? sole : pair;
        const runs: Measured[] = [];
        for (const list of lists) runs.push(await inLockstep(list, engines, variant));
        rows.push(...figures(variant.name, runs));
      }
      return rows;
    } finally {
      await started.dispose();
    }
  },
};

function figures(name: string, runs: readonly Measured[]): Row[] {
  const median = (of: (run: Measured) => readonly number[]) => percentile(runs.flatMap(of), 0.5) ?? NaN;
  const sum = (of: (run: Measured) => number) => runs.reduce((total, run) => total + of(run), 0);
  const utterances = sum(({ stats }) => stats?.utterances ?? 0);
  const computed = sum(({ stats }) => (stats?.fast.computeMs ?? 0) + (stats?.heavy.computeMs ?? 0));
  const audio = sum(({ audioSeconds }) => audioSeconds);
  const tell = (figure: string, value: number, unit: string) =>
    row(`strategies.${name}.${figure}`, value, unit);
  return [
    tell('wer', PERCENT * totalWordErrors(runs.map(({ wer }) => wer)).rate, '%'),
    tell(
      'draft.p50',
      median(({ draftMs }) => draftMs),
      'ms',
    ),
    tell(
      'confirm.after_decision.p50',
      median(({ confirmMs }) => confirmMs),
      'ms',
    ),
    tell('computing', computed / MS_PER_SECOND / audio, 's per s of audio'),
    tell('trusted', (PERCENT * sum(({ stats }) => stats?.trusted ?? 0)) / utterances, '% of utterances'),
    row(
      `strategies.${name}.commit_violations`,
      sum(({ violations }) => violations),
      'words',
      { atMost: 0 },
    ),
    row(
      `strategies.${name}.finals_dropped`,
      sum(({ lost, unverified }) => lost + unverified),
      'utterances',
      {
        atMost: 0,
      },
    ),
  ];
}

async function inLockstep(
  list: Playlist,
  inner: Engines,
  { strategy, cost, policy }: Variant,
): Promise<Measured> {
  const lockstep = new Lockstep(inner, cost);
  try {
    return await dictated({
      source: lockstep.source(list.name, new Framer().push(list.samples)),
      engines: lockstep.engines,
      words: list.words,
      now: () => lockstep.now(),
      strategy,
      ...(policy && { policy }),
    });
  } finally {
    lockstep.dispose();
  }
}
