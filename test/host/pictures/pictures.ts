import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { ensureCachedVscode } from '../../../scripts/vscode/cache.mjs';
import { until, type Sample } from '../e2e/observer';
import { recording } from '../e2e/recordings';
import { launchBrowser } from '../run/browser';
import { startHost, type Host } from '../run/host';
import { enginesOf } from '../run/processes';
import { Workbench } from '../run/workbench';
import { animate, type Shot } from './animation';

const FOLDER = path.join(ROOT, 'media', 'readme');
/** Room for two lines of text and the status bar. */
const STRIP = { width: 900, height: 190 };
/** Room for the whole list of checks, which takes the upper part of a window. */
const REPORT = { width: 900, height: 1_000 };
/** Around what is cut out of a window, pixels of the page. */
const MARGIN = 12;
/** An empty stretch of the bar with the tabs: nothing there answers to the pointer. */
const NOWHERE = { x: STRIP.width / 2, y: 20 };
/** Text is drawn this much finer in still pictures than on the screen. */
const SCALE = 2;
/** A picture of the animation at most this often, ms. */
const EVERY_MS = 100;
/** A breath between two sentences, ms. */
const PAUSE_MS = 900;
/** The workbench has laid itself out anew after this long, ms. */
const LAYOUT_MS = 500;
const PATIENCE_MS = 120_000;
/** Side of the icon, pixels. */
const ICON = 256;

const DARK = 'Default Dark Modern';
const LIGHT = 'Default Light Modern';
/** Nothing but the text, the tab and the status bar. */
const QUIET = {
  'breadcrumbs.enabled': false,
  'editor.fontSize': 15,
  'editor.renderLineHighlight': 'none',
  'editor.scrollbar.vertical': 'hidden',
  'editor.wordWrap': 'on',
  'workbench.activityBar.location': 'hidden',
  'workbench.colorTheme': DARK,
  'workbench.layoutControl.enabled': false,
  'window.title': ' ',
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const isSettled = ({ draft, status }: Sample) => draft === '' && /Dictation listens(?! while)/.test(status);

/** Takes all pictures of the README anew, in a real window that hears real recordings; draws the icon from its SVG. */
export async function takePictures(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await drawIcon();
  const host = await startHost({
    extensions: { 'tandem.tandem-dictation': ROOT },
    files: { 'notes.md': '# Notes\n\n' },
    settings: QUIET,
    scale: SCALE,
  });
  try {
    const workbench = await openWindow(host);
    await takeAnimation(host);
    await takeStills(host);
    await takeReport(host, workbench);
  } finally {
    await host.dispose();
  }
}

async function openWindow({ page, server, folder }: Host): Promise<Workbench> {
  const workbench = await Workbench.open(page, server, { folder, file: path.join(folder, 'notes.md') });
  await page.keyboard.press('Control+b'); // hides the side bar
  await page.setViewportSize(STRIP);
  await workbench.caretAtEndOf(2);
  await until(page, 'the status bar item', ({ status }) => status.includes('is off'), PATIENCE_MS);
  await workbench.command('Dictation: Start Dictation');
  await until(page, 'listening with loaded models', isSettled, PATIENCE_MS);
  await workbench.command('Notifications: Clear All Notifications');
  await page.mouse.move(NOWHERE.x, NOWHERE.y);
  return workbench;
}

/** Two sentences, from the first word to the last that is confirmed. */
async function takeAnimation({ page, microphone }: Host): Promise<void> {
  const shots: Shot[] = [];
  let done = false;
  const filming = (async () => {
    while (!done) {
      const at = Date.now();
      shots.push({ at, png: await page.screenshot({ scale: 'css' }) });
      await sleep(Math.max(0, EVERY_MS - (Date.now() - at)));
    }
  })();
  for (const name of ['t03', 't14']) {
    await microphone.play(recording(name).wav);
    await sleep(PAUSE_MS);
  }
  await until(page, 'confirmed words', (now) => isSettled(now) && now.document.length > 60, PATIENCE_MS);
  await sleep(PAUSE_MS); // the highlight of settled words fades
  done = true;
  await filming;
  await writeFile(path.join(FOLDER, 'dictation.gif'), animate(shots));
}

/** Confirmed text with a draft behind it, dark and light; the heavy model is held meanwhile. */
async function takeStills({ page, microphone, server, folder }: Host): Promise<void> {
  const heavy = (await enginesOf(server.pid)).at(-1);
  if (!heavy) throw new Error('No engine runs.');
  process.kill(heavy.pid, 'SIGSTOP');
  try {
    const speaking = microphone.play(recording('t01').wav);
    await until(page, 'a draft', ({ draft }) => draft.split(/\s+/).length > 5, PATIENCE_MS);
    await speaking;
    for (const [name, theme] of [
      ['dark', DARK],
      ['light', LIGHT],
    ] as const) {
      const light = theme === LIGHT;
      await mkdir(path.join(folder, '.vscode'), { recursive: true });
      const settings = JSON.stringify({ 'workbench.colorTheme': theme });
      await writeFile(path.join(folder, '.vscode', 'settings.json'), settings);
      const isBright = ({ background }: Sample) => Number(/\d+/.exec(background)?.[0]) > 128;
      await until(page, theme, (now) => isBright(now) === light, PATIENCE_MS);
      await sleep(LAYOUT_MS);
      await page.screenshot({ path: path.join(FOLDER, `draft-${name}.png`) });
    }
  } finally {
    process.kill(heavy.pid, 'SIGCONT');
  }
  await until(page, 'confirmed words', isSettled, PATIENCE_MS);
}

async function takeReport({ page, microphone }: Host, workbench: Workbench): Promise<void> {
  await workbench.command('Dictation: Stop Dictation');
  await until(page, 'the end', ({ status }) => status.includes('is off'), PATIENCE_MS);
  await page.setViewportSize(REPORT);
  await workbench.command('Dictation: Check Setup');
  const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: /Say something/ });
  await row.first().waitFor({ timeout: PATIENCE_MS });
  await microphone.play(recording('t03').wav);
  const title = page.locator('.quick-input-title').filter({ hasText: /could be better|everything works/ });
  await title.first().waitFor({ timeout: PATIENCE_MS });
  // Below the list, which would answer with a hover.
  await page.mouse.move(REPORT.width / 2, REPORT.height - 100);
  await page.locator('.hover-contents').first().waitFor({ state: 'hidden', timeout: PATIENCE_MS });
  await sleep(LAYOUT_MS);
  const list = await page.locator('.quick-input-widget').first().boundingBox();
  if (!list) throw new Error('There is no list of checks.');
  await page.screenshot({ path: path.join(FOLDER, 'check-setup.png'), clip: around(list) });
}

function around({ x, y, width, height }: Box): Box {
  const [left, top] = [Math.max(0, x - MARGIN), Math.max(0, y - MARGIN)];
  return { x: left, y: top, width: x + width + MARGIN - left, height: y + height + MARGIN - top };
}

async function drawIcon(): Promise<void> {
  const browser = await launchBrowser(await ensureCachedVscode());
  try {
    const page = await browser.newPage({ viewport: { width: ICON, height: ICON } });
    const svg = await readFile(path.join(ROOT, 'media', 'icon.svg'), 'utf8');
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
    await page.screenshot({ path: path.join(ROOT, 'media', 'icon.png'), omitBackground: true });
  } finally {
    await browser.close();
  }
}
