import { readdir } from 'node:fs/promises';
import { HOST_OUT } from '../../../scripts/test/bundle.mjs';
import { STEPS } from '../../../scripts/test/results.mjs';

/** A part of the host tests that has VS Codes, microphones and files of its own: the suites inside, or one end-to-end file. */
export interface Job {
  /** `inside`, or the file without its endings. */
  readonly name: string;
  readonly part: Part;
  /** The bundle of an end-to-end file. */
  readonly file?: string;
}

export type Part = 'inside' | 'e2e';

const ENDING = '.e2e.mjs';
/** Each is longer than any of the others, and begins before them, so that those that are run beside each other end together. */
const LONGEST: readonly string[] = ['one-window', 'inside', 'dialogs', 'keys'];

/** All jobs of the bundled tests, or those of one part, longest first. */
export async function allJobs(only?: Part): Promise<readonly Job[]> {
  const files = (await readdir(HOST_OUT)).filter((name) => name.endsWith(ENDING)).sort();
  const jobs: readonly Job[] = [
    { name: 'inside', part: 'inside' },
    ...files.map((file): Job => ({ name: file.slice(0, -ENDING.length), part: 'e2e', file })),
  ];
  const rank = ({ name }: Job) => (LONGEST.includes(name) ? LONGEST.indexOf(name) : LONGEST.length);
  return jobs.filter(({ part }) => only === undefined || part === only).sort((a, b) => rank(a) - rank(b));
}

/** Name under which a job of its own process files its result. */
export function resultOf({ name, part }: Job): string {
  return part === 'inside' ? STEPS.inside : `${STEPS.e2e}-${name}`;
}
