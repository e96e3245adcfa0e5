import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a figure has to reach. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** One measured figure, as it is written to `test/bench/results/<section>.json`. */
export interface Row {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** E.g. `>= 8`; `null` for a figure that is only told. */
  readonly goal: string | null;
  /** False only if there is a goal and it was missed. */
  readonly ok: boolean;
}

/** Digits after the point: enough for ratios, not more than a measurement supports. */
const DIGITS = 2;

/** A figure with its judgement; `value` is rounded before it is judged, so that the table tells the truth. */
export function row(figure: string, value: number, unit: string, goal?: Goal): Row {
  const rounded = Number(value.toFixed(Math.abs(value) >= 100 ? 0 : DIGITS));
  if (goal === undefined) return { figure, value: rounded, unit, goal: null, ok: true };
  return 'atLeast' in goal
    ? { figure, value: rounded, unit, goal: `>= ${goal.atLeast}`, ok: rounded >= goal.atLeast }
    : { figure, value: rounded, unit, goal: `<= ${goal.atMost}`, ok: rounded <= goal.atMost };
}

/** Rows as an aligned table. */
export function table(rows: readonly Row[]): string {
  const cells = [
    ['figure', 'value', 'unit', 'goal', ''],
    ...rows.map((entry) => [
      entry.figure,
      String(entry.value),
      entry.unit,
      entry.goal ?? '',
      entry.goal === null ? '' : entry.ok ? 'ok' : 'MISSED',
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, column) =>
          column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Writes the rows of a section and returns the path of the file. */
export function writeRows(folder: string, section: string, rows: readonly Row[]): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${section}.json`);
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
  return file;
}

/** What a section has written to `folder`; nothing if it never has. */
export function readRows(folder: string, section: string): readonly Row[] {
  const file = path.join(folder, `${section}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly Row[]) : [];
}

/** The value below which the fraction `p` (0…1) of the values lies, linearly interpolated. */
export function percentile(values: readonly number[], p: number): number {
  if (values.length === 0) throw new Error('no values');
  const sorted = [...values].sort((a, b) => a - b);
  const position = p * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? NaN;
  const above = sorted[Math.ceil(position)] ?? NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
