import type { Locator, Page } from './playwright';

/** Lines of a list that a command has opened, as far as they are in sight. */
export function rowsOf(page: Page): Locator {
  return page.locator('.quick-input-list .monaco-list-row');
}

/** A notification that says this. */
export function messageOf(page: Page, text: string | RegExp): Locator {
  return page.locator('.notification-list-item').filter({ hasText: text }).first();
}

/** A button of the notification that says this. */
export function buttonOf(page: Page, text: string | RegExp, name: string): Locator {
  return messageOf(page, text).locator('.monaco-button').filter({ hasText: name }).first();
}
