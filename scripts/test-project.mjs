// `npm run test:unit`, `npm run test:process`: one of vitest's projects, on a fresh clone too. What follows `--` goes to
// vitest: names of files, `-t TITLE`, `--watch`.
import path from 'node:path';
import { ROOT } from './setup/paths.mjs';
import { prepareTests } from './setup/prepare.mjs';
import { run } from './setup/run.mjs';
import { runEntry, SetupError } from './setup/say.mjs';
import { projectArguments } from './test/projects.mjs';

await runEntry(async () => {
  const [project = '', ...args] = process.argv.slice(2);
  if (project !== 'unit' && project !== 'process')
    throw new SetupError(`There is no project "${project}" of tests.`, 'There are: unit, process.');
  await prepareTests({ product: project === 'process' });
  const vitest = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  return run(process.execPath, [vitest, 'run', ...projectArguments(project), ...args], {
    allowFailure: true,
  });
});
