import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { startHost, type Host } from '../run/host';
import { Workbench } from '../run/workbench';
import { until } from './observer';

/** A loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;

const ALL_ROWS = { width: 1100, height: 4_000 };

/**
 * What VS Code itself measures: the time from loading the entry of the extension to the end of `activate()`. Never judged here;
 * `npm run bench -- startup` sets these variables: folder of the extension, how many windows, and where the figures go.
 */
const {
  TANDEM_STARTUP_EXTENSION: extension = ROOT,
  TANDEM_STARTUP_WINDOWS: windows = '1',
  TANDEM_STARTUP_RESULT: result,
} = process.env;

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
    // The list holds the lines only that are in sight, the slowest extension first.
    await page.setViewportSize(ALL_ROWS);
    for (let count = 0; count < Number(windows); count++) {
      const workbench = await Workbench.open(page, server, { folder, file: path.join(folder, 'notes.txt') });
      await until(page, 'the status bar item', ({ status }) => status.includes('is off'), PATIENCE_MS);
      await workbench.command('Developer: Show Running Extensions');
      const row = page.locator('.extension').filter({ hasText: 'Tandem Dictation' }).first();
      const time = row
        .locator('.activation-time')
        .filter({ hasText: /\d+ ?ms/ })
        .first();
      await time.waitFor({ timeout: PATIENCE_MS });
      const text = (await time.textContent()) ?? '';
      const [, ms] = /(\d+) ?ms/.exec(text) ?? [];
      assert.ok(ms, text);
      times.push(Number(ms));
    }
    if (result) await writeFile(result, JSON.stringify(times));
  });
});
