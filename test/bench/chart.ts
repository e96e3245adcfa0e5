import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A curve of points, in order of x. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A line chart; both axes begin at 0. */
export interface Chart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
  /** Right end of the x axis, if not the largest value: what lies beyond is cut off. */
  readonly xMost?: number;
  /** A dashed vertical line: what is to be reached. */
  readonly goalX?: number;
}

const WIDTH = 920;
const HEIGHT = 320;
const MARGIN = { left: 64, right: 216, top: 40, bottom: 48 };
const TICKS = 5;
/** Legend lines, px. */
const LINE = 18;
/** Readable on white and on dark pages, also for the colour-blind (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];

/** Writes charts one below the other to `test/bench/results/NAME.svg` under `root`. */
export function writeCharts(root: string, name: string, charts: readonly Chart[]): void {
  const file = path.join(root, 'test', 'bench', 'results', `${name}.svg`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, drawn(charts));
}

/** Charts one below the other, as SVG. */
export function drawn(charts: readonly Chart[]): string {
  const size = `width="${WIDTH}" height="${HEIGHT * charts.length}"`;
  const body = charts.map(
    (chart, index) => `<g transform="translate(0 ${HEIGHT * index})">${draw(chart)}</g>`,
  );
  const style = 'font-family="sans-serif" font-size="12" fill="#333"';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${style}>\n` +
    `<rect width="100%" height="100%" fill="#fff"/>\n${body.join('\n')}\n</svg>\n`
  );
}

/** The share of values (%) that are at most x, as a curve: how latencies are shown. */
export function distribution(name: string, values: readonly number[]): Series {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    name,
    points: sorted.map((value, index) => [Math.max(0, value), (100 * (index + 1)) / sorted.length]),
  };
}

function draw(chart: Chart): string {
  const { series, goalX } = chart;
  const all = series.flatMap(({ points }) => points);
  const xMost = chart.xMost ?? niceMost(Math.max(...all.map(([x]) => x), goalX ?? 0));
  const yMost = niceMost(Math.max(...all.map(([, y]) => y)));
  const inner = {
    width: WIDTH - MARGIN.left - MARGIN.right,
    height: HEIGHT - MARGIN.top - MARGIN.bottom,
  };
  const px = (x: number) => (MARGIN.left + (inner.width * Math.min(x, xMost)) / xMost).toFixed(1);
  const py = (y: number) => (MARGIN.top + inner.height * (1 - y / yMost)).toFixed(1);
  const ticks = Array.from({ length: TICKS + 1 }, (_, index) => index / TICKS);
  const grid = ticks.flatMap((share) => [
    `<line x1="${px(0)}" x2="${px(xMost)}" y1="${py(share * yMost)}" y2="${py(share * yMost)}" stroke="#ddd"/>`,
    `<text x="${MARGIN.left - 6}" y="${py(share * yMost)}" text-anchor="end" dy="4">${label(share * yMost)}</text>`,
    `<text x="${px(share * xMost)}" y="${HEIGHT - MARGIN.bottom + LINE}" text-anchor="middle">${label(share * xMost)}</text>`,
  ]);
  const goal =
    goalX === undefined
      ? ''
      : `<line x1="${px(goalX)}" x2="${px(goalX)}" y1="${py(0)}" y2="${py(yMost)}" stroke="#888" stroke-dasharray="4 4"/>`;
  const curves = series.map(({ points }, index) => {
    const path = within(points, xMost)
      .map(([x, y]) => `${px(x)},${py(y)}`)
      .join(' ');
    return `<polyline points="${path}" fill="none" stroke="${colour(index)}" stroke-width="2"/>`;
  });
  const legend = series.map(({ name }, index) => {
    const x = WIDTH - MARGIN.right + LINE;
    return `<text x="${x}" y="${MARGIN.top + LINE * (index + 1)}" fill="${colour(index)}">${escaped(name)}</text>`;
  });
  return [
    `<text x="${MARGIN.left}" y="24" font-size="15">${escaped(chart.title)}</text>`,
    ...grid,
    `<text x="${MARGIN.left + inner.width / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escaped(chart.x)}</text>`,
    `<text transform="translate(16 ${MARGIN.top + inner.height / 2}) rotate(-90)" text-anchor="middle">${escaped(chart.y)}</text>`,
    goal,
    ...curves,
    ...legend,
  ].join('\n');
}

/** The part of a curve up to `xMost`, to where it crosses that edge. */
function within(points: Series['points'], xMost: number): Series['points'] {
  const beyond = points.findIndex(([x]) => x > xMost);
  const [last, next] = [points[beyond - 1], points[beyond]];
  if (beyond < 0 || !next) return points;
  if (!last) return [];
  const share = (xMost - last[0]) / (next[0] - last[0]);
  return [...points.slice(0, beyond), [xMost, last[1] + share * (next[1] - last[1])]];
}

/** The next number of the form 1, 2, 2.5, 5 or 10 × 10ⁿ. */
function niceMost(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10].find((step) => step * power >= value) ?? 10);
}

function label(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? '#000';
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
