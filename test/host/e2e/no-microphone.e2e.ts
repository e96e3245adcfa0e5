import assert from 'node:assert/strict';
import path from 'node:path';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { wordErrors } from '../../../src/core/measure/wer';
import { startHost, type Host } from '../run/host';
import { screenshotFile } from '../run/screenshots';
import { Workbench } from '../run/workbench';
import { observe, observed, until } from './observer';
import { bundledRecording } from './recordings';

/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 90_000;
const MAX_WORD_ERROR_RATE = 0.15;

/** No sound server, and no device that ALSA knows of. */
const NO_SOUND = { PULSE_SERVER: 'unix:/nonexistent', ALSA_CONFIG_PATH: '/dev/null' };

describe('on a machine without a microphone, in the window', function () {
  let host: Host;
  let workbench: Workbench;

  before(async () => {
    host = await startHost({
      extensions: { 'tandem.tandem-dictation': ROOT },
      files: { 'notes.txt': '' },
      env: NO_SOUND,
    });
    const { page, server, folder } = host;
    workbench = await Workbench.open(page, server, { folder, file: path.join(folder, 'notes.txt') });
    await workbench.caretAtEndOf(0);
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await host.keepEvidence(this.currentTest.title);
  });

  after(() => host.dispose());

  it('says so, and what to do', async () => {
    const { page } = host;
    await workbench.command('Dictation: Start Dictation');
    const message = page.locator('.notification-list-item-message').filter({ hasText: /no microphone/i });
    await message.first().waitFor({ timeout: PATIENCE_MS });
    await page.screenshot({ path: await screenshotFile('4-no-microphone') });
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('dictates the bundled recording', async () => {
    const { page } = host;
    await observe(page);
    await workbench.command('Dictation: Dictate a Recording…');
    const choice = page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: 'Bundled recording' });
    await choice.first().waitFor({ timeout: PATIENCE_MS });
    await choice.first().click();
    await until(page, 'the first words', ({ document }) => document !== '', PATIENCE_MS);
    const { document } = await until(
      page,
      'the end of the recording',
      ({ status, draft }) => status.includes('is off') && draft === '',
      PATIENCE_MS,
    );
    const result = wordErrors(bundledRecording().text, document);
    assert.ok(result.rate < MAX_WORD_ERROR_RATE, `${result.errors} of ${result.words} words: ${document}`);
    const shown = await observed(page);
    assert.ok(
      shown.some(({ draft }) => draft !== ''),
      'drafts were shown',
    );
  });
});
