import { readFileSync } from 'node:fs';
import path from 'node:path';
import { alignedWords, comparableWords } from '../../src/core/word-comparison';
import { TextRules } from '../../src/core/text/rules/text-rules';
import { DEFAULT_TEXT_RULES, type Position } from '../../src/core/text/rules/types';
import { englishWords } from '../../src/core/vocabulary/english-words';
import { realProjects, writtenProject, type Project } from './vocabulary-projects';

/** `real`: about files of well-known projects; `written`: about files that were written for the corpus. */
export type Corpus = 'real' | 'written';
/** Rules are made with the one in view and judged by the other. */
export type Half = 'tuning' | 'heldout';

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

/** The utterances of one half of a corpus. */
export function readUtterances(root: string, corpus: Corpus, half: Half): readonly Utterance[] {
  return readFileSync(path.join(folder(root, corpus), `${half}.tsv`), 'utf8')
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

/** The projects that a corpus is about. */
export function readProjects(root: string, corpus: Corpus): readonly Project[] {
  const from = folder(root, corpus);
  return corpus === 'real' ? realProjects(from) : [writtenProject(from)];
}

/** Goes to where an utterance is dictated, and returns the document there. Throws if no project has it. */
export function focusOn(projects: readonly Project[], called: string): readonly [Project, string] {
  for (const project of projects) {
    const document = project.documents.get(called);
    if (document === undefined) continue;
    project.vocabulary.focus({ document, near: new Set(), openDocuments: new Set() });
    return [project, document];
  }
  throw new Error(`no project has ${called}`);
}

/** Dictates every utterance with all text rules on. */
export function dictateUtterances(
  projects: readonly Project[],
  utterances: readonly Utterance[],
): readonly Outcome[] {
  const rules = new TextRules();
  const ordinary = englishWords();
  return utterances.map((utterance) => {
    const [{ vocabulary }, document] = focusOn(projects, utterance.document);
    const context = {
      before: '',
      after: '',
      language: 'en',
      languageId: LANGUAGE_IDS[path.extname(document).slice(1)]!,
      position: utterance.position,
    };
    const options = {
      ...DEFAULT_TEXT_RULES,
      names: vocabulary,
      isOrdinaryWord: (word: string) => ordinary.has(word),
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

function folder(root: string, corpus: Corpus): string {
  const written = path.join(root, 'test', 'fixtures', 'vocabulary');
  return corpus === 'real' ? path.join(written, 'real') : written;
}
