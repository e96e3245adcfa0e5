import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { wordErrors } from '../../../src/core/measure/wer';
import { keepEvidence } from '../run/evidence';
import { startHost, type Host } from '../run/host';
import { enginesOf } from '../run/processes';
import { screenshotFile } from '../run/screenshots';
import { rowsOf } from '../run/shown';
import { Workbench } from '../run/workbench';
import { bundledRecording } from './recordings';
import { observe, observed, until } from './observer';

/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;
/** Compiling the addon takes minutes where it is not in the cache. */
const PACKAGING_MS = 15 * 60_000;
/** The bundled recording is one that the built-in models know. */
const MAX_WORD_ERROR_RATE = 0.1;
/** No sound server, and no device that ALSA knows of. */
const NO_SOUND = { PULSE_SERVER: 'unix:/nonexistent', ALSA_CONFIG_PATH: '/dev/null' };
/** Nobody answers there: what wants to talk to the world fails at once. */
const NOBODY = 'http://127.0.0.1:9';

/** What somebody has who installed the package and nothing else: no checkout, no network, no microphone, nothing configured. */
describe('the installed package, alone', function () {
  let host: Host;
  let workbench: Workbench;
  let made: string;

  before(async function () {
    this.timeout(PACKAGING_MS);
    made = await mkdtemp(path.join(os.tmpdir(), 'tandem-vsix-'));
    const vsix = process.env['TANDEM_VSIX'] ?? (await makePackage(made));
    host = await startHost({
      vsix,
      files: { 'notes.md': '' },
      env: { ...NO_SOUND, HTTPS_PROXY: NOBODY, HTTP_PROXY: NOBODY, NO_PROXY: '127.0.0.1', NODE_PATH: '' },
    });
    const { page, server, folder } = host;
    workbench = await Workbench.open(page, server, { folder, file: path.join(folder, 'notes.md') });
    await page.keyboard.press('Control+b'); // hides the side bar
    await workbench.caretAtEndOf(0);
    await until(page, 'the status bar item', ({ status }) => status.includes('is off'), PATIENCE_MS);
  });

  keepEvidence(() => host);

  after(async () => {
    await host?.dispose();
    await rm(made, { recursive: true, force: true });
  });

  it('says that there is no microphone, and what to do', async () => {
    const { page } = host;
    await workbench.command('Dictation: Start Dictation');
    const message = page.locator('.notification-list-item-message').filter({ hasText: /no microphone/i });
    await message.first().waitFor({ timeout: PATIENCE_MS });
    await page.screenshot({ path: await screenshotFile('4-no-microphone') });
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('dictates the bundled recording', async () => {
    const { page, server, extensions } = host;
    const installed = (await readdir(extensions)).filter((name) => name.startsWith('tandem.'));
    assert.equal(installed.length, 1, `one folder: ${installed.join(', ')}`);

    await observe(page);
    await workbench.command('Dictation: Dictate a Recording…');
    const choice = rowsOf(page).filter({ hasText: 'Bundled recording' }).first();
    await choice.waitFor({ timeout: PATIENCE_MS });
    await choice.click();

    const engines = () => enginesOf(server.pid);
    await until(page, 'words', ({ draft, document }) => (draft || document) !== '', PATIENCE_MS);
    const where = (await engines()).map(({ commandLine }) => commandLine);
    assert.equal(where.length, 2, 'two engines run');
    for (const line of where) {
      assert.ok(line.includes(path.join(extensions, installed[0] ?? '')), `from the package: ${line}`);
      assert.ok(!line.includes(path.join(ROOT, 'dist')), `not from the checkout: ${line}`);
    }
    const { document } = await until(
      page,
      'the end, all confirmed',
      ({ status, draft, document }) => status.includes('is off') && draft === '' && document !== '',
      PATIENCE_MS,
    );
    await page.screenshot({ path: await screenshotFile('9-installed') });
    const { rate, errors } = wordErrors(bundledRecording().text, document);
    assert.ok(rate < MAX_WORD_ERROR_RATE, `${errors} wrong words: ${document}`);
    const drafts = (await observed(page)).filter(({ draft }) => draft !== '');
    assert.ok(drafts.length > 0, 'drafts were shown');
  });

  it('shows its page with the icon', async () => {
    const { page } = host;
    await page.keyboard.press('Control+Shift+x');
    const entry = page.locator('.extension-list-item').filter({ hasText: 'Tandem Dictation' }).first();
    await entry.waitFor({ timeout: PATIENCE_MS });
    await entry.click();
    await page.locator('.extension-editor .name').first().waitFor({ timeout: PATIENCE_MS });
    const icon = page.locator('.extension-editor img.icon, .extension-editor .icon-container img').first();
    await icon.waitFor({ timeout: PATIENCE_MS });
    // The page's text is the README, in a frame of a frame.
    const text = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    const heading = text.getByRole('heading', { name: 'Tandem Dictation' }).first();
    await heading.waitFor({ timeout: PATIENCE_MS });
    await page.screenshot({ path: await screenshotFile('10-extension-page') });
  });
});

/**
 * Makes the package of this checkout, with the addon for this processor; the release tests one that it has made before.
 * @param folder for it and for what is put together on the way
 */
async function makePackage(folder: string): Promise<string> {
  const file = path.join(folder, 'tandem.vsix');
  const places = ['--out', file, '--work', path.join(folder, 'work')];
  await promisify(execFile)(process.execPath, ['scripts/package.mjs', '--this-machine', ...places], {
    cwd: ROOT,
    maxBuffer: 16 * 1024 * 1024,
  });
  return file;
}
