import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TARGETS } from '../../../scripts/package/targets.mjs';
import { missingNeeds, packageNames } from '../../../scripts/setup/package-table.mjs';
import { oldestVscode } from '../../../scripts/test/desktop.mjs';
import { callsOf, matrixValues, parseWorkflow, stepsOf, WORKFLOWS } from '../../support/workflows';

/** Keys that GitHub knows and that are used here: one that is misspelt would be ignored, or refused when it is too late. */
const JOB_KEYS = /^(name|needs|runs-on|container|environment|permissions|timeout-minutes|strategy|steps)$/;
const STEP_KEYS = /^(name|if|uses|with|run|env)$/;

const root = new URL('../../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const { scripts, engines, devDependencies } = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
  engines: { node: string; vscode: string };
  devDependencies: Record<string, string>;
};

const [ci, release] = [parseWorkflow('ci.yml'), parseWorkflow('release.yml')];

describe.each(readdirSync(WORKFLOWS))('%s', (name) => {
  const workflow = parseWorkflow(name);
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

  it('picks tests that exist', () => {
    const titles = steps.flatMap(({ run = '' }) => /--grep="([^"]+)"/.exec(run)?.[1] ?? []);
    const suites = readdirSync(new URL('test/host/e2e/', root)).filter((file) => file.endsWith('.ts'));
    for (const title of titles)
      expect(
        suites.some((file) => read(`test/host/e2e/${file}`).includes(`describe('${title}`)),
        title,
      ).toBe(true);
  });

  it('uses actions at a commit, never at a tag that can move, and says which version that is', () => {
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    const lines = read(`.github/workflows/${name}`).match(/^.*\buses: [^.].*$/gm) ?? [];
    expect(lines).toHaveLength(steps.filter(({ uses }) => uses).length);
    for (const line of lines) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('is made of what GitHub knows: jobs with an end, steps that do one thing', () => {
    for (const [id, job] of Object.entries(workflow.jobs)) {
      if (job.uses) {
        expect(Object.keys(job).sort(), id).toEqual(['needs', 'uses']);
        continue;
      }
      for (const key of Object.keys(job)) expect(key, id).toMatch(JOB_KEYS);
      expect(Object.keys(job), id).toEqual(expect.arrayContaining(['runs-on', 'timeout-minutes', 'steps']));
      for (const step of job.steps ?? []) {
        for (const key of Object.keys(step)) expect(key, id).toMatch(STEP_KEYS);
        expect(
          [step.run, step.uses].filter((one) => one !== undefined),
          id,
        ).toHaveLength(1);
      }
    }
  });

  it('uses only variables that its matrix has', () => {
    for (const [id, job] of Object.entries(workflow.jobs))
      for (const [, variable = ''] of JSON.stringify(job).matchAll(/\bmatrix\.(\w+)/g))
        expect(Object.keys(matrixValues(job)), id).toContain(variable);
  });

  it('waits for jobs that exist', () => {
    for (const { needs = [], uses } of Object.values(workflow.jobs)) {
      for (const job of [needs].flat()) expect(Object.keys(workflow.jobs)).toContain(job);
      if (uses) expect(existsSync(new URL(uses, root)), uses).toBe(true);
    }
  });

  it('installs what tests with a microphone and in a window need, but for the browser, which the runners have', () => {
    const missing = missingNeeds(['host'], {
      manager: 'apt',
      root: false,
      hasProgram: (program) => program === 'google-chrome',
      hasPackage: () => false,
    });
    const needed = packageNames(missing, 'apt').sort();
    for (const job of Object.values(workflow.jobs)) {
      const commands = (job.steps ?? []).map(({ run = '' }) => run);
      if (!commands.some((command) => /npm run test:(host|process)/.test(command))) continue;
      const installed = commands.flatMap(
        (command) => / install -y --no-install-recommends (.+)/.exec(command)?.[1] ?? [],
      );
      expect(installed.join(' ').split(' ').sort()).toEqual(needed);
    }
  });
});

it('workflows give scripts only options that they have', () => {
  const calls = [ci, release].flatMap(({ jobs }) =>
    Object.values(jobs).flatMap((job) =>
      (job.steps ?? []).flatMap(({ run = '' }) => callsOf(run, job, scripts)),
    ),
  );
  for (const { file, options } of calls)
    for (const option of options)
      expect(read(file), `${file} --${option}`).toMatch(new RegExp(`[\\s{]'?${option}'?: \\{ type: '`));
  expect(new Set(calls.flatMap(({ options }) => options))).toEqual(
    new Set(['code', 'tag', 'target', 'repository', 'portable', 'only', 'grep', 'packages']),
  );
});

it('every workflow uses the same version of an action', () => {
  const versions = new Map<string, Set<string>>();
  for (const name of readdirSync(WORKFLOWS))
    for (const [, action = '', version = ''] of read(`.github/workflows/${name}`).matchAll(
      /uses: ([\w/-]+)@(.+)$/gm,
    ))
      versions.set(action, (versions.get(action) ?? new Set()).add(version));
  expect(versions.size).toBeGreaterThan(2);
  for (const [action, used] of versions) expect([...used], action).toHaveLength(1);
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

  it('compile against the interface of that oldest one, which is what people are told', () => {
    const oldest = oldestVscode(engines.vscode);
    expect(devDependencies['@types/vscode']).toBe(oldest);
    expect(read('README.md')).toContain(`VS Code ${oldest.replace(/\.0$/, '')} or newer`);
  });

  it.each(['', '1.100.0 || ^1.110.0', '>=1.100.0', '*'])(
    'have no oldest one where the manifest says "%s"',
    (range) => {
      expect(() => oldestVscode(range)).toThrow('engines.vscode');
    },
  );
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

  it('makes each on a machine of its kind', () => {
    const RUNNERS: Readonly<Record<(typeof TARGETS)[number], RegExp>> = {
      'win32-x64': /^windows-\d+$/,
      'linux-x64': /^ubuntu-[\d.]+$/,
      'linux-arm64': /^ubuntu-[\d.]+-arm$/,
      'darwin-x64': /^macos-\d+-intel$/,
      'darwin-arm64': /^macos-\d+$/,
    };
    const made = (jobs['package']?.strategy?.matrix['include'] ?? []) as readonly {
      target: string;
      os: string;
    }[];
    for (const { target, os } of made) expect(os).toMatch(RUNNERS[target as keyof typeof RUNNERS]);
  });

  it('tells which secrets and variables it needs', () => {
    const names = [...read('.github/workflows/release.yml').matchAll(/(?:secrets|vars)\.(\w+)/g)].map(
      ([, name = '']) => name,
    );
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) expect(read('.github/CONTRIBUTING.md')).toContain(`\`${name}\``);
  });

  it('publishes to both marketplaces what was tested and what was tried, and nothing else', () => {
    expect(jobs['test']?.uses).toBe('./.github/workflows/ci.yml');
    expect(jobs['try']?.needs).toBe('package');
    const packed = jobs['package']?.steps?.find(({ uses }) => uses?.includes('/upload-artifact@'));
    expect(packed?.with?.['name']).toMatch(/^vsix-/);
    for (const [name, command] of [
      ['marketplace', /vsce publish .*--packagePath packages\/\*\.vsix$/],
      ['open-vsx', /ovsx@[\d.]+ publish .*--packagePath packages\/\*\.vsix$/],
    ] as const) {
      const { needs, environment, steps = [] } = jobs[name] ?? {};
      expect(needs, name).toEqual(['test', 'try']);
      expect(environment, name).toBe('marketplaces');
      const fetched = steps.find(({ uses }) => uses?.includes('/download-artifact@'))?.with;
      expect(fetched, name).toEqual({ pattern: 'vsix-*', path: 'packages', 'merge-multiple': true });
      const commands = steps.map(({ run = '' }) => run);
      expect(commands.at(-1), name).toMatch(command);
      expect(commands.at(-1), name).not.toMatch(/package --|--target/);
      expect(
        commands.some((one) => one.includes('release-check.mjs --tag')),
        name,
      ).toBe(true);
    }
  });

  it('gives each job the rights for its own marketplace only, and none a token that somebody has to keep where it can do without', () => {
    const having = (text: string) =>
      Object.entries(jobs)
        .filter(([, job]) => JSON.stringify(job).includes(text))
        .map(([name]) => name);
    expect(having('secrets.')).toEqual(['open-vsx']);
    expect(having('id-token')).toEqual(['marketplace']);
    expect(jobs['marketplace']?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(having('azure/login@')).toEqual(['marketplace']);
    expect(having('--azure-credential')).toEqual(['marketplace']);
  });

  it('installs nothing for publishing that is not pinned, and runs nothing of it meanwhile', () => {
    const publishing = ['marketplace', 'open-vsx'].flatMap((name) => jobs[name]?.steps ?? []);
    const npx = publishing.flatMap(({ run = '' }) => (/\bnpx\b/.test(run) ? [run] : []));
    expect(npx).toHaveLength(2);
    for (const command of npx)
      expect(command).toMatch(/^npx (--no-install|--yes --ignore-scripts --before=\d{4}-\d{2}-\d{2}) /);
  });
});
