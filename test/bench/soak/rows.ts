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
  const quarterly = (figure: string, of: (quarter: Quarter) => number, unit: string) =>
    quarters.map((quarter, index) => row(`soak.${figure}.quarter_${index + 1}`, of(quarter), unit));
  const change = (figure: string, of: (quarter: Quarter) => number) =>
    row(`soak.${figure}`, PERCENT * Math.abs(of(last) / of(second) - 1), '%', {
      atMost: PERCENT * MOST_CHANGE,
    });
  return [
    ...quarterly('cpu', ({ cpu }) => cpu, 'CPU s per audio s'),
    change('cpu.change', ({ cpu }) => cpu),
    ...quarterly('cpu.host', ({ hostCpu }) => hostCpu, 'CPU s per audio s'),
    ...quarterly('heard', ({ heard }) => heard, 's per audio s'),
    change('heard.change', ({ heard }) => heard),
    ...quarterly('machine', ({ reference }) => reference, 'CPU ms'),
    change('cpu.change_against_machine', ({ cpu, reference }) => cpu / reference),
    ...PROCESSES.flatMap((process) => [
      ...quarterly(`memory.${process}`, ({ rss }) => rss[process], 'MiB'),
      change(`memory.${process}.change`, ({ rss }) => rss[process]),
    ]),
  ];
}
