import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { look, STOP_WATCHING } from '../e2e/observer';
import { CONTEXT_KEYBINDINGS } from './context-keys';
import { startHost, type Host } from './host';
import { titled } from './titled';
import { Workbench } from './workbench';

/** What a suite finds in the window. */
export interface Desk {
  /** Name and content of the file in front, new for this suite. */
  readonly file: string;
  readonly content: string;
  /** Settings of the workspace; those of other suites are gone. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * One window that suites use one after the other: opening one takes longer than most tests. The folder is a git repository without a
 * commit, side bar and panel are hidden.
 */
export class SharedWindow {
  private opened: { readonly host: Host; readonly workbench: Workbench } | undefined;
  private suites = 0;

  /** @throws Error before the first {@link take} */
  get host(): Host {
    if (!this.opened) throw new Error('No suite has taken the window yet.');
    return this.opened.host;
  }

  /** Opens the window, if this suite is the first one, and its file. */
  async take({ file, content, settings = {} }: Desk): Promise<{ host: Host; workbench: Workbench }> {
    const isFirst = this.opened === undefined;
    this.opened ??= await open(file, content);
    const { host, workbench } = this.opened;
    const location = path.join(host.folder, file);
    await writeFile(location, content);
    if (!isFirst) await this.tidyUp();
    const title = `suite ${++this.suites}`;
    await this.configure({ ...settings, 'window.title': title });
    await titled(host.page, title);
    await workbench.clear();
    if (!isFirst) await workbench.openFile(location);
    return this.opened;
  }

  /** Replaces the settings of the workspace. */
  async configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const folder = path.join(this.host.folder, '.vscode');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings));
  }

  async dispose(): Promise<void> {
    await this.opened?.host.dispose();
  }

  /** Ends what the suite before has left, be it that it failed. */
  private async tidyUp(): Promise<void> {
    const { page } = this.host;
    await page.evaluate(STOP_WATCHING);
    await page.keyboard.press('Escape');
    if (!(await look(page)).status.includes('is off'))
      await this.opened?.workbench.command('Dictation: Cancel Dictation');
  }
}

async function open(file: string, content: string) {
  const host = await startHost({
    extensions: {
      'tandem.tandem-dictation': ROOT,
      'tandem-test.reviewer': path.join(ROOT, 'test', 'host', 'e2e', 'reviewer'),
    },
    keybindings: CONTEXT_KEYBINDINGS,
    files: { [file]: content },
  });
  const { page, server, folder } = host;
  await promisify(execFile)('git', ['init', '--quiet'], { cwd: folder });
  const workbench = await Workbench.open(page, server, { folder, file: path.join(folder, file) });
  return { host, workbench };
}
