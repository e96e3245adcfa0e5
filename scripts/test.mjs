// `npm test`: everything, on a fresh clone too. Sets up what is missing, then runs check, unit, process and host tests.
// The last line is the total; the exit code is 0 only if nothing failed.
import { prepare } from './setup/prepare.mjs';
import { runEntry, say, shout } from './setup/say.mjs';
import { summaryLine, total } from './test/results.mjs';
import { runCheck, runHost, runVitest } from './test/steps.mjs';

await runEntry(async () => {
  const lacking = await prepare('host');
  /** @type {[string, import('./test/results.mjs').Counts][]} */
  const done = [];
  const step = async (/** @type {string} */ name, /** @type {() => Promise<typeof done[0][1]>} */ work) => {
    say(`\n=== ${name} ===`);
    done.push([name, await work()]);
  };

  await step('unit', () => runVitest('unit'));
  // Process tests wait for real time most of the time: the check has a core meanwhile, and tells only what is wrong.
  const checking = runCheck();
  await step('process', () => runVitest('process'));
  await step('check', () => checking);
  const hostSkipped = whyHostIsSkipped(lacking);
  if (hostSkipped.length > 0) done.push(['host', { passed: 0, failed: 0, skipped: 1 }]);
  else await step('host', runHost);

  if (hostSkipped.length > 0) shout(hostSkipped);
  const sum = total(done.map(([, counts]) => counts));
  console.log('');
  for (const [name, counts] of done) {
    const uncounted = counts.passed + counts.failed + counts.skipped === 0;
    console.log(`${name.padEnd(8)} ${uncounted ? 'ok' : summaryLine(counts)}`);
  }
  console.log(summaryLine(sum));
  return sum.failed > 0 ? 1 : 0;
});

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
