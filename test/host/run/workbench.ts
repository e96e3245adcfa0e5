import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../../../scripts/vscode/server.mjs';
import type { Browser, Locator, Page } from './playwright';
import { VIEWPORT } from './screenshots';

/** A window loads in about three seconds; a loaded two-core machine gets all the time it may need. */
const LOAD_TIMEOUT_MS = 120_000;
/** The palette opens before the extension's commands are known: it is opened again until the row is there. */
const ROW_TIMEOUT_MS = 2_000;
const RETRY_PAUSE_MS = 300;
/** A file is in its editor in a moment, and a row takes a click at once. */
const OPEN_TIMEOUT_MS = 20_000;

/** What the page's address can ask of the workbench. */
export interface WindowOptions {
  /** Absolute path of the folder to open, or its URI. */
  readonly folder: string;
  /** Absolute path of a file to open in it. */
  readonly file?: string;
  /** Further `[name, value]` pairs of the workbench's payload. */
  readonly payload?: readonly (readonly [string, string])[];
}

/** `absolutePath` on the server's machine, as the workbench names it. */
export function remoteUri(server: Pick<Server, 'port'>, absolutePath: string): string {
  return `vscode-remote://127.0.0.1:${server.port}${absolutePath}`;
}

/** Address of a window. */
export function windowUrl(server: Server, { folder, file, payload = [] }: WindowOptions): string {
  const all = [...payload, ...(file ? [['openFile', remoteUri(server, file)] as const] : [])];
  const query = new URLSearchParams({ folder });
  if (all.length > 0) query.set('payload', JSON.stringify(all));
  return `${server.url}/?${query}`;
}

/**
 * An empty page of the size that all screenshots have.
 * @param scale pixels of a screenshot for one of the page
 */
export function newPage(browser: Browser, scale = 1): Promise<Page> {
  return browser.newPage({ viewport: VIEWPORT, deviceScaleFactor: scale });
}

/** True once it is; false if it does not come. */
function isThere(locator: Locator): Promise<boolean> {
  return locator.waitFor({ timeout: OPEN_TIMEOUT_MS }).then(
    () => true,
    () => false,
  );
}

/** One window of VS Code, as a user sees and operates it. */
export class Workbench {
  private constructor(
    readonly page: Page,
    private readonly withFile: boolean,
  ) {}

  /** Opens a window and waits until it is there, and its file, if one was asked for. */
  static async open(page: Page, server: Server, options: WindowOptions): Promise<Workbench> {
    await page.goto(windowUrl(server, options));
    const workbench = new Workbench(page, options.file !== undefined);
    await workbench.loaded();
    return workbench;
  }

  /** Loads the window anew and waits until it is there again, with what it was opened with. */
  async reload(): Promise<void> {
    // The command returns before the page is left: going anywhere in that moment would be aborted by it.
    const anew = this.page.waitForEvent('load', { timeout: LOAD_TIMEOUT_MS });
    await this.command('Developer: Reload Window');
    await anew;
    await this.loaded();
  }

  private async loaded(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: LOAD_TIMEOUT_MS });
    if (this.withFile) await this.lineAt(0).waitFor({ timeout: LOAD_TIMEOUT_MS });
  }

  /** Runs a command by its full title, as the palette shows it. */
  async command(title: string, timeoutMs = LOAD_TIMEOUT_MS): Promise<void> {
    const { page } = this;
    const box = page.locator('.quick-input-widget input.input');
    const row = page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: page.getByText(title, { exact: true }) })
      .first();
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      try {
        await page.keyboard.press('F1');
        await box.waitFor({ timeout: ROW_TIMEOUT_MS });
        await box.fill(`>${title}`);
        await row.waitFor({ timeout: ROW_TIMEOUT_MS });
        // Given up sooner, it may have been done all the same, and the command would run twice.
        await row.click({ timeout: OPEN_TIMEOUT_MS });
        return;
      } catch (cause) {
        if (Date.now() > deadline) throw new Error(`No command "${title}" in the palette.`, { cause });
        await page.keyboard.press('Escape');
        await sleep(RETRY_PAUSE_MS);
      }
    }
  }

  /** Opens a file by its absolute path, by the dialog in the window. */
  async openFile(file: string): Promise<void> {
    const { page } = this;
    const name = file.slice(file.lastIndexOf('/') + 1);
    const tab = page.locator('.tab.active').filter({ hasText: name }).first();
    const box = page.locator('.quick-input-widget input.input');
    const deadline = Date.now() + LOAD_TIMEOUT_MS;
    do {
      if (Date.now() > deadline) throw new Error(`${file} was not opened.`);
      await this.command('File: Open File...');
      await box.waitFor({ timeout: LOAD_TIMEOUT_MS });
      while ((await box.isVisible()) && Date.now() < deadline) {
        await box.fill(file);
        await page.keyboard.press('Enter');
        await box.waitFor({ state: 'hidden', timeout: ROW_TIMEOUT_MS }).catch(() => undefined);
      }
      // The dialog puts the name of its folder into the box once it has read it, perhaps over what was entered: then something
      // else was opened, or nothing.
    } while (!(await isThere(tab)));
  }

  /** Hides side bar and panel, and what was told. */
  async clear(): Promise<void> {
    await this.hide('.part.sidebar', 'Control+b');
    await this.hide('.part.panel', 'Control+j');
    await this.command('Notifications: Clear All Notifications');
  }

  private async hide(part: string, key: string): Promise<void> {
    const shown = this.page.locator(part).first();
    if (!(await shown.isVisible())) return;
    await this.page.keyboard.press(key);
    await shown.waitFor({ state: 'hidden' });
  }

  /** Puts the caret at the end of a line (0 is the first). */
  async caretAtEndOf(line: number): Promise<void> {
    await this.lineAt(line).click();
    await this.page.keyboard.press('End');
  }

  private lineAt(index: number): Locator {
    return this.page.locator('.editor-instance .view-line').nth(index);
  }
}
