import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

/** The folder that GitHub reads workflows from. */
export const WORKFLOWS = new URL('../../.github/workflows/', import.meta.url);

export interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
export interface Job {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
}
export interface Workflow {
  readonly on: Readonly<Record<string, { readonly tags?: readonly string[] } | null>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Reads a workflow by its file name. */
export function parseWorkflow(name: string): Workflow {
  return load(readFileSync(new URL(name, WORKFLOWS), 'utf8')) as Workflow;
}

/** The steps of all its jobs. */
export function stepsOf({ jobs }: Workflow): readonly Step[] {
  return Object.values(jobs).flatMap((job) => job.steps ?? []);
}

/** All values that each variable of a job's matrix has. */
export function matrixValues({ strategy }: Job): Readonly<Record<string, readonly unknown[]>> {
  const { include = [], ...lists } = strategy?.matrix ?? {};
  const values: Record<string, unknown[]> = {};
  for (const [name, list] of Object.entries(lists)) values[name] = [...list];
  for (const combination of include as readonly Readonly<Record<string, unknown>>[])
    for (const [name, value] of Object.entries(combination)) (values[name] ??= []).push(value);
  return values;
}

/** A script of this repository that a step runs. */
export interface Call {
  /** Below the repository. */
  readonly file: string;
  /** Names of the options it is given, without their hyphens. */
  readonly options: readonly string[];
}

/**
 * The scripts that a step runs; a variable of the matrix stands for all its values.
 * @param scripts those of `package.json`
 */
export function callsOf(
  command: string,
  job: Job,
  scripts: Readonly<Record<string, string>>,
): readonly Call[] {
  const values = matrixValues(job);
  const whole = command.replace(/\$\{\{ matrix\.(\w+) \}\}/g, (_, name: string) =>
    (values[name] ?? []).join(' '),
  );
  return [...whole.matchAll(/(?:npm run (?:-s )?([\w:-]+)|node (\S+\.mjs))(.*)/g)].flatMap(
    ([, script = '', direct, rest = '']) => {
      const file = direct ?? /\bnode (\S+\.mjs)/.exec(scripts[script] ?? '')?.[1];
      const options = [...rest.matchAll(/(?<=\s)--([a-z][\w-]*)/g)].map(([, name = '']) => name);
      return file ? [{ file, options }] : [];
    },
  );
}
