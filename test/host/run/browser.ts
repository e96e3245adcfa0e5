import type { CachedVscode } from '../../../scripts/vscode/cache.mjs';
import { findProgram } from '../../../scripts/setup/programs.mjs';
import { loadChromium, type Browser } from './playwright';

/** Names under which systems install Chromium or its twin, in the order in which they are looked for. */
const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** No GPU, no services of the browser's maker, and no host but this machine. */
const ARGUMENTS = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-features=Translate,MediaRouter,OptimizationHints,LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];

/** The installed Chromium, or undefined. */
export function findBrowser(): string | undefined {
  for (const name of PROGRAMS) {
    const program = findProgram(name);
    if (program) return program;
  }
  return undefined;
}

/** Starts the installed Chromium without a window. */
export async function launchBrowser(vscode: CachedVscode): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(`None of these browsers is installed: ${PROGRAMS.join(', ')}.`);
  // Chromium refuses its sandbox to root, which is what containers of continuous integration run as.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return loadChromium(vscode.playwright).launch({
    executablePath,
    headless: true,
    args: [...ARGUMENTS, ...sandbox],
  });
}
