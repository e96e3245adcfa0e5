import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepEvidence } from '../run/evidence';
import type { Host } from '../run/host';
import { recordersOf, variableOf } from '../run/processes';
import { screenshotFile } from '../run/screenshots';
import type { SharedWindow } from '../run/shared-window';
import { rowsOf } from '../run/shown';
import type { Workbench } from '../run/workbench';
import { activationTime } from './activation';
import { assertSpoken } from './by-key';
import { isOff, isSettled, until } from './observer';
import { recording } from './recordings';

/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;

const LOOK_AGAIN_MS = 50;

/** The picture of a step lies in a frame of its own, which loads later. */
const PICTURE_MS = 4_000;

/** The window as somebody operates it who has just installed the extension. */
export const setup = (window: SharedWindow) => () => {
  let host: Host;
  let workbench: Workbench;

  const rows = () => rowsOf(host.page);
  const row = (text: string | RegExp) => rows().filter({ hasText: text }).first();
  const title = () => host.page.locator('.quick-input-title').first();
  const button = (name: string) => host.page.locator(`.quick-input-titlebar [aria-label^="${name}"]`).first();

  /** Resolves once the title of the quick pick fits. */
  async function titled(pattern: RegExp): Promise<string> {
    await host.page
      .locator('.quick-input-title')
      .filter({ hasText: pattern })
      .first()
      .waitFor({ timeout: PATIENCE_MS });
    return (await title().textContent()) ?? '';
  }

  before(async () => {
    ({ host, workbench } = await window.take({ file: 'setup.txt', content: '' }));
    const { page } = host;
    await until(page, 'the status bar item', ({ status }) => status.includes('is off'), PATIENCE_MS);
  });

  keepEvidence(() => host);
  afterEach(() => host.page.keyboard.press('Escape'));

  it('lists the real microphones with the level of the one under the cursor, and remembers the choice', async () => {
    const { page, microphone, folder } = host;
    await workbench.command('Dictation: Select Microphone');
    await row('System Default').waitFor({ timeout: PATIENCE_MS });
    const monitor = row('Monitor of Null Output');
    await monitor.waitFor({ timeout: PATIENCE_MS });
    const speaking = microphone.play(recording('t03').wav);
    // Speech fills at least one bar to half.
    await titled(/[▄▅▆▇█]/);
    await page.screenshot({ path: await screenshotFile('5-microphone') });
    await speaking;
    await row('what the loudspeakers play').click();
    const file = path.join(folder, '..', 'user-data', 'User', 'settings.json');
    await untilFile(file, /"tandem\.microphone\.device": "vmic\.monitor"/);
  });

  it('goes on with a microphone that is chosen in the middle of a dictation', async () => {
    const { page, microphone, server } = host;
    const spoken = recording('t09');
    const listening = async () => {
      const devices = (await recordersOf(server.pid)).map(({ pid }) => variableOf(pid, 'PULSE_SOURCE'));
      return Promise.all(devices);
    };
    await workbench.caretAtEndOf(0);
    await workbench.command('Dictation: Start Dictation');
    await until(page, 'listening', isSettled, PATIENCE_MS);
    assert.deepEqual(await listening(), ['vmic.monitor']);
    await workbench.command('Dictation: Select Microphone');
    await row('System Default').click({ timeout: PATIENCE_MS });
    const deadline = Date.now() + PATIENCE_MS;
    for (let now = await listening(); now.length !== 1 || now[0] !== undefined; now = await listening()) {
      assert.ok(Date.now() < deadline, `heard is ${now.join(', ')}`);
      await sleep(LOOK_AGAIN_MS);
    }
    await microphone.play(spoken.wav);
    await workbench.command('Dictation: Stop Dictation');
    assertSpoken(spoken, (await until(page, 'the end', isOff, PATIENCE_MS)).document);
  });

  it('checks everything, shows a report, and copies it without private data', async () => {
    const { page, microphone } = host;
    await workbench.command('Dictation: Check Setup');
    await row(/Say something/).waitFor({ timeout: PATIENCE_MS });
    await microphone.play(recording('t03').wav);
    await titled(/could be better|everything works/);
    const texts = await rows().allTextContents();
    // The list is as high as the window allows, and holds the lines only that are in sight.
    await page.keyboard.press('ArrowUp');
    await row(/^\s*Speed/).waitFor({ timeout: PATIENCE_MS });
    texts.push(...(await rows().allTextContents()));
    const expected = [
      /^Recorder.*(arecord|sox)/,
      /^Microphone/,
      /^Level.*peak/,
      /^Model for drafts.*built in/,
    ];
    for (const pattern of [
      ...expected,
      /^Model for confirmation/,
      /^Engines.*loaded in \d+ ms/,
      /^Speed.*\d+ ms/,
    ])
      assert.ok(
        texts.some((text) => pattern.test(text.trim())),
        `${pattern} in ${JSON.stringify(texts)}`,
      );
    await page.screenshot({ path: await screenshotFile('6-setup') });
    // The hover over the line under the pointer would cover the button.
    await page.mouse.move(1, 1);
    await page.locator('.hover-contents').first().waitFor({ state: 'hidden' });
    await button('Copy Report').click();
    await titled(/report copied/);
    await page.keyboard.press('Escape');
    await workbench.caretAtEndOf(0);
    await page.keyboard.press('Control+v');
    const { document } = await until(page, 'the report', (now) => now.document.includes('Engines'));
    assert.match(document, /Tandem Dictation \d/);
    assert.doesNotMatch(document, /vmic|\/home|\/root|\/tmp/);
  });

  it('shows the models with what suits this machine', async () => {
    const { page } = host;
    await workbench.command('Dictation: Manage Models');
    await row('small.en-q8_0').waitFor({ timeout: PATIENCE_MS });
    const texts = (await rows().allTextContents()).map((text) => text.trim());
    assert.match(texts[0] ?? '', /q8_0.*Recommended for this machine/i);
    await page.screenshot({ path: await screenshotFile('7-models') });
  });

  it('guides through the first steps', async () => {
    const { page } = host;
    await workbench.clear(); // room for the pictures
    await workbench.command('Dictation: Get Started');
    const step = page.locator('.getting-started-step, .step-list-container .getting-started-step').first();
    await step.waitFor({ timeout: PATIENCE_MS });
    await sleep(PICTURE_MS);
    await page.screenshot({ path: await screenshotFile('8-walkthrough') });
  });

  it('has begun in a time that VS Code tells', async () => {
    assert.ok((await activationTime(workbench, PATIENCE_MS)) >= 0);
  });
};

async function untilFile(file: string, pattern: RegExp): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (pattern.test(text)) return;
    assert.ok(Date.now() < deadline, `${file} never had ${pattern}: ${text}`);
    await sleep(200);
  }
}
