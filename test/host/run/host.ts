import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { OUT } from '../../../scripts/setup/paths.mjs';
import { HOST_SETTINGS } from '../../../scripts/test/host-settings.mjs';
import { ensureCachedVscode, type CachedVscode } from '../../../scripts/vscode/cache.mjs';
import { installVsix } from '../../../scripts/vscode/install.mjs';
import { startServer, type Server } from '../../../scripts/vscode/server.mjs';
import { DisposalList } from '../../../src/core/lifetime';
import { beginVirtualMicrophone, type VirtualMicrophone } from '../../support/virtual-microphone';
import { launchBrowser } from './browser';
import type { Page } from './playwright';
import { screenshotFile } from './screenshots';
import { newPage } from './workbench';

/** Not digital silence, which means a muted microphone; low, because the built-in models have never heard noise. */
const HISS_DB = -70;

/** Folders are untrusted without a question, which would stand in front of the window. */
const UNTRUSTED = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

/** How this VS Code differs from the usual one. */
export interface HostOptions {
  /** Options of code-server. */
  readonly args?: readonly string[];
  /** Environment of the server, and so of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Extensions to install by link: folder by `publisher.name-version`. */
  readonly extensions?: Readonly<Record<string, string>>;
  /** Package to install, as a user does. */
  readonly vsix?: string;
  /** User settings on top of the usual ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the machine that the server runs on, as the definition of a container may write them. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Keys of the user, as in `keybindings.json`. */
  readonly keybindings?: readonly object[];
  /** How finely the window is drawn. */
  readonly scale?: number;
  /** The workspace is not trusted, and nobody is asked about it. */
  readonly untrusted?: boolean;
  /** Files of the workspace folder, content by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A VS Code of its own with an empty page in a browser, a workspace folder, and a microphone to speak into. */
export interface Host {
  readonly server: Server;
  readonly microphone: VirtualMicrophone;
  readonly page: Page;
  /** A second empty page, for another window. */
  newPage(): Promise<Page>;
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  /** Absolute path of the folder with the installed extensions. */
  readonly extensions: string;
  /** Keeps what explains a failure: a screenshot, and under `out/results/` the log of the server and the console of the window. */
  keepEvidence(title: string): Promise<void>;
  /** Ends everything that was started, newest first, and removes its files. */
  dispose(): Promise<void>;
}

/** Starts all parts of a {@link Host}; if one fails, those before it are ended. */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  const vscode = await ensureCachedVscode();
  const started = new DisposalList();
  try {
    const home = await mkdtemp(path.join(os.tmpdir(), 'tandem-host-'));
    // The server may still be writing when it is ended: removal is tried again.
    started.add(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    const folder = path.join(home, 'workspace');
    await mkdir(folder);
    for (const [name, content] of Object.entries(options.files ?? {})) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), content);
    }

    const coming = beginVirtualMicrophone({ hiss: HISS_DB });
    started.add(() => coming.stop());
    // None of them waits for another one: two seconds less for each window.
    const parts = [
      coming.ready,
      serve(options, { vscode, home, env: coming.env }),
      launchBrowser(vscode),
    ] as const;
    const [, served, launched] = await Promise.allSettled(parts);
    if (served.status === 'fulfilled') started.add(() => served.value.stop());
    if (launched.status === 'fulfilled') started.add(() => launched.value.close());
    const [microphone, server, browser] = await Promise.all(parts);
    const page = await newPage(browser, options.scale);
    const console: string[] = [];
    page.on('console', (message) => console.push(`[${message.type()}] ${message.text()}`));
    const keepEvidence = async (title: string) => {
      const name = `failed-${title.replace(/\W+/g, '-')}`;
      await page.screenshot({ path: await screenshotFile(name) });
      const log = path.join(OUT, 'results', `${name}.log`);
      await writeFile(log, `${await readFile(server.logFile, 'utf8')}\n${console.join('\n')}\n`);
    };
    return {
      server,
      microphone,
      page,
      newPage: () => newPage(browser, options.scale),
      folder,
      extensions: path.join(home, 'extensions'),
      keepEvidence,
      dispose: () => started.dispose(),
    };
  } catch (error) {
    await started.dispose();
    throw error;
  }
}

/** Installs the extensions and starts the server. */
async function serve(
  options: HostOptions,
  { vscode, home, env }: { vscode: CachedVscode; home: string; env: Readonly<Record<string, string>> },
): Promise<Server> {
  const settings = { ...HOST_SETTINGS, ...(options.untrusted ? UNTRUSTED : {}), ...options.settings };
  if (options.vsix) await installVsix({ vscode, home, file: options.vsix, settings });
  return startServer({
    vscode,
    home,
    settings,
    workspaceTrust: options.untrusted ?? false,
    machineSettings: options.machineSettings ?? {},
    keybindings: options.keybindings ?? [],
    args: options.args ?? [],
    env: { ...env, ...options.env },
    extensions: options.extensions ?? {},
  });
}
