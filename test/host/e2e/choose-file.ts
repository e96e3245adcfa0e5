import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../run/host';
import { rowsOf } from '../run/shown';

const LOOK_AGAIN_MS = 50;
/** Longer than the dialog needs to read a folder. */
const READ_MS = 5_000;

/** Chooses a file of this computer in the dialog of VS Code that has been asked for. */
export async function chooseFile(
  { page, folder }: Pick<Host, 'page' | 'folder'>,
  file: string,
  timeoutMs: number,
): Promise<void> {
  const input = page.locator('.quick-input-widget input.input').first();
  // It begins in the user's own folder, not in that of the window.
  const home = path.join(path.dirname(folder), path.sep);
  const deadline = Date.now() + timeoutMs;
  for (let at = ''; at !== home; at = await input.inputValue()) {
    assert.ok(Date.now() < deadline, `the dialog stands at "${at}"`);
    await sleep(LOOK_AGAIN_MS);
  }
  // Enter would count only once the dialog has read that folder.
  const row = rowsOf(page)
    .filter({ hasText: path.basename(file) })
    .first();
  while (!(await row.isVisible())) {
    assert.ok(Date.now() < deadline, `the dialog does not show ${file}`);
    // What is typed while it is reading another folder may count for nothing: so it is typed again.
    await input.fill(home);
    await input.fill(file);
    await row.waitFor({ timeout: READ_MS }).catch(() => undefined);
  }
  await row.click({ timeout: timeoutMs });
}
