import assert from 'node:assert/strict';
import { VIEWPORT } from '../run/screenshots';
import type { Workbench } from '../run/workbench';

/** The list of running extensions holds the lines only that are in sight. */
const ALL_ROWS = { width: 1100, height: 4_000 };

/**
 * What VS Code itself measures: the time from loading the entry of the extension to the end of `activate()`, ms. The list stands in
 * an editor afterwards.
 */
export async function activationTime(workbench: Workbench, timeoutMs: number): Promise<number> {
  const { page } = workbench;
  await page.setViewportSize(ALL_ROWS);
  await workbench.command('Developer: Show Running Extensions');
  const row = page.locator('.extension').filter({ hasText: 'Tandem Dictation' }).first();
  const time = row
    .locator('.activation-time')
    .filter({ hasText: /\d+ ?ms/ })
    .first();
  await time.waitFor({ timeout: timeoutMs });
  const text = (await time.textContent()) ?? '';
  const [, ms] = /(\d+) ?ms/.exec(text) ?? [];
  assert.ok(ms, text);
  await page.setViewportSize(VIEWPORT);
  return Number(ms);
}
