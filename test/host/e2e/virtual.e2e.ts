import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { wordErrors } from '../../../src/core/measure/wer';
import { keepEvidence } from '../run/evidence';
import { startHost, type Host } from '../run/host';
import { screenshotFile } from '../run/screenshots';
import { Workbench } from '../run/workbench';
import { chooseFile } from './choose-file';
import { isOff, isReady, until } from './observer';
import { recording } from './recordings';

/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;
/** What the extension beside this file provides. */
const FOLDER = 'tandem-test:/';
const NOTES = 'notes.md';

/** VS Code disables here whatever does not say that it can do without files on disk. */
describe('a window whose folder is on no disk', function () {
  const spoken = recording('t03');
  let host: Host;
  let workbench: Workbench;
  let files: string;

  before(async () => {
    files = await mkdtemp(path.join(os.tmpdir(), 'tandem-virtual-'));
    await writeFile(path.join(files, NOTES), 'first line\n');
    host = await startHost({
      extensions: {
        'tandem.tandem-dictation': ROOT,
        'tandem-test.virtual-folder': path.join(ROOT, 'test', 'host', 'e2e', 'virtual-folder'),
      },
      env: { TANDEM_TEST_FILES: files },
    });
  });

  keepEvidence(() => host);

  after(async () => {
    await host.dispose();
    await rm(files, { recursive: true, force: true });
  });

  it('is dictated into as any other, and what was said is saved', async () => {
    const { page, server, microphone } = host;
    const payload = [['openFile', `${FOLDER}${NOTES}`]] as const;
    workbench = await Workbench.open(page, server, { folder: FOLDER, payload });
    await until(page, 'the file', ({ document }) => document.startsWith('first line'), PATIENCE_MS);
    await until(page, 'the status bar item', isOff, PATIENCE_MS);
    await workbench.caretAtEndOf(1);
    await workbench.command('Dictation: Start Dictation');
    await until(page, 'listening', isReady, PATIENCE_MS);
    await microphone.play(spoken.wav);
    await workbench.command('Dictation: Stop Dictation');
    await until(page, 'the words', (now) => isOff(now) && now.dirty, PATIENCE_MS);
    await workbench.command('File: Save');
    const { document } = await until(page, 'the saved file', ({ dirty }) => !dirty, PATIENCE_MS);
    const saved = await readFile(path.join(files, NOTES), 'utf8');
    assert.equal(saved.trimEnd(), document.trimEnd());
    assert.ok(wordErrors(spoken.text, saved.replace('first line', '')).rate < 0.5, saved);
    await page.screenshot({ path: await screenshotFile('25-virtual') });
  });

  it('can be played a recording that lies on the computer', async () => {
    const { page } = host;
    const before = await until(page, 'the end of the first', isOff, PATIENCE_MS);
    await workbench.command('Dictation: Dictate a Recording…');
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'WAV file' }).first().click({ timeout: PATIENCE_MS });
    await chooseFile(host, spoken.wav, PATIENCE_MS);
    const { document } = await until(
      page,
      'its words',
      (now) => isOff(now) && now.draft === '' && now.document.length > before.document.length,
      PATIENCE_MS,
    );
    assert.ok(wordErrors(spoken.text, document.slice(before.document.trimEnd().length)).rate < 0.5, document);
  });
});
