import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { collect } from '../run/results';
import { VIRTUAL_SCHEME } from '../run/virtual-folder';

/** The tests for a window whose folder is virtual; all others need a real one. */
const VIRTUAL_SUITE = 'virtual-workspace.vscode.test.js';

/** A test may wait for models to load and for a sentence to be spoken. */
const TEST_TIMEOUT_MS = 60_000;

/**
 * Runs every `*.vscode.test.js` bundled beside this file that suits the window, inside the extension host. Called by VS Code, be it the desktop
 * application (`npm run test:desktop`) or the one in the browser (`npm run test:host`).
 *
 * Environment: `TANDEM_HOST_RESULTS` names the file for the result as JSON; `TANDEM_HOST_GREP` picks tests by title.
 */
export async function run(): Promise<void> {
  const grep = process.env['TANDEM_HOST_GREP'];
  const mocha = new Mocha({ ui: 'bdd', timeout: TEST_TIMEOUT_MS, color: false, ...(grep ? { grep } : {}) });
  const isVirtual = vscode.workspace.workspaceFolders?.[0]?.uri.scheme === VIRTUAL_SCHEME;
  for (const name of readdirSync(__dirname).sort())
    if (name.endsWith('.vscode.test.js') && isVirtual === (name === VIRTUAL_SUITE))
      mocha.addFile(path.join(__dirname, name));

  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run((count) => {
      const file = process.env['TANDEM_HOST_RESULTS'];
      const written = file ? writeFile(file, JSON.stringify(result(), null, 2)) : Promise.resolve();
      void written.then(() => resolve(count));
    });
    const result = collect(runner);
  });
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
