// `npm run test:host`: the tests that need a real VS Code, run in one without a display. `--only=inside|e2e` runs one part,
// `--grep=TEXT` picks tests by title, `--lanes=2` runs two parts beside each other, `--bundle` only compiles them, `--built` takes
// the product as it is built: others may be running it.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareTests } from './setup/prepare.mjs';
import { runEntry, SetupError } from './setup/say.mjs';
import { bundleHostTests, HOST_OUT } from './test/bundle.mjs';

// Whoever has started this has waited for too long. What was started here ends with this process, browsers among it: they would
// be closed otherwise, and all tests be run to their end without one.
process.once('SIGTERM', () => process.exit(1));

await runEntry(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      grep: { type: 'string' },
      lanes: { type: 'string', default: '1' },
      bundle: { type: 'boolean' },
      built: { type: 'boolean', default: false },
    },
  });
  const { only, grep, bundle, built } = values;
  const lanes = Number(values.lanes);
  if (only !== undefined && only !== 'inside' && only !== 'e2e')
    throw new SetupError(`--only must be "inside" or "e2e", not "${only}".`);
  if (!Number.isInteger(lanes) || lanes < 1)
    throw new SetupError(`--lanes must be a number from 1, not "${values.lanes}".`);
  await prepareTests(bundle ? { product: false } : { product: !built, purpose: 'host' });
  await bundleHostTests();
  if (bundle) return 0;
  /** @type {typeof import('../test/host/run/run.ts')} */
  const { runHostTests } = await import(pathToFileURL(path.join(HOST_OUT, 'run.mjs')).href);
  return runHostTests({ only, grep, lanes });
});
