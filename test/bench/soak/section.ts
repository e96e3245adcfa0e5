import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lastValueFrom, tap } from 'rxjs';
import { DEFAULT_LISTENING } from '../../../src/core/audio/defaults';
import { DisposalList } from '../../../src/core/lifetime';
import type { Frame } from '../../../src/core/model';
import { createSession } from '../../../src/core/session';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../../src/core/units';
import { Lockstep } from '../../support/lockstep';
import { type Chart, writeCharts } from '../chart';
import { cpuSeconds } from '../dictation';
import { type BenchEngines, embedded, startPair } from '../models';
import { padded, playlist, type Playlist } from '../playlist';
import { type Row, row } from '../results';
import type { BenchContext, Section } from '../section';
import { Reference } from './reference';

/** What is repeated, and for how long. Every quarter holds the same audio a whole number of times. */
const PROGRAMMES = {
  full: { names: ['t06', 't12', 't18', 'long40', 'long90'], cycleSeconds: 225, minutes: 60 },
  quick: { names: ['t12'], cycleSeconds: 15, minutes: 1 },
};
const QUARTERS = 4;
/** Seconds of audio between two looks at the memory. */
const LOOK_SECONDS = 5;
/** Looks at how fast the machine is: one a minute in an hour of audio. */
const REFERENCES = 60;
/** How far the last quarter may be from the second. */
const MOST_CHANGE = 0.05;
const KILOBYTE = 1024;
const PERCENT = 100;

const PROCESSES = ['host', 'fast', 'heavy'] as const;
type Process = (typeof PROCESSES)[number];

interface Look {
  readonly second: number;
  readonly rss: Readonly<Record<Process, number>>;
}

/** What a quarter cost: CPU seconds per second of audio, and mean resident memory per process, MiB. */
interface Quarter {
  readonly cpu: number;
  /** CPU milliseconds of the same piece of work, see {@link Reference}. */
  readonly reference: number;
  readonly rss: Readonly<Record<Process, number>>;
}

/** Speech and silence for an hour, as fast as the engines can follow, in lockstep: nothing may grow. */
export const soak: Section = {
  name: 'soak',
  about: 'an hour of speech and silence: CPU and memory must stay flat',
  async run(context) {
    const { names, cycleSeconds, minutes } = context.quick ? PROGRAMMES.quick : PROGRAMMES.full;
    const folder = path.join(context.root, 'test', 'fixtures', 'recordings');
    const list = padded(playlist(folder, names, 'soak'), cycleSeconds);
    const started = new DisposalList();
    try {
      const engines = await startPair(started, embedded('fast', 1), embedded('heavy', 1));
      const { looks, quarters } = await listenFor(context, list, minutes * 60, engines);
      if (!context.quick) writeCharts(context.root, 'soak', [chart(looks)]);
      return rows(quarters);
    } finally {
      await started.dispose();
    }
  },
};

async function listenFor(
  context: BenchContext,
  list: Playlist,
  seconds: number,
  engines: BenchEngines,
): Promise<{ looks: Look[]; quarters: Quarter[] }> {
  const lockstep = new Lockstep(engines);
  const reference = new Reference(context);
  const looks: Look[] = [];
  const cpu: Promise<number>[] = [cpuSeconds(engines)];
  let nextLook = 0;
  let nextReference = 0;
  const session = createSession({
    source: {
      name: 'soak',
      frames$: lockstep.source('soak', repeated(list, seconds)).frames$.pipe(
        tap(({ start }) => {
          const second = start / SAMPLE_RATE;
          if (second >= (seconds / QUARTERS) * cpu.length) {
            context.say(`${Math.round(second / 60)} min of audio`);
            cpu.push(cpuSeconds(engines));
          }
          if (second >= nextReference) {
            nextReference += seconds / REFERENCES;
            reference.look(second);
          }
          if (second < nextLook) return;
          nextLook += LOOK_SECONDS;
          looks.push({ second, rss: residentMiB(engines) });
        }),
      ),
    },
    engines: lockstep.engines,
    language: 'en',
    listening: DEFAULT_LISTENING,
  });
  try {
    await lastValueFrom(session.events$, { defaultValue: undefined });
    cpu.push(cpuSeconds(engines));
    await reference.done();
  } finally {
    lockstep.dispose();
  }
  const marks = await Promise.all(cpu);
  const quarters = Array.from({ length: QUARTERS }, (_, index): Quarter => {
    const length = seconds / QUARTERS;
    const own = looks.filter(({ second }) => Math.floor(second / length) === index);
    const mean = (of: Process) => own.reduce((sum, { rss }) => sum + rss[of], 0) / own.length;
    return {
      cpu: ((marks[index + 1] ?? NaN) - (marks[index] ?? NaN)) / length,
      reference: reference.mean(index * length, (index + 1) * length),
      rss: { host: mean('host'), fast: mean('fast'), heavy: mean('heavy') },
    };
  });
  return { looks, quarters };
}

function* repeated({ samples }: Playlist, seconds: number): Generator<Frame> {
  const end = seconds * SAMPLE_RATE;
  for (let start = 0; start < end; start += FRAME_SAMPLES) {
    const at = start % samples.length;
    yield { start, samples: samples.slice(at, at + FRAME_SAMPLES) };
  }
}

function residentMiB(engines: BenchEngines): Record<Process, number> {
  const { fast, heavy } = engines.pids();
  return {
    host: process.memoryUsage.rss() / KILOBYTE ** 2,
    fast: residentOf(fast),
    heavy: residentOf(heavy),
  };
}

/** Resident memory of another process, MiB; NaN where the system does not tell (anything but Linux). */
function residentOf(pid: number | undefined): number {
  try {
    const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match ? Number(match[1]) / KILOBYTE : NaN;
  } catch {
    return NaN;
  }
}

function rows(quarters: readonly Quarter[]): Row[] {
  const [, second, , last] = quarters;
  if (!second || !last) throw new Error('the soak has no quarters');
  const change = (of: (quarter: Quarter) => number) => PERCENT * Math.abs(of(last) / of(second) - 1);
  const goal = { atMost: PERCENT * MOST_CHANGE };
  return [
    ...quarters.map(({ cpu }, index) => row(`soak.cpu.quarter_${index + 1}`, cpu, 'CPU s per audio s')),
    row(
      'soak.cpu.change',
      change(({ cpu }) => cpu),
      '%',
      goal,
    ),
    ...quarters.map(({ reference }, index) => row(`soak.machine.quarter_${index + 1}`, reference, 'CPU ms')),
    row(
      'soak.cpu.change_against_machine',
      change(({ cpu, reference }) => cpu / reference),
      '%',
      goal,
    ),
    ...PROCESSES.flatMap((process) => [
      ...quarters.map(({ rss }, index) =>
        row(`soak.memory.${process}.quarter_${index + 1}`, rss[process], 'MiB'),
      ),
      row(
        `soak.memory.${process}.change`,
        change(({ rss }) => rss[process]),
        '%',
        goal,
      ),
    ]),
  ];
}

function chart(looks: readonly Look[]): Chart {
  return {
    title: 'Resident memory while listening',
    x: 'minutes of audio',
    y: 'MiB',
    series: PROCESSES.map((process) => ({
      name: process,
      points: looks.map(({ second, rss }) => [second / 60, rss[process]] as const),
    })),
  };
}
