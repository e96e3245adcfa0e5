import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startHost, type Host } from '../run/host';
import { Workbench } from '../run/workbench';
import { activationTime } from './activation';
import { until } from './observer';

/** A loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;

/**
 * A measurement, not a test: `npm run bench -- startup` sets these variables (folder of the extension, how many windows, where
 * the figures go, and a file that the extension adds a line to in each window). That VS Code tells the time at all is tested in another window.
 */
const {
  TANDEM_STARTUP_EXTENSION: extension = '',
  TANDEM_STARTUP_WINDOWS: windows = '1',
  TANDEM_STARTUP_RESULT: result,
  TANDEM_STARTUP_PROBED: probed = '',
} = process.env;

if (result)
  describe('activation, as VS Code measures it', function () {
    let host: Host;

    before(async () => {
      host = await startHost({
        extensions: { 'tandem.tandem-dictation': extension },
        files: { 'notes.txt': 'first line\n' },
      });
    });

    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await host.keepEvidence(this.currentTest.title);
    });

    after(() => host.dispose());

    it('is told by the list of running extensions', async () => {
      const { page, server, folder } = host;
      const times: number[] = [];
      for (let count = 0; count < Number(windows); count++) {
        const workbench = await Workbench.open(page, server, {
          folder,
          file: path.join(folder, 'notes.txt'),
        });
        await until(page, 'the status bar item', ({ status }) => status.includes('is off'), PATIENCE_MS);
        times.push(await activationTime(workbench, PATIENCE_MS));
        await untilLines(probed, times.length);
      }
      await writeFile(result, JSON.stringify(times));
    });
  });

async function untilLines(file: string, count: number): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').length - 1;
    if (lines >= count) return;
    assert.ok(Date.now() < deadline, `${file} has ${lines} of ${count} lines`);
    await sleep(100);
  }
}
