import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { TextRules } from '../../src/core/text/rules/text-rules';
import { DEFAULT_TEXT_RULES, type TextContext } from '../../src/core/text/rules/types';
import { createWording, DEFAULT_WORDING } from '../../src/core/text/wording';
import type { OwnWord } from '../../src/core/vocabulary/own-words';
import { ENGLISH_WORDS_FILE, loadWordList } from '../../src/node/word-list';
import { DraftView } from '../../src/vscode/draft-view';
import { editorTarget } from '../../src/vscode/editor-target';
import { Take } from '../../src/vscode/take';
import { addOwnWord } from '../../src/vscode/vocabulary/add-word';
import { OwnWordLists } from '../../src/vscode/vocabulary/own-word-lists';
import type { ProjectScope } from '../../src/vscode/vocabulary/project-index';
import { VocabularyService } from '../../src/vscode/vocabulary/vocabulary-service';
import { WORD_FILE } from '../../src/vscode/vocabulary/word-problems';
import { closeEditors, openFile, placeCursor, repositoryFile, until } from './suite/editor';
import { MemoryLog, ScriptedSession } from './suite/scripted';

const COMMENT: TextContext = {
  before: '// ',
  after: '',
  languageId: 'typescript',
  position: 'line-comment',
  language: 'en',
};
const SOURCE = `export function getUserById(id: string) {\n  return loadAccount(id);\n}\n
export function Widget() {\n  useEffect(() => {});\n}\n`;

describe('names of the project', () => {
  const rules = new TextRules();
  let log: MemoryLog;
  let scope: ProjectScope;
  let service: VocabularyService;
  let folder: vscode.WorkspaceFolder;

  const uriOf = (name: string) => vscode.Uri.joinPath(folder.uri, name);
  const write = (name: string, content: string) =>
    vscode.workspace.fs.writeFile(uriOf(name), Buffer.from(content));
  const remove = (name: string) =>
    vscode.workspace.fs.delete(uriOf(name), { recursive: true }).then(undefined, () => undefined);
  const said = (heard: string, context = COMMENT) =>
    rules.apply(heard, context, { ...DEFAULT_TEXT_RULES, ...service.options }).text;
  const begin = async () => {
    service.begin();
    await service.idle();
  };
  const settled = (heard: string, expected: string) =>
    until(`"${heard}" is written "${expected}", not "${said(heard)}"`, () => said(heard) === expected);

  beforeEach(async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    folder = first;
    scope = 'workspace';
    log = new MemoryLog();
    service = new VocabularyService({
      loadWords: () => loadWordList(repositoryFile('dist', ENGLISH_WORDS_FILE)),
      scope: () => scope,
      dictating: () => true,
      log,
    });
  });
  afterEach(async () => {
    service.dispose();
    await closeEditors();
    for (const name of ['names', '.vscode', '.gitignore', 'users.ts']) await remove(name);
    assert.deepEqual(log.records, []);
  });

  it('are written as the files of the workspace write them, and ordinary sentences stay', async () => {
    await write('names/userSettings.json', '{}');
    await openFile('users.ts', SOURCE);
    await begin();
    assert.equal(said('Call get user by id here.'), 'Call getUserById here.');
    assert.equal(said('The use effect hook runs twice.'), 'The useEffect hook runs twice.');
    assert.equal(said('See user settings dot json.'), 'See userSettings.json.');
    for (const sentence of ['We get the user by the door.', 'The account was hard to load, I think.'])
      assert.equal(said(sentence), sentence);
    assert.equal(said('get user by id', { ...COMMENT, before: '', position: 'code' }), 'getUserById');
  });

  it('are written into the document, in drafts and when they are confirmed', async () => {
    const editor = await openFile('users.ts', `${SOURCE}// |\n`);
    await begin();
    const view = new DraftView(() => 100);
    const wording = createWording(() => ({ ...DEFAULT_WORDING, ...service.options }));
    const take = new Take(editorTarget(editor, { view, wording }), {
      changed: () => undefined,
      problem: (error) => assert.fail(error),
      unsaved: () => undefined,
      unfinished: () => undefined,
      inserted: () => undefined,
      undelivered: (text) => assert.fail(text),
      closed: () => undefined,
      failed: (cause) => assert.fail(String(cause)),
    });
    const session = new ScriptedSession();
    const done = take.run(session);
    session.draft(1, 'call get user by id first');
    assert.match(take.target.unsavedText(), /getUserById/);
    session.commit(1, 'Call get user by id first.', { replacedDraft: 'call get user by id first' });
    session.end();
    await done;
    assert.equal(editor.document.getText(), `${SOURCE}// Call getUserById first.\n`);
    await take.dispose();
    view.dispose();
  });

  it('near the cursor are expected by the heavy model', async () => {
    const editor = await openFile('users.ts', SOURCE);
    placeCursor(editor, SOURCE.indexOf('return'));
    assert.equal(service.glossary(), '');
    await begin();
    assert.match(service.glossary(), /getUserById/);
    assert.match(service.glossary(), /loadAccount/);
    assert.ok(service.glossary().length <= 160);
  });

  it('follow files that come, change, are renamed and deleted', async () => {
    await openFile('users.ts', SOURCE);
    await begin();
    assert.equal(
      said('The function parse invoice returns null.'),
      'The function parse invoice returns null.',
    );
    await write('names/billingReport.ts', 'export const parseInvoice = 1;\n');
    await settled('The function parse invoice returns null.', 'The function parseInvoice returns null.');
    await write('names/billingReport.ts', 'export const parseReceipt = 1;\n');
    await settled('The function parse receipt returns null.', 'The function parseReceipt returns null.');
    await settled('The function parse invoice returns null.', 'The function parse invoice returns null.');
    assert.equal(said('See billing report dot ts.'), 'See billingReport.ts.');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(uriOf('names/billingReport.ts'), uriOf('names/yearlyAccounts.ts'));
    assert.ok(await vscode.workspace.applyEdit(edit));
    await settled('See yearly accounts dot ts.', 'See yearlyAccounts.ts.');
    await settled('See billing report dot ts.', 'See billing report.ts.');
    assert.equal(said('The function parse receipt returns null.'), 'The function parseReceipt returns null.');
    await remove('names');
    await settled('The function parse receipt returns null.', 'The function parse receipt returns null.');
  });

  it('follow what is typed and not saved', async () => {
    const editor = await openFile('users.ts', SOURCE);
    await begin();
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'const retryBudget = 1;\n'));
    await settled('Use the variable retry budget.', 'Use the variable retryBudget.');
  });

  it('leave out what git ignores, and what no person wrote', async () => {
    // Names of this test alone: VS Code may still hold documents of the one before.
    await write('.gitignore', 'built/\n');
    await write('names/built/out.ts', 'export const clearQueue = 1;\n');
    await write('names/app.min.js', 'var mergeReport=1;');
    await write('names/data.ts', `${'const dropTable=1;'.repeat(500)}\n`);
    await openFile('users.ts', SOURCE);
    await begin();
    for (const sentence of [
      'The function clear queue returns null.',
      'The function merge report returns null.',
      'The function drop table returns null.',
    ])
      assert.equal(said(sentence), sentence);
    await write('.gitignore', '\n');
    await settled('The function clear queue returns null.', 'The function clearQueue returns null.');
  });

  it('of open files only, or none, if so set', async () => {
    await write('names/letters.ts', 'export const sendLetter = 1;\n');
    await openFile('users.ts', SOURCE);
    scope = 'openFiles';
    await begin();
    assert.equal(said('The function send letter returns null.'), 'The function send letter returns null.');
    assert.equal(said('Call get user by id here.'), 'Call getUserById here.');
    scope = 'off';
    service.update();
    await settled('Call get user by id here.', 'Call get user by id here.');
    await service.idle();
    assert.equal(service.glossary().includes('getUserById'), false);
    scope = 'workspace';
    service.update();
    await settled('The function send letter returns null.', 'The function sendLetter returns null.');
  });

  it('and words of the user come from the settings and from the project, and can be taken back', async () => {
    scope = 'off';
    await openFile('users.ts', SOURCE);
    await begin();
    assert.equal(said('Run cube control again.'), 'Run cube control again.');
    await addOwnWord(folder, 'cube control → kubectl');
    await addOwnWord(folder, 'cube control → kubectl');
    const file = await vscode.workspace.fs.readFile(uriOf(WORD_FILE));
    assert.equal(Buffer.from(file).toString(), 'cube control → kubectl\n');
    await settled('Run cube control again.', 'Run kubectl again.');
    await service.idle();
    assert.equal(service.glossary(), 'kubectl');
    await addOwnWord('settings', 'Zanzibar');
    try {
      await settled('We use zanzibar here.', 'We use Zanzibar here.');
      await remove('.vscode');
      await settled('Run cube control again.', 'Run cube control again.');
    } finally {
      await vscode.workspace.getConfiguration('tandem').update('vocabulary', undefined, true);
    }
    await settled('We use zanzibar here.', 'We use zanzibar here.');
  });

  it('of a workspace do not count before the user trusts it', async () => {
    await addOwnWord(folder, 'cube control → kubectl');
    const written = async (isTrusted: boolean) => {
      let words: readonly OwnWord[] = [];
      const lists = new OwnWordLists(
        (all) => (words = all),
        new MemoryLog(),
        () => isTrusted,
      );
      await lists.idle();
      lists.dispose();
      return words.map(({ write }) => write);
    };
    try {
      assert.deepEqual(await written(false), []);
      assert.deepEqual(await written(true), ['kubectl']);
    } finally {
      await remove('.vscode');
    }
  });

  it('are not looked for before somebody dictates, nor after all is over', async () => {
    await openFile('users.ts', SOURCE);
    assert.deepEqual(service.options, {});
    assert.equal(service.glossary(), '');
    service.update();
    service.begin();
    service.dispose();
    await service.idle();
    assert.deepEqual(service.options, {});
  });
});
