import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { TARGETS } from '../../../scripts/package/targets.mjs';

const root = new URL('../../../', import.meta.url);
const folder = new URL('.github/workflows/', root);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const { scripts, engines } = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
  engines: { node: string; vscode: string };
};

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly steps?: readonly Step[];
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
}
interface Workflow {
  readonly on: Readonly<Record<string, { readonly tags?: readonly string[] } | null>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}
const parse = (name: string) => load(readFileSync(new URL(name, folder), 'utf8')) as Workflow;
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap((job) => job.steps ?? []);
const [ci, release] = [parse('ci.yml'), parse('release.yml')];

describe.each(readdirSync(folder))('%s', (name) => {
  const workflow = parse(name);
  const steps = stepsOf(workflow);

  it('may only read, unless a job says otherwise', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  it('calls scripts that exist', () => {
    const commands = steps.map(({ run = '' }) => run);
    for (const command of commands) {
      for (const [, script = ''] of command.matchAll(/npm run (?:-s )?([\w:-]+)/g))
        expect(scripts, command).toHaveProperty([script]);
      for (const [, file = ''] of command.matchAll(/node (scripts\/\S+)/g))
        expect(existsSync(new URL(file, root)), file).toBe(true);
    }
    expect(commands.join()).toContain('npm ci --ignore-scripts');
  });

  it('uses actions at a commit, never at a tag that can move', () => {
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });

  it('waits for jobs that exist', () => {
    for (const { needs = [], uses } of Object.values(workflow.jobs)) {
      for (const job of [needs].flat()) expect(Object.keys(workflow.jobs)).toContain(job);
      if (uses) expect(existsSync(new URL(uses, root)), uses).toBe(true);
    }
  });
});

describe('the tests of every change', () => {
  const matrix = (job: string) => ci.jobs[job]?.strategy?.matrix ?? {};

  it('run on three systems, on every Node that the manifest allows', () => {
    const systems = (job: string) =>
      (matrix(job)['os'] ?? []).map((os) => /^[a-z]+/.exec(String(os))?.[0]).sort();
    for (const job of ['test', 'desktop']) expect(systems(job)).toEqual(['macos', 'ubuntu', 'windows']);
    const majors = [...engines.node.matchAll(/(\d+)\.\d+\.\d+/g)].map(([, major]) => Number(major));
    expect(matrix('test')['node']).toEqual(majors);
  });

  it('run in the oldest and in the current VS Code', () => {
    expect(matrix('desktop')['code']).toEqual(['minimum', 'stable']);
    expect(read('scripts/test-desktop.mjs')).toContain('minimum');
  });
});

describe('a release', () => {
  const { jobs } = release;

  it('is made by a tag and nothing else', () => {
    expect(release.on).toEqual({ push: { tags: ['v*'] } });
    expect(jobs['agree']?.steps?.some(({ run }) => run?.includes('release-check.mjs --tag'))).toBe(true);
  });

  it('makes a package for every target, on Linux one that runs on old systems', () => {
    const made = (jobs['package']?.strategy?.matrix['include'] ?? []) as readonly {
      target: string;
      container?: string;
      portable?: string;
    }[];
    expect(made.map(({ target }) => target)).toEqual([...TARGETS]);
    for (const { target, container, portable } of made.filter((one) => one.target.startsWith('linux')))
      expect([target, container, portable]).toEqual([
        target,
        expect.stringContaining('manylinux_2_28'),
        '--portable',
      ]);
  });

  it('publishes what was tested, to both marketplaces, with secrets that no other job sees', () => {
    expect(jobs['test']?.uses).toBe('./.github/workflows/ci.yml');
    expect(jobs['publish']?.needs).toEqual(expect.arrayContaining(['test', 'try']));
    expect(jobs['try']?.needs).toBe('package');
    const commands = (jobs['publish']?.steps ?? []).map(({ run = '' }) => run).join('\n');
    expect(commands).toMatch(/vsce publish .*--packagePath/);
    expect(commands).toMatch(/ovsx@\S+ publish .*--packagePath/);
    for (const [name, job] of Object.entries(jobs))
      expect(JSON.stringify(job).includes('secrets.'), name).toBe(name === 'publish');
  });
});
