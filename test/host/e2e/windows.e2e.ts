import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { wordErrors } from '../../../src/core/measure/wer';
import { keepEvidence } from '../run/evidence';
import { startHost, type Host } from '../run/host';
import { nothingLeft, recordersOf } from '../run/processes';
import { screenshotFile } from '../run/screenshots';
import { Workbench } from '../run/workbench';
import { marks } from './marks';
import { isOff, isReady, observe, observed, until, type Sample } from './observer';
import { recording } from './recordings';

/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;

/** A folder from somewhere, which nobody trusts, tries to choose programs, files and hosts; so does the definition of its container. */
const FOLDER_SETTINGS = {
  'tandem.microphone.recorder': 'rec',
  'tandem.microphone.device': 'no-such-device',
  'tandem.models.fast': '/no/such/model.bin',
  'tandem.models.heavy': '/no/such/model.bin',
  'tandem.models.mirror': 'http://127.0.0.1:9/',
  // This one may be chosen, and shows that the file is read at all.
  'tandem.anchor.mark': 'none',
};

/** Shows that the settings of the other machine are read at all. */
const MACHINE_SHOWS = { 'editor.lineNumbers': 'off' };

/** Two windows of one user, each with a file of its own, and one microphone. Everything works although the folder is not trusted. */
describe('two windows of an untrusted folder and one microphone', function () {
  const spoken = recording('t14');
  const later = recording('t03');
  let host: Host;
  let first: Workbench;
  let second: Workbench;

  async function openWindow(page: Host['page'], file: string): Promise<Workbench> {
    const { server, folder } = host;
    const workbench = await Workbench.open(page, server, { folder, file: path.join(folder, file) });
    await until(page, 'the status bar item', isOff, PATIENCE_MS);
    await workbench.caretAtEndOf(0);
    return workbench;
  }

  before(async () => {
    host = await startHost({
      extensions: { 'tandem.tandem-dictation': ROOT },
      untrusted: true,
      machineSettings: { ...FOLDER_SETTINGS, ...MACHINE_SHOWS },
      files: { 'one.txt': '', 'two.txt': '', '.vscode/settings.json': JSON.stringify(FOLDER_SETTINGS) },
    });
    first = await openWindow(host.page, 'one.txt');
  });

  keepEvidence(() => host);

  after(() => host.dispose());

  it('say once whose microphone is heard, for the window is shown in a browser', async () => {
    const { page } = host;
    await first.command('Dictation: Start Dictation');
    // The offer of models comes with the first dictation, too: before this message, or after it.
    const told = ({ messages }: Sample) =>
      messages.some((text) => text.includes(`hears the microphone of ${os.hostname()}`));
    await until(page, 'the computer is named', told, PATIENCE_MS);
    await until(page, 'listening', isReady, PATIENCE_MS);
    await first.command('Dictation: Stop Dictation');
    await until(page, 'the end', isOff, PATIENCE_MS);
    await first.command('Notifications: Clear All Notifications');
    await until(page, 'no name', (sample) => !told(sample), PATIENCE_MS);
    await observe(page);
    await first.command('Dictation: Start Dictation');
    await until(page, 'listening again', isReady, PATIENCE_MS);
    assert.ok(!(await observed(page)).some(told), 'not a second time');
  });

  it('let neither folder nor container choose a recorder, device, model or host', async () => {
    const { page, server } = host;
    await page.getByText('Restricted Mode').first().waitFor({ timeout: PATIENCE_MS });
    assert.deepEqual((await recordersOf(server.pid)).map(({ name }) => name).includes('rec'), false);
    assert.equal((await marks(page)).gutter, 0, 'the setting that may be chosen has an effect');
    assert.equal(await page.locator('.line-numbers').count(), 0, 'so have settings of the other machine');
    await page.screenshot({ path: await screenshotFile('12-untrusted') });
  });

  it('give it to the one that began last; the other says so and confirms what it heard', async () => {
    const { page, microphone, server } = host;
    await microphone.play(spoken.wav);
    const other = await host.newPage();
    await observe(page); // a message goes by itself after some seconds
    second = await openWindow(other, 'two.txt');
    await second.command('Dictation: Start Dictation');
    await until(other, 'the second listens', isReady, PATIENCE_MS);
    const { document } = await until(page, 'the first lets go', isOff, PATIENCE_MS);
    const messages = (await observed(page)).flatMap((sample) => sample.messages);
    assert.ok(
      messages.some((text) => text.includes('Another window')),
      messages.join('; '),
    );
    assert.ok(wordErrors(spoken.text, document).rate < 0.5, document);
    assert.equal((await recordersOf(server.pid)).length, 1, 'one recorder is left');
    await page.screenshot({ path: await screenshotFile('11-other-window') });

    await microphone.play(later.wav);
    await second.command('Dictation: Stop Dictation');
    const heard = await until(other, 'the second confirms', isOff, PATIENCE_MS);
    assert.ok(wordErrors(later.text, heard.document).rate < 0.5, heard.document);
    const unchanged = await until(page, 'the first is as it was', isOff);
    assert.equal(unchanged.document, document);
  });

  it('give it back to the first when that begins anew, and leave nothing behind', async () => {
    const { page, server } = host;
    await second.command('Dictation: Start Dictation');
    await until(second.page, 'the second listens', isReady, PATIENCE_MS);
    await first.command('Dictation: Start Dictation');
    await until(page, 'the first listens', isReady, PATIENCE_MS);
    await until(second.page, 'the second lets go', isOff, PATIENCE_MS);
    await first.command('Dictation: Cancel Dictation');
    await until(page, 'the end', isOff, PATIENCE_MS);
    assert.deepEqual(await recordersOf(server.pid), []);
    const claims = path.join(host.folder, '..', '.local', 'share', 'tandem-dictation', 'microphone');
    assert.deepEqual(await readdir(claims), []);
  });

  it('leave nothing when both are closed', async () => {
    await first.command('Developer: Reload Window');
    await second.command('Developer: Reload Window');
    await nothingLeft(host.server.pid, PATIENCE_MS);
  });
});
