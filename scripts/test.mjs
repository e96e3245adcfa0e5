// `npm test`: everything, on a fresh clone too. Sets up what is missing, then runs check, unit, process and host tests.
// The last line is the total; the exit code is 0 only if nothing failed.
import { performance } from 'node:perf_hooks';
import { prepare } from './setup/prepare.mjs';
import { runEntry, say, shout } from './setup/say.mjs';
import { summaryLine, total } from './test/results.mjs';
import { runCheck, runHost, runVitest } from './test/steps.mjs';

/** @typedef {import('./test/results.mjs').Counts} Counts */

/** The parts, in the order in which their results are told. */
const ORDER = ['unit', 'process', 'check', 'host'];
/** @type {Counts} */
const NOTHING = { passed: 0, failed: 0, skipped: 0 };

await runEntry(async () => {
  const started = performance.now();
  const lacking = await prepare('host');
  /** @type {Map<string, Counts>} */
  const done = new Map(ORDER.map((name) => [name, NOTHING]));
  const times = [`preparation ${secondsSince(started)} s`];
  const step = async (/** @type {string} */ name, /** @type {() => Promise<Counts>} */ work) => {
    const began = performance.now();
    const counts = await work();
    times.push(`${name} ${secondsSince(began)} s`);
    const part = ORDER.includes(name) ? name : 'host';
    done.set(part, total([done.get(part) ?? NOTHING, counts]));
  };

  const hostSkipped = whyHostIsSkipped(lacking);
  const others = runOthers(step);
  if (hostSkipped.length > 0) {
    await others;
    done.set('host', { ...NOTHING, skipped: 1 });
  } else {
    // Those inside the editor run beside the rest, and tell of it behind it. Those that operate windows speak and press keys at a
    // person's pace, which they keep on a machine that does nothing else.
    const heading = others.then(() => head('inside'));
    await Promise.all([heading, step('inside', () => runHost('inside', heading))]);
    head('windows');
    await step('windows', () => runHost('e2e'));
  }

  if (hostSkipped.length > 0) shout(hostSkipped);
  say(`\n${times.join(', ')}; together ${secondsSince(started)} s`);
  const sum = total([...done.values()]);
  console.log('');
  for (const [name, counts] of done) {
    const uncounted = counts.passed + counts.failed + counts.skipped === 0;
    console.log(`${name.padEnd(8)} ${uncounted ? 'ok' : summaryLine(counts)}`);
  }
  console.log(summaryLine(sum));
  return sum.failed > 0 ? 1 : 0;
});

/**
 * All but the host tests.
 * @param {(name: string, work: () => Promise<Counts>) => Promise<void>} step
 */
async function runOthers(step) {
  head('unit');
  // Process tests speak in real time and wait for most of theirs: the rest computes meanwhile, and gives way to them.
  const unit = step('unit', () => runVitest('unit'));
  const heading = unit.then(() => head('process'));
  const checking = unit.then(() => step('check', runCheck));
  await Promise.all([step('process', () => runVitest('process', heading)), checking]);
}

/** @param {string} name */
function head(name) {
  say(`\n=== ${name} ===`);
}

/** @param {number} began as `performance.now` told it */
function secondsSince(began) {
  return Math.round((performance.now() - began) / 1000);
}

/**
 * @param {string | undefined} lacking command that installs what the host tests lack
 * @returns {string[]} empty if they can run
 */
function whyHostIsSkipped(lacking) {
  if (process.platform !== 'linux')
    return ['SKIPPED: the host tests need Linux.', 'Run them in VS Code itself: npm run test:desktop'];
  if (lacking) return ['SKIPPED: the host tests. To run them, first:', lacking];
  return [];
}
