import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { alignedWords, comparableWords } from '../../src/core/word-comparison';
import { TextRules } from '../../src/core/text/rules/text-rules';
import { DEFAULT_TEXT_RULES, type Position } from '../../src/core/text/rules/types';
import { englishWords } from '../../src/core/vocabulary/english-words';
import { namesIn } from '../../src/core/vocabulary/names';
import { Vocabulary } from '../../src/core/vocabulary/vocabulary';

/** An utterance about a source file. */
export interface Utterance {
  readonly document: string;
  readonly position: Position;
  readonly heard: string;
  /** What must be written, without the marks around names. */
  readonly written: string;
  /** The names in it, in order. */
  readonly names: readonly string[];
  /** The other words. */
  readonly words: readonly string[];
}

/** What became of one utterance. */
export interface Outcome {
  readonly utterance: Utterance;
  readonly written: string;
  /** Names that came out right. */
  readonly right: number;
  /** Ordinary words that did not stay what they are. */
  readonly wrong: number;
}

const LANGUAGE_IDS: Readonly<Record<string, string>> = {
  ts: 'typescript',
  py: 'python',
  go: 'go',
  rs: 'rust',
};

/** The utterances of one half of the corpus. */
export function readUtterances(root: string, half: 'tuning' | 'heldout'): readonly Utterance[] {
  return readFileSync(path.join(folder(root), `${half}.tsv`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [document = '', position = '', heard = '', marked = ''] = line.split('\t');
      return {
        document,
        position: position as Position,
        heard,
        written: marked.replace(/[«»]/gu, ''),
        names: [...marked.matchAll(/«([^»]+)»/gu)].map((match) => match[1]!),
        words: comparableWords(marked.replace(/«[^»]+»/gu, ' ')),
      };
    });
}

/** A vocabulary of all sources and file names of the corpus. */
export function readVocabulary(root: string): {
  readonly vocabulary: Vocabulary;
  readonly files: ReadonlyMap<string, string>;
} {
  const vocabulary = new Vocabulary({ ordinaryWords: englishWords() });
  const sources = path.join(folder(root), 'sources');
  const files = new Map<string, string>();
  for (const file of readdirSync(sources)) {
    const name = file.replace(/\.txt$/u, '');
    vocabulary.setDocument(name, namesIn(readFileSync(path.join(sources, file), 'utf8')));
    files.set(path.parse(name).name, name);
  }
  const names = readFileSync(path.join(folder(root), 'files.txt'), 'utf8')
    .split('\n')
    .filter(Boolean);
  vocabulary.setDocument('(files)', new Map(names.map((name) => [name, 1])));
  return { vocabulary, files };
}

/** Dictates every utterance with all text rules on. */
export function dictateUtterances(root: string, utterances: readonly Utterance[]): readonly Outcome[] {
  const { vocabulary, files } = readVocabulary(root);
  const rules = new TextRules();
  const ordinary = englishWords();
  const options = {
    ...DEFAULT_TEXT_RULES,
    names: vocabulary,
    isOrdinaryWord: (word: string) => ordinary.has(word),
  };
  return utterances.map((utterance) => {
    const document = files.get(utterance.document)!;
    vocabulary.focus({ document, near: new Set(), openDocuments: new Set() });
    const context = {
      before: '',
      after: '',
      language: 'en',
      languageId: LANGUAGE_IDS[path.extname(document).slice(1)]!,
      position: utterance.position,
    };
    return judge(utterance, rules.apply(utterance.heard, context, options).text);
  });
}

function judge(utterance: Utterance, written: string): Outcome {
  let rest = written;
  let from = 0;
  let right = 0;
  for (const name of utterance.names) {
    const at = indexOfName(rest, name, from);
    if (at === -1) continue;
    right++;
    rest = `${rest.slice(0, at)} ${rest.slice(at + name.length)}`;
    from = at;
  }
  const wrong = utterance.words.length - alignedWords(utterance.words, comparableWords(rest)).length;
  return { utterance, written, right, wrong };
}

/** Where a name stands by itself, not as part of a longer one. */
function indexOfName(text: string, name: string, from: number): number {
  for (let at = text.indexOf(name, from); at !== -1; at = text.indexOf(name, at + 1)) {
    const around = text.charAt(at - 1) + text.charAt(at + name.length);
    if (!/[\p{L}\p{N}_]/u.test(around)) return at;
  }
  return -1;
}

function folder(root: string): string {
  return path.join(root, 'test', 'fixtures', 'vocabulary');
}
