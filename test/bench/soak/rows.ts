import { type Row, row } from '../results';

/** How far the last quarter may be from the second. */
const MOST_CHANGE = 0.05;
const PERCENT = 100;

/** The pipeline's process and the engines. */
export const PROCESSES = ['host', 'fast', 'heavy'] as const;
export type Process = (typeof PROCESSES)[number];

/** What a quarter cost: CPU seconds per second of audio, those of the pipeline's process among them, and mean resident memory per process, MiB. */
export interface Quarter {
  readonly cpu: number;
  readonly hostCpu: number;
  /** CPU milliseconds of the same piece of work, see reference.ts. */
  readonly reference: number;
  /** Audio that the models were given to hear, seconds per second of audio. */
  readonly heard: number;
  readonly rss: Readonly<Record<Process, number>>;
}

/** The figures of the section. */
export function rows(quarters: readonly Quarter[]): Row[] {
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
    ...quarters.map(({ hostCpu }, index) =>
      row(`soak.cpu.host.quarter_${index + 1}`, hostCpu, 'CPU s per audio s'),
    ),
    ...quarters.map(({ heard }, index) => row(`soak.heard.quarter_${index + 1}`, heard, 's per audio s')),
    row(
      'soak.heard.change',
      change(({ heard }) => heard),
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
