import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { englishWords } from '../../src/core/vocabulary/english-words';
import { namesIn } from '../../src/core/vocabulary/names';
import { Vocabulary } from '../../src/core/vocabulary/vocabulary';
import { parseNames } from './vocabulary-names';

/** What is open in a window. */
export interface Project {
  readonly vocabulary: Vocabulary;
  /** Its documents by what utterances call them. */
  readonly documents: ReadonlyMap<string, string>;
  /** All names that were entered. */
  readonly names: ReadonlySet<string>;
}

/** The sources that were written for the corpus: one project. */
export function writtenProject(folder: string): Project {
  const sources = readdirSync(path.join(folder, 'sources')).map((file) => {
    const text = readFileSync(path.join(folder, 'sources', file), 'utf8');
    return [file.replace(/\.txt$/u, ''), namesIn(text)] as const;
  });
  const others = readFileSync(path.join(folder, 'files.txt'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((name) => [name, 1] as const);
  const documents = sources.map(([name]) => [path.parse(name).name, name] as const);
  return project([...sources, ['(files)', new Map(others)]], new Map(documents));
}

/** Real projects, each a window of its own; an utterance calls a document `project/path`. */
export function realProjects(folder: string): readonly Project[] {
  return readdirSync(path.join(folder, 'names')).map((file) => {
    const name = path.parse(file).name;
    const list = parseNames(readFileSync(path.join(folder, 'names', file), 'utf8'));
    const entered = [...list].map(([document, names]) => {
      // As the product does: the name of a file is one of its names.
      const fileName = path.basename(document);
      return [document, new Map([...names, [fileName, (names.get(fileName) ?? 0) + 1]])] as const;
    });
    return project(entered, new Map([...list.keys()].map((document) => [`${name}/${document}`, document])));
  });
}

function project(
  entered: readonly (readonly [document: string, names: ReadonlyMap<string, number>])[],
  documents: ReadonlyMap<string, string>,
): Project {
  const vocabulary = new Vocabulary({ ordinaryWords: englishWords() });
  for (const [document, names] of entered) vocabulary.setDocument(document, names);
  return { vocabulary, documents, names: new Set(entered.flatMap(([, names]) => [...names.keys()])) };
}
