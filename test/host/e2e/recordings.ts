import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../../scripts/setup/paths.mjs';

/** A recording whose words are known. */
export interface Recording {
  readonly wav: string;
  readonly text: string;
}

const FOLDER = path.join(ROOT, 'test', 'fixtures', 'recordings');

/** The recording of this name in `test/fixtures/recordings/index.json`. */
export function recording(name: string): Recording {
  const found = all().find((one) => one.wav === path.join(FOLDER, `${name}.wav`));
  if (!found) throw new Error(`There is no recording "${name}".`);
  return found;
}

/** The recording that the product ships for a first try; its words are known because it is one of the fixtures. */
export function bundledRecording(): Recording {
  const bytes = readFileSync(path.join(ROOT, 'media', 'demo.wav'));
  const found = all().find(({ wav }) => readFileSync(wav).equals(bytes));
  if (!found) throw new Error('media/demo.wav is none of the recordings whose words are known.');
  return found;
}

function all(): Recording[] {
  const index = JSON.parse(readFileSync(path.join(FOLDER, 'index.json'), 'utf8')) as {
    name: string;
    text: string;
  }[];
  return index.map(({ name, text }) => ({ wav: path.join(FOLDER, `${name}.wav`), text }));
}
