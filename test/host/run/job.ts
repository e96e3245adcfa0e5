import { runInside } from './inside';
import { allJobs, resultOf } from './jobs';
import { runOutside } from './outside';
import { print } from './results';

// A process for one job, which `lanes.ts` starts with its name and what picks tests.
const [name, grep] = process.argv.slice(2);
// Whoever has started it is gone, or has waited for too long. What was started here ends with this process.
const giveUp = () => process.exit(1);
process.once('disconnect', giveUp);
process.once('SIGTERM', giveUp);
const job = (await allJobs()).find((one) => one.name === name);
if (!job) throw new Error(`There is no part "${name}" of the host tests.`);
// Mocha prints the tests of a file itself.
const result = job.file ? await runOutside([job.file], resultOf(job), grep) : print(await runInside(grep));
process.exitCode = result.failed > 0 ? 1 : 0;
process.off('disconnect', giveUp);
process.disconnect?.();
