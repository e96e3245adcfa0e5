import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lastValueFrom, tap } from 'rxjs';
import { DEFAULT_LISTENING } from '../../../src/core/audio/defaults';
import { DisposalList } from '../../../src/core/lifetime';
import type { Frame } from '../../../src/core/model';
import { createSession } from '../../../src/core/session';
import type { SessionStats } from '../../../src/core/session-types';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../../src/core/units';
import { Lockstep } from '../../support/lockstep';
import { type Chart, writeCharts } from '../chart';
import { cpuSeconds, ownCpuSeconds } from '../dictation';
import { type BenchEngines, embedded, startPair } from '../models';
import { padded, playlist, type Playlist } from '../playlist';
import type { BenchContext, Section } from '../section';
import { Reference } from './reference';
import { type Process, PROCESSES, type Quarter, rows } from './rows';

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
const KILOBYTE = 1024;

interface Look {
  readonly second: number;
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
  const heard: number[] = [0];
  const hostCpu: number[] = [ownCpuSeconds()];
  const mark = () => {
    cpu.push(cpuSeconds(engines));
    heard.push(heardSeconds(session.stats()));
    hostCpu.push(ownCpuSeconds());
  };
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
            mark();
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
    mark();
    await reference.done();
  } finally {
    lockstep.dispose();
  }
  const marks = await Promise.all(cpu);
  const quarters = Array.from({ length: QUARTERS }, (_, index): Quarter => {
    const length = seconds / QUARTERS;
    const own = looks.filter(({ second }) => Math.floor(second / length) === index);
    const between = (marks: readonly number[]) =>
      ((marks[index + 1] ?? NaN) - (marks[index] ?? NaN)) / length;
    const mean = (of: Process) => own.reduce((sum, { rss }) => sum + rss[of], 0) / own.length;
    return {
      cpu: between(marks),
      hostCpu: between(hostCpu),
      reference: reference.mean(index * length, (index + 1) * length),
      heard: between(heard),
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

function heardSeconds({ fast, heavy }: SessionStats): number {
  return (fast.audioMs + heavy.audioMs) / 1_000;
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
