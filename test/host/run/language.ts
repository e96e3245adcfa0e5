import type { Page } from './playwright';

/**
 * Makes the windows that this page shows from now on speak a language, as far as they have texts in it. Sets what the file of a
 * language pack sets beside the texts of VS Code itself, which stay English: the window tells the language to the server, which
 * reads `package.nls.*.json` for it, and to the extension host, which reads `l10n/`.
 * @param language as VS Code names it: `de`, `zh-cn`
 */
export async function speak(page: Pick<Page, 'addInitScript'>, language: string): Promise<void> {
  await page.addInitScript({ content: `globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};` });
}
