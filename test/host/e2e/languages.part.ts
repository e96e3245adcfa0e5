import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { twistedModel } from '../../support/twisted-model';
import { contextBecomes } from '../run/context-keys';
import { keepEvidence } from '../run/evidence';
import type { Host } from '../run/host';
import { speak } from '../run/language';
import { screenshotFile } from '../run/screenshots';
import type { SharedWindow } from '../run/shared-window';
import { messageOf } from '../run/shown';
import { UserSettings } from '../run/user-settings';
import { Workbench } from '../run/workbench';
import { ByKey } from './by-key';

/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 90_000;
const FILE = 'languages.txt';
/** What the engine says of the model that it is given here. */
const REFUSED = 'whisper.cpp does not load the model: {0}.';

type Texts = Readonly<Record<string, string>>;

async function textsOf(...file: string[]): Promise<(english: string) => string> {
  const texts = JSON.parse(await readFile(path.join(ROOT, ...file), 'utf8')) as Texts;
  return (key) => {
    const text = texts[key];
    assert.ok(text !== undefined && text !== key, `${file.join('/')} translates "${key}"`);
    return text;
  };
}

/** The window in other languages: each kind of text comes to it by another way. */
export const languages = (window: SharedWindow) => () => {
  let host: Host;

  before(async () => {
    ({ host } = await window.take({ file: FILE, content: '' }));
    const model = path.join(host.folder, '..', 'twisted.bin');
    const embedded = path.join(ROOT, 'models', 'embedded', 'fast.bin');
    await writeFile(model, twistedModel(await readFile(embedded)));
    await new UserSettings(host).set({ 'tandem.models.fast': model });
  });

  keepEvidence(() => host);

  /** Opens the window anew, in a language, and dictates; with that model it cannot go well. */
  async function dictate(language: string) {
    const name = await textsOf(`package.nls.${language}.json`);
    const t = await textsOf('l10n', `bundle.l10n.${language}.json`);
    const command = (key: string) => `${name('category')}: ${name(key)}`;
    const { page, server, folder } = host;
    await speak(page, language);
    const workbench = await Workbench.open(page, server, { folder, file: path.join(folder, FILE) });
    const status = new ByKey(host);
    const idle = await status.around('the item', ({ label }) => label === t('Dictation is off'));
    assert.ok(idle.item.includes(t('Dictation')), idle.item);
    await workbench.command(command('command.start'));
    const [refused = ''] = t(REFUSED).split('{0}');
    const message = messageOf(page, refused);
    await message.waitFor({ timeout: PATIENCE_MS });
    const button = message
      .locator('.monaco-button')
      .filter({ hasText: t('Manage Models') })
      .first();
    await button.waitFor({ timeout: PATIENCE_MS });
    await page.screenshot({ path: await screenshotFile(`27-${language}`) });
    return { workbench, status, idle, t, command };
  }

  it('German stands in the status bar, in commands, in messages and in what a process reports', async () => {
    const { status, idle, t } = await dictate('de');
    // The engine is tried some times more, in vain.
    const failed = await status.around('the failure', ({ label }) => label === t('Dictation failed'));
    assert.notEqual(failed.background, idle.background, 'a colour of its own');
    await host.page.screenshot({ path: await screenshotFile('28-failed') });
    await contextBecomes(host.page, 'tandem.loading', false);
    await contextBecomes(host.page, 'tandem.listening', false);
  });

  it('so does Chinese', async () => {
    const { workbench, status, t, command } = await dictate('zh-cn');
    await workbench.command(command('command.cancel'));
    await status.around('the end', ({ label }) => label === t('Dictation is off'));
  });
};
