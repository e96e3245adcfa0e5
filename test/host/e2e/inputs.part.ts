import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { keepEvidence } from '../run/evidence';
import type { Host } from '../run/host';
import { screenshotFile } from '../run/screenshots';
import type { SharedWindow } from '../run/shared-window';
import { messageOf, rowsOf } from '../run/shown';
import { withoutConfirmation } from '../run/standstill';
import type { Workbench } from '../run/workbench';
import { assertSpoken, ByKey } from './by-key';
import { isOff, look, until } from './observer';
import { lookAround, type Surroundings } from './places';
import { recording } from './recordings';

/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 90_000;

/** One that can be commented. */
const FILE = 'reviewed.md';
const NOTES = 'first line\n';
const OTHER_FILE = 'searched.md';
const NOTEBOOK_FILE = 'book.ipynb';
const NOTEBOOK = {
  cells: [{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: ['# '] }],
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 5,
};
const SETTINGS = {
  'git.enabled': true,
  'chat.disableAIFeatures': false,
  // Rows of text that can be read.
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.defaultProfile.linux': 'bash',
  // Extensions that come to life late would have the shell started anew, and what was typed thrown away.
  'terminal.integrated.environmentChangesRelaunch': false,
  // One line a prompt: so many commands were run, and one.
  'terminal.integrated.env.linux': { PROMPT_COMMAND: 'echo prompt >> "$HOME/prompts"' },
};

const git = (folder: string, ...args: string[]) => promisify(execFile)('git', args, { cwd: folder });

/** The key is pressed where the keyboard is: in every kind of input that a window has. */
export const inputs = (window: SharedWindow) => () => {
  const numbers = recording('t16');
  const short = recording('t09');
  const message = recording('t07');
  let host: Host;
  let workbench: Workbench;
  let keyed: ByKey;
  /** Prompts that the shell had shown before anything was dictated. */
  let promptsBefore = 0;

  before(async () => {
    ({ host, workbench } = await window.take({ file: FILE, content: NOTES, settings: SETTINGS }));
    keyed = new ByKey(host);
    const { page, folder } = host;
    await writeFile(path.join(folder, NOTEBOOK_FILE), JSON.stringify(NOTEBOOK));
    await writeFile(path.join(folder, OTHER_FILE), NOTES);
    await git(folder, 'config', 'user.name', 'Ada');
    await git(folder, 'config', 'user.email', 'ada@example.org');
    await git(folder, 'add', FILE);
    await until(page, 'the status bar item', isOff, PATIENCE_MS);
  });

  keepEvidence(() => host);

  const prompts = async () =>
    (await readFile(path.join(host.folder, '..', 'prompts'), 'utf8').catch(() => ''))
      .split('\n')
      .filter((line) => line !== '').length;
  const hasPrompt = ({ terminal }: Surroundings) => /[$#]$/.test(terminal.at(-1) ?? '');
  /** What stands behind the last prompt, as wide as the terminal may be. */
  const typed = ({ terminal }: Surroundings) => /[$#] ([^$#]*)$/.exec(terminal.join(''))?.[1] ?? '';

  it('in a terminal the words stand in the line of the shell, and nothing is run', async () => {
    const { page } = host;
    await workbench.command('Terminal: Create New Terminal');
    await keyed.around('a prompt', hasPrompt);
    // The palette gives the keyboard back to the editor when it is gone, perhaps later than the terminal takes it.
    await page.locator('.terminal-wrapper.active').click();
    await page.locator('.terminal-wrapper.active .xterm.focus').waitFor({ timeout: PATIENCE_MS });
    // A shell that has answered is there to stay.
    await page.keyboard.press('Enter');
    await keyed.around('a second prompt', (now) => hasPrompt(now) && now.terminal.length > 1);
    promptsBefore = await prompts();
    await page.keyboard.type('echo ');
    await keyed.around('what was typed', (now) => typed(now).trim() === 'echo');
    await keyed.dictate(numbers, /terminal bash/, '13-terminal');
    const line = typed(await lookAround(page));
    assert.match(line, /^echo [a-z].*42%.*[a-z]$/, 'small letters, digits, no full stop');
    assertSpoken(numbers, line.replace('echo ', '').replace('42%', 'forty two percent'));
    assert.equal(await prompts(), promptsBefore, 'nothing was run');
    await page.keyboard.press('Enter');
    const said = line.replace('echo ', '');
    await keyed.around(
      'what echo says',
      (now) => hasPrompt(now) && now.terminal.join('').split(said).length === 3,
    );
  });

  it('words for a terminal go there although one has clicked into an editor, and show it again if it is hidden', async () => {
    const { page, microphone, server } = host;
    await keyed.begin(/terminal bash/);
    await withoutConfirmation(server.pid, async () => {
      await microphone.play(short.wav);
      await keyed.drafted();
      await workbench.caretAtEndOf(0);
      await workbench.command('View: Toggle Panel Visibility');
      await page.locator('.part.panel').first().waitFor({ state: 'hidden' });
      await page.screenshot({ path: await screenshotFile('14-terminal-hidden') });
    });
    const now = await keyed.around('the words', (shown) => typed(shown) !== '');
    assert.equal(await page.locator('.part.panel').first().isVisible(), true);
    await page.keyboard.type('!');
    await until(page, 'the keyboard in the editor', ({ document }) => document.startsWith('first line!'));
    await page.keyboard.press('Control+z');
    await page.screenshot({ path: await screenshotFile('15-terminal-shown-again') });
    await keyed.end();
    assertSpoken(short, typed(await lookAround(page)));
    assert.equal((await look(page)).document, NOTES, 'nothing in the editor');
    assert.equal(await prompts(), promptsBefore + 1, `nothing was run: ${now.terminal.join('\n')}`);
  });

  it('words for a terminal that is closed meanwhile are offered, and in the history', async () => {
    const { page, microphone, server } = host;
    await page.locator('.terminal-wrapper.active').click();
    await keyed.begin(/terminal bash/);
    await withoutConfirmation(server.pid, async () => {
      await microphone.play(short.wav);
      await keyed.drafted();
      await workbench.command('Terminal: Kill the Active Terminal Instance');
      await page.locator('.terminal-wrapper').first().waitFor({ state: 'detached' });
    });
    const offer = messageOf(page, 'terminal you dictated into was closed');
    await offer.waitFor({ timeout: PATIENCE_MS });
    await until(page, 'the end by itself', isOff, PATIENCE_MS);
    await page.screenshot({ path: await screenshotFile('16-terminal-closed') });
    assert.equal((await look(page)).document, NOTES, 'typed nowhere');
    await workbench.caretAtEndOf(1);
    await offer.getByText('Insert at Cursor').first().click();
    const { document } = await until(page, 'the words', (now) => now.document !== NOTES, PATIENCE_MS);
    assertSpoken(short, document.replace('first line', ''));
    await page.keyboard.press('Control+z');
    await workbench.command('Dictation: Show Dictation History');
    const kept = rowsOf(page).filter({ hasText: 'not inserted' });
    await kept.first().waitFor({ timeout: PATIENCE_MS });
    assertSpoken(short, ((await kept.first().textContent()) ?? '').replace(/not inserted.*/, ''));
    // Its button copies it.
    await kept.first().hover();
    await kept.first().locator('.codicon-copy').click();
    await page.getByText('Dictated text copied').first().waitFor({ timeout: PATIENCE_MS });
    await workbench.caretAtEndOf(1);
    await page.keyboard.press('Control+v');
    const pasted = await until(page, 'the copied words', (now) => now.document !== NOTES, PATIENCE_MS);
    assertSpoken(short, pasted.document.replace('first line', ''));
    await page.keyboard.press('Control+z');
  });

  it('in the commit message the words follow its rules, and can be committed', async () => {
    const { page, folder } = host;
    await workbench.command('Source Control: Focus on Changes View');
    await page.locator('.scm-editor').first().click();
    await keyed.dictate(message, /commit message/, '17-commit-message');
    const commitMessage = await keyed.written(message, async () => (await lookAround(page)).commitMessage);
    assert.match(commitMessage, /^[A-Z].*[^.]$/, 'a capital, no full stop');
    await page.keyboard.press('Control+Enter');
    await keyed.around('the empty message', (now) => !now.commitMessage.includes(commitMessage));
    const { stdout } = await git(folder, 'log', '-1', '--format=%B');
    assert.equal(stdout.trim(), commitMessage);
  });

  it('in a comment the words go into its box', async () => {
    const { page } = host;
    await workbench.caretAtEndOf(0);
    await workbench.command('Comments: Add Comment on Current Selection');
    await page.locator('.comment-form .monaco-editor').first().waitFor({ timeout: PATIENCE_MS });
    await keyed.dictate(short, /comment/, '18-comment');
    await keyed.written(short, async () => (await lookAround(page)).comment);
    assert.equal((await look(page)).dirty, false, 'nothing in the file');
    // A comment that was begun would be asked about.
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Escape');
  });

  it('in a notebook the words go into the cell', async () => {
    const { page, microphone } = host;
    await workbench.openFile(path.join(host.folder, NOTEBOOK_FILE));
    const cell = page.locator('.notebookOverlay .cell-editor-container .view-line').first();
    await cell.waitFor({ timeout: PATIENCE_MS });
    await cell.click();
    await page.keyboard.press('End');
    await keyed.listen();
    await microphone.play(short.wav);
    await keyed.end();
    await keyed.written(short, async () => (await lookAround(page)).cell.slice(2));
    assert.match((await lookAround(page)).cell, /^# [A-Z]/);
    await page.screenshot({ path: await screenshotFile('19-notebook') });
  });

  /** Text of an input, or of an editor that is one. */
  const textIn = (selector: string) =>
    host.page.evaluate<string>(`[...document.querySelectorAll('${selector}')]
      .map((one) => one.value ?? one.textContent).join('').replaceAll('\\u00a0', ' ')`);

  it('in the find box the words stand in place of what is sought', async () => {
    const { page } = host;
    await workbench.openFile(path.join(host.folder, OTHER_FILE));
    await page.keyboard.press('Control+f');
    await keyed.dictate(short, /find box/, '20-find');
    await keyed.written(short, () => textIn('.find-widget .find-part .input'));
    assert.equal((await look(page)).document, NOTES, 'nothing in the file');
    await page.keyboard.press('Escape');
  });

  it('in the search view, too', async () => {
    const { page } = host;
    await workbench.command('Search: Find in Files');
    await page.locator('.search-view .search-widget .input').first().waitFor({ timeout: PATIENCE_MS });
    await keyed.dictate(message, /search view/, '21-search');
    const query = await keyed.written(message, () => textIn('.search-view .search-container .input'));
    assert.match(query, /^[a-z].*[^.]$/, 'as one searches: no capital, no full stop');
  });

  it('in the chat they stand where the caret is, and nothing is sent', async () => {
    const { page } = host;
    await workbench.command('Chat: Open Chat');
    await page.locator('.interactive-input-part .monaco-editor').first().waitFor({ timeout: PATIENCE_MS });
    await page.keyboard.type('Explain: .');
    await page.keyboard.press('ArrowLeft');
    await keyed.dictate(short, /chat input/, '22-chat');
    const input = '.interactive-input-part .view-line';
    await keyed.written(short, async () => (await textIn(input)).replace('Explain: ', ''));
    assert.match(await textIn(input), /^Explain: .+\.$/);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
  });

  it('in a quick input, which no extension can fill, they are in the clipboard, and one is told', async () => {
    const { page } = host;
    await workbench.command('Go to Line/Column...');
    const input = '.quick-input-widget input.input';
    await page.locator(input).first().waitFor({ timeout: PATIENCE_MS });
    await keyed.dictate(short, /clipboard/, '23-quick-input');
    await messageOf(page, 'is in the clipboard: paste it').waitFor({ timeout: PATIENCE_MS });
    await page.keyboard.press('Control+v');
    await keyed.written(short, async () => (await textIn(input)).replace(':', ''));
    await page.keyboard.press('Escape');
  });

  it('in the debug console, which takes nothing while nothing is debugged, they would go there, too', async () => {
    const { page } = host;
    await workbench.command('Debug Console: Focus on Debug Console View');
    await page.locator('.repl-input-wrapper .monaco-editor').first().waitFor({ timeout: PATIENCE_MS });
    await keyed.begin(/clipboard/);
    await page.screenshot({ path: await screenshotFile('25-debug-console') });
    await keyed.end();
  });
};
