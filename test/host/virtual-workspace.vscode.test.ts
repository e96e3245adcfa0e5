import assert from 'node:assert/strict';
import os from 'node:os';
import * as vscode from 'vscode';
import { TextRules } from '../../src/core/text/rules/text-rules';
import { DEFAULT_TEXT_RULES, type TextContext } from '../../src/core/text/rules/types';
import { ENGLISH_WORDS_FILE, loadWordList } from '../../src/node/word-list';
import { localFolder } from '../../src/vscode/local-file';
import { addOwnWord } from '../../src/vscode/vocabulary/add-word';
import { VocabularyService } from '../../src/vscode/vocabulary/vocabulary-service';
import { WORD_FILE } from '../../src/vscode/vocabulary/word-problems';
import { VIRTUAL_SCHEME } from './run/virtual-folder';
import { repositoryFile, until } from './suite/editor';
import { MemoryLog } from './suite/scripted';
import { VirtualFiles } from './suite/virtual-files';

const COMMENT: TextContext = {
  before: '// ',
  after: '',
  languageId: 'typescript',
  position: 'line-comment',
  language: 'en',
};

/** Runs in a window of its own, whose only folder is virtual: VS Code can neither search nor watch it by itself. */
describe('names of a virtual workspace', () => {
  const rules = new TextRules();
  let files: VirtualFiles;
  let registration: vscode.Disposable;
  let folder: vscode.WorkspaceFolder;
  let log: MemoryLog;
  let service: VocabularyService;

  const pathOf = (name: string) => `${folder.uri.path}/${name}`;
  const said = (heard: string) =>
    rules.apply(heard, COMMENT, { ...DEFAULT_TEXT_RULES, ...service.options }).text;
  const settled = (heard: string, expected: string) =>
    until(`"${heard}" is written "${expected}"`, () => said(heard) === expected);
  const sentence = (words: string) => `The function ${words} returns null.`;

  before(() => {
    const [first, ...others] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    assert.deepEqual(others, []);
    assert.equal(first.uri.scheme, VIRTUAL_SCHEME);
    folder = first;
  });
  beforeEach(async () => {
    files = new VirtualFiles();
    registration = vscode.workspace.registerFileSystemProvider(VIRTUAL_SCHEME, files);
    files.write(pathOf('src/deep/users.ts'), 'export function getUserById(id: string) {}\n');
    files.write(pathOf('src/userSettings.json'), '{}');
    files.write(pathOf('.gitignore'), 'built/\n');
    files.write(pathOf('src/.gitignore'), 'secret.ts\n');
    files.write(pathOf('built/out.ts'), 'export const clearQueue = 1;\n');
    files.write(pathOf('src/secret.ts'), 'export const dropTable = 1;\n');
    files.write(pathOf('.git/hooks.ts'), 'export const mergeReport = 1;\n');
    log = new MemoryLog();
    service = new VocabularyService({
      loadWords: () => loadWordList(repositoryFile('dist', ENGLISH_WORDS_FILE)),
      scope: () => 'workspace',
      dictating: () => true,
      log,
    });
    service.begin();
    await service.idle();
  });
  afterEach(() => {
    service.dispose();
    registration.dispose();
    assert.deepEqual(log.records, []);
  });

  it('are found in all its folders, without what is ignored', () => {
    assert.equal(said('Call get user by id here.'), 'Call getUserById here.');
    assert.equal(said('See user settings dot json.'), 'See userSettings.json.');
    for (const words of ['clear queue', 'drop table', 'merge report'])
      assert.equal(said(sentence(words)), sentence(words));
    assert.equal(said('We get the user by the door.'), 'We get the user by the door.');
  });

  it('follow files and folders that come, change and go', async () => {
    files.write(pathOf('src/billing.ts'), 'export const parseInvoice = 1;\n');
    await settled(sentence('parse invoice'), sentence('parseInvoice'));
    files.write(pathOf('src/billing.ts'), 'export const parseReceipt = 1;\n');
    await settled(sentence('parse receipt'), sentence('parseReceipt'));
    await settled(sentence('parse invoice'), sentence('parse invoice'));
    files.writeFolder(pathOf('mail'), {
      'letters/send.ts': 'export const sendLetter = 1;\n',
      'secret.ts': 'export const openLetter = 1;\n',
    });
    await settled(sentence('send letter'), sentence('sendLetter'));
    await settled(sentence('open letter'), sentence('openLetter'));
    files.remove(pathOf('mail'));
    await settled(sentence('send letter'), sentence('send letter'));
    assert.equal(said(sentence('parse receipt')), sentence('parseReceipt'));
  });

  it('follow the rules about what is ignored', async () => {
    files.write(pathOf('.gitignore'), 'src/deep\n');
    await settled(sentence('clear queue'), sentence('clearQueue'));
    await settled('Call get user by id here.', 'Call get user by id here.');
  });

  it('and words of the project are read from its file, which is written there, too', async () => {
    await addOwnWord(folder, 'cube control → kubectl');
    assert.equal(files.text(pathOf(WORD_FILE)), 'cube control → kubectl\n');
    await settled('Run cube control again.', 'Run kubectl again.');
    files.remove(pathOf('.vscode'));
    await settled('Run cube control again.', 'Run cube control again.');
  });
});

describe('a file of this computer, asked for in a virtual workspace', () => {
  it('is looked for where this computer has files, not in the workspace', () => {
    assert.equal(localFolder().toString(), vscode.Uri.file(os.homedir()).toString());
  });
});
