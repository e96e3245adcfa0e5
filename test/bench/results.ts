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
/** For a value that would be taken for its goal otherwise. */
const MOST_DIGITS = 6;

/** A figure with its judgement: of what was measured, not of what is left when it is rounded. */
export function row(figure: string, value: number, unit: string, goal?: Goal): Row {
  if (goal === undefined) return { figure, value: rounded(value, () => true), unit, goal: null, ok: true };
  const reached = (one: number) => ('atLeast' in goal ? one >= goal.atLeast : one <= goal.atMost);
  return {
    figure,
    value: rounded(value, (told) => reached(told) === reached(value)),
    unit,
    goal: 'atLeast' in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`,
    ok: reached(value),
  };
}

/** With as few digits as tell the truth: 0.354 is no 0.35 where that is the goal. */
function rounded(value: number, isTrue: (told: number) => boolean): number {
  for (let digits = Math.abs(value) >= 100 ? 0 : DIGITS; digits <= MOST_DIGITS; digits++) {
    const told = Number(value.toFixed(digits));
    if (isTrue(told)) return told;
  }
  return value;
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
