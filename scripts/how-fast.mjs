// Writes the table "How fast" of README.md from what `npm run bench` measured: `node scripts/how-fast.mjs`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

/** @typedef {{ figure: string, value: number, unit: string, goal: string | null, ok: boolean }} Row */
/** @typedef {(figure: string) => Row | undefined} Find */

const BEGIN = '<!-- how-fast: made by `npm run bench` -->';
const END = '<!-- /how-fast -->';
const SECTIONS = ['engine', 'latency', 'accuracy', 'soak'];
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * What the table tells: one figure a line, or the worst of several.
 * @type {readonly { text: string, figures: readonly string[] }[]}
 */
const LINES = [
  {
    text: 'draft: end of a spoken word until it is shown, median',
    figures: ['latency.draft.p50'],
  },
  { text: 'the same, 95 of 100 words', figures: ['latency.draft.p95'] },
  {
    text: 'the same, only words that the fast model understands',
    figures: ['latency.draft.understood.p95'],
  },
  {
    text: 'median of drafts against drafts without any heavy model',
    figures: ['latency.draft.against_alone'],
  },
  {
    text: 'confirmation: end of the utterance decided until it is committed, median (2-10 s of speech)',
    figures: ['latency.confirm.after_decision.p50'],
  },
  { text: 'the same, 95 of 100 utterances', figures: ['latency.confirm.after_decision.p95'] },
  { text: 'the same, from the end of the last word, median', figures: ['latency.confirm.after_speech.p50'] },
  {
    text: 'how many times faster than a naive sliding window confirms',
    figures: ['latency.naive.confirm_factor'],
  },
  { text: 'computing, as a share of the naive one', figures: ['latency.naive.cpu_share'] },
  {
    text: 'committed words taken back or changed',
    figures: ['latency.commit_violations', 'accuracy.commit_violations'],
  },
  {
    text: 'words committed early that the final pass heard otherwise (they stay)',
    figures: ['latency.committed_early_disagreed'],
  },
  {
    text: 'utterances lost or left unconfirmed',
    figures: ['latency.finals_dropped', 'accuracy.finals_dropped'],
  },
  {
    text: 'word errors more than the heavy model makes when it hears each utterance whole',
    figures: ['accuracy.streaming_gap'],
  },
  {
    text: 'draft words that changed, per word (UPWR), on an imagined machine',
    figures: ['accuracy.upwr'],
  },
  { text: 'the same, measured in real time', figures: ['latency.upwr'] },
  {
    text: 'words at or behind a change, per word (normalised erasure), on an imagined machine',
    figures: ['accuracy.erasure'],
  },
  { text: 'the same, measured in real time', figures: ['latency.erasure'] },
  {
    text: 'an hour of audio: change of computing, last quarter against the second',
    figures: ['soak.cpu.change'],
  },
  {
    text: 'an hour of audio: change of memory, the same, worst of three processes',
    figures: ['soak.memory.host.change', 'soak.memory.fast.change', 'soak.memory.heavy.change'],
  },
  { text: 'delay of the event loop while dictating, 99 of 100', figures: ['latency.loop_delay.p99'] },
  {
    text: 'speech engine against a plain install of smart-whisper (30 s of audio)',
    figures: ['engine.tiny.en-q8_0.30s.2threads.speed_up'],
  },
];

/**
 * The table of all figures that were measured.
 * @param {readonly Row[]} rows
 */
export function howFast(rows) {
  const lines = LINES.flatMap(({ text, figures }) => {
    const found = figures.flatMap((figure) => rows.find((row) => row.figure === figure) ?? []);
    const worst = found.find(({ ok }) => !ok) ?? found.sort((a, b) => b.value - a.value)[0];
    if (!worst || found.length < figures.length) return [];
    const goal =
      worst.goal === null
        ? ''
        : `${worst.goal.replace('<=', '≤').replace('>=', '≥')}${worst.ok ? '' : ', missed'}`;
    return [`| ${text} | ${amount(worst)} | ${goal} |`];
  });
  return ['| | measured | goal |', '|---|---|---|', ...lines].join('\n');
}

/** @param {Row} row */
function amount({ value, unit }) {
  if (unit === 'ms' || unit === '%') return `${value} ${unit}`;
  if (unit === 'points') return `${value} points of word error rate`;
  if (unit === 'times') return `${value} ×`;
  return String(value);
}

/**
 * `readme` with `table` between its markers.
 * @param {string} readme
 * @param {string} table
 */
export function withTable(readme, table) {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('README.md has no place for the table "How fast"');
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${readme.slice(end)}`;
}

/** README.md as it has to be, given the results in the repository. */
export async function readmeWithFigures() {
  const file = path.join(ROOT, 'README.md');
  const results = SECTIONS.map((name) => path.join(ROOT, 'test', 'bench', 'results', `${name}.json`));
  const rows = results
    .filter(existsSync)
    .flatMap((result) => /** @type {Row[]} */ (JSON.parse(readFileSync(result, 'utf8'))));
  const text = withTable(readFileSync(file, 'utf8'), howFast(rows));
  return format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(path.join(ROOT, 'README.md'), await readmeWithFigures());
}
