import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TextRules } from '../../src/core/text/rules/text-rules';
import { DEFAULT_TEXT_RULES } from '../../src/core/text/rules/types';
import { createWording, DEFAULT_WORDING, type TextPlace } from '../../src/core/text/wording';
import { englishWords } from '../../src/core/vocabulary/english-words';
import { parseTextCases, type TextCase } from '../support/text-cases';
import { row, type Row } from './results';
import type { Section } from './section';

const RIGHT_PERCENT = { atLeast: 100 };
/** The rules must not be felt: CPU time of one utterance, milliseconds. */
const COST_MS = { atMost: 1 };
const REPEATS = 20;
const QUICK_REPEATS = 2;
/** Lines before the place that the editor hands over, at most so many characters. */
const LINES_BEFORE = 60;
const MOST_CHARACTERS = 4_000;
const MICROSECONDS_PER_MS = 1_000;

/** Whether spoken symbols, formatters and numbers are written as the tables say, and what that costs. */
export const text: Section = {
  name: 'text',
  about: 'spoken symbols, formatters and numbers as written text',
  run({ root, quick, say }): Promise<readonly Row[]> {
    const folder = path.join(root, 'test', 'fixtures', 'text');
    const tables = readdirSync(folder).filter((file) => file.endsWith('.tsv'));
    const words = englishWords();
    const has = (word: string) => words.has(word);
    const repeats = quick ? QUICK_REPEATS : REPEATS;
    const read = (file: string) => parseTextCases(file, readFileSync(path.join(folder, file), 'utf8'));
    const cases = tables.flatMap(read);
    return Promise.resolve([
      ...tables.map((file) => right(file, read(file), has, say)),
      cost('CPU of an utterance', repeats, cases.length, rulesOnly(cases, has)),
      cost(
        'CPU of an utterance in a source file, its position included',
        repeats,
        cases.length,
        inSource(root, cases, has),
      ),
    ]);
  },
};

function right(
  file: string,
  cases: readonly TextCase[],
  isOrdinaryWord: (word: string) => boolean,
  say: (text: string) => void,
): Row {
  const rules = new TextRules();
  const wrong = cases.filter(({ heard, context, written }) => {
    const {
      lead,
      text: made,
      trail,
    } = rules.apply(heard, context, { ...DEFAULT_TEXT_RULES, isOrdinaryWord });
    return lead + made + trail !== written;
  });
  for (const { line, heard } of wrong) say(`${file}:${line}: ${heard}`);
  return row(
    `${file}: right (of ${cases.length})`,
    (100 * (cases.length - wrong.length)) / cases.length,
    '%',
    RIGHT_PERCENT,
  );
}

function rulesOnly(cases: readonly TextCase[], isOrdinaryWord: (word: string) => boolean): () => void {
  const rules = new TextRules();
  return () => {
    for (const { heard, context } of cases)
      rules.apply(heard, context, { ...DEFAULT_TEXT_RULES, isOrdinaryWord });
  };
}

/** As the editor asks, at the end of ever-changing lines, so that the position is found anew for each. */
function inSource(
  root: string,
  cases: readonly TextCase[],
  isOrdinaryEnglish: (word: string) => boolean,
): () => void {
  const wording = createWording(() => ({ ...DEFAULT_WORDING, isOrdinaryEnglish }));
  const lines = readFileSync(path.join(root, 'src', 'vscode', 'inserter.ts'), 'utf8').split('\n');
  const asked = cases.map(({ heard }, index) => {
    const line = 1 + (index % lines.length);
    const before = lines
      .slice(Math.max(0, line - LINES_BEFORE), line)
      .join('\n')
      .slice(-MOST_CHARACTERS);
    const place: TextPlace = { before, after: '', languageId: 'typescript' };
    return { place, part: { utteranceId: 1, stretch: { said: '', heard, following: '', final: true } } };
  });
  return () => {
    for (const { place, part } of asked) wording.write([part], place);
  };
}

function cost(figure: string, repeats: number, utterances: number, once: () => void): Row {
  once();
  const before = process.cpuUsage();
  for (let i = 0; i < repeats; i++) once();
  const { user, system } = process.cpuUsage(before);
  return row(figure, (user + system) / MICROSECONDS_PER_MS / (repeats * utterances), 'ms', COST_MS);
}
