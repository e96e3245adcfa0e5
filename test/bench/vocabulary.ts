import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { alignedWords, comparableWords } from '../../src/core/word-comparison';
import { TextRules } from '../../src/core/text/rules/text-rules';
import { DEFAULT_TEXT_RULES, type TextContext, type TextRuleOptions } from '../../src/core/text/rules/types';
import { englishWords } from '../../src/core/vocabulary/english-words';
import { namesIn } from '../../src/core/vocabulary/names';
import { Vocabulary } from '../../src/core/vocabulary/vocabulary';
import { row, type Row } from './results';
import type { Section } from './section';
import {
  dictateUtterances,
  focusOn,
  readProjects,
  readUtterances,
  type Corpus,
  type Outcome,
} from './vocabulary-corpus';
import type { Project } from './vocabulary-projects';

const NAMES_RIGHT_PERCENT = { atLeast: 90 };
const ORDINARY_WRONG_PERCENT = { atMost: 0.5 };
/** The rules must not be felt: CPU time of one utterance, milliseconds. */
const COST_MS = { atMost: 1 };
const REPEATS = 20;
const QUICK_REPEATS = 2;

/** How well names of a project come out, what happens to ordinary words, and what it costs. */
export const vocabulary: Section = {
  name: 'vocabulary',
  about: 'names of the project respelt, ordinary words left alone',
  run({ root, quick, say }): Promise<readonly Row[]> {
    const repeats = quick ? QUICK_REPEATS : REPEATS;
    const real = readProjects(root, 'real');
    const written = readProjects(root, 'written');
    return Promise.resolve([
      ...halves(root, 'real', real, say),
      ...halves(root, 'written', written, say),
      otherProse(root, 'real', real, say),
      otherProse(root, 'written', written, say),
      cost('CPU of an utterance, rules alone', root, repeats, {}),
      cost('CPU of an utterance, names of the corpus', root, repeats, { names: written[0]!.vocabulary }),
      ...largeProject(root, repeats),
    ]);
  },
};

const FILES: Readonly<Record<Corpus, string>> = { real: 'real files', written: 'files written for it' };

function halves(
  root: string,
  corpus: Corpus,
  projects: readonly Project[],
  say: (text: string) => void,
): readonly Row[] {
  return (['heldout', 'tuning'] as const).flatMap((half) => {
    const outcomes = dictateUtterances(projects, readUtterances(root, corpus, half));
    const label = `${FILES[corpus]}, ${half === 'heldout' ? 'held out' : 'tuning half'}`;
    for (const { utterance, written, right, wrong } of outcomes) {
      if (right < utterance.names.length || wrong > 0) say(`${label}: ${utterance.heard} → ${written}`);
    }
    const names = sum(outcomes, ({ utterance }) => utterance.names.length);
    const words = sum(outcomes, ({ utterance }) => utterance.words.length);
    const right = sum(outcomes, (outcome) => outcome.right);
    const wrong = sum(outcomes, (outcome) => outcome.wrong);
    return [
      row(`utterances, ${label}`, outcomes.length, ''),
      row(`names right, ${label} (of ${names})`, (100 * right) / names, '%', NAMES_RIGHT_PERCENT),
      row(`ordinary words wrong, ${label} (of ${words})`, (100 * wrong) / words, '%', ORDINARY_WRONG_PERCENT),
    ];
  });
}

/** Sentences that were not written for this, in every document of the corpus: what names change in them is wrong. */
function otherProse(
  root: string,
  corpus: Corpus,
  projects: readonly Project[],
  say: (text: string) => void,
): Row {
  const rules = new TextRules();
  let words = 0;
  let wrong = 0;
  for (const document of documentsOf(root, corpus)) {
    const [{ vocabulary: names }] = focusOn(projects, document);
    for (const sentence of proseSentences(root)) {
      const plain = rules.apply(sentence, PROSE, DEFAULT_TEXT_RULES).text;
      const named = rules.apply(sentence, PROSE, { ...DEFAULT_TEXT_RULES, names }).text;
      const [before, after] = [comparableWords(plain), comparableWords(named)];
      words += before.length;
      wrong += before.length - alignedWords(before, after).length;
      if (plain !== named) say(`prose, ${FILES[corpus]}: ${plain} → ${named}`);
    }
  }
  return row(
    `ordinary words wrong, other prose, ${FILES[corpus]} (of ${words})`,
    (100 * wrong) / words,
    '%',
    ORDINARY_WRONG_PERCENT,
  );
}

function documentsOf(root: string, corpus: Corpus): ReadonlySet<string> {
  const utterances = (['heldout', 'tuning'] as const).flatMap((half) => readUtterances(root, corpus, half));
  return new Set(utterances.map(({ document }) => document));
}

const PROSE: TextContext = {
  before: '',
  after: '',
  languageId: 'plaintext',
  position: 'prose',
  language: 'en',
};

function proseSentences(root: string): readonly string[] {
  const fixtures = path.join(root, 'test', 'fixtures');
  const recorded = readdirSync(path.join(fixtures, 'recordings')).filter((file) => file.endsWith('.txt'));
  const tables = ['punctuation.tsv', 'numbers.tsv', 'context.tsv'].flatMap((file) =>
    lines(path.join(fixtures, 'text', file))
      .filter((line) => line.startsWith('prose\t'))
      .map((line) => line.split('\t')[1]!),
  );
  return [
    ...lines(path.join(fixtures, 'heldout.txt')),
    ...recorded.flatMap((file) => lines(path.join(fixtures, 'recordings', file))),
    ...tables,
  ];
}

/** A workspace of some size: the sources of RxJS and TypeScript's libraries. */
function largeProject(root: string, repeats: number): readonly Row[] {
  const names = new Vocabulary({ ordinaryWords: englishWords() });
  const sources = [
    ...files(path.join(root, 'node_modules/rxjs/src'), /\.ts$/u),
    ...files(path.join(root, 'node_modules/typescript/lib'), /^lib\..*\.ts$/u),
  ].map((file) => [file, readFileSync(file, 'utf8')] as const);
  const start = process.cpuUsage();
  for (const [file, text] of sources) names.setDocument(file, namesIn(text));
  const indexing = cpuMs(start) / sources.length;
  return [
    row('names of a large project', names.size, ''),
    row('CPU of indexing a file', indexing, 'ms'),
    cost('CPU of an utterance, large project', root, repeats, { names }),
  ];
}

function cost(figure: string, root: string, repeats: number, options: Partial<TextRuleOptions>): Row {
  const utterances = (['real', 'written'] as const).flatMap((corpus) =>
    (['heldout', 'tuning'] as const).flatMap((half) => readUtterances(root, corpus, half)),
  );
  const rules = new TextRules();
  const all = { ...DEFAULT_TEXT_RULES, ...options };
  const dictate = (): void => {
    for (const { heard, position } of utterances)
      rules.apply(heard, { ...PROSE, languageId: 'typescript', position }, all);
  };
  dictate();
  const start = process.cpuUsage();
  for (let repeat = 0; repeat < repeats; repeat++) dictate();
  return row(figure, cpuMs(start) / (repeats * utterances.length), 'ms', COST_MS);
}

function cpuMs(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function files(folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(path.basename(file)))
    .map((file) => path.join(folder, file));
}

function lines(file: string): readonly string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

function sum(outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number {
  return outcomes.reduce((total, outcome) => total + of(outcome), 0);
}
