import * as vscode from 'vscode';
import type { Position } from '../core/text/rules/types';
import { t } from './l10n';
import type { LineSink } from './line-sink';
import { lineUri } from './place-schemes';
import type { Obstacle } from './target';

/** Runs a command of VS Code; rejects if there is none of that name, or if it fails. */
export type RunCommand = (id: string, ...args: unknown[]) => Thenable<unknown>;

const runCommand: RunCommand = (id, ...args) => vscode.commands.executeCommand(id, ...args);

/** A box that VS Code fills by a command, which also shows it and gives it the keyboard. */
interface Box {
  /** For the status bar. */
  readonly label: string;
  /** For the history. */
  readonly name: string;
  readonly position: Position;
  /** Why it cannot be filled now. */
  obstacle(): Obstacle | undefined;
}

/** A box whose whole text is set at once. */
interface QueryBox extends Box {
  /** @param before what this dictation has put there */
  fill(text: string, before: string): Promise<unknown>;
}

/**
 * The chat view's input: words go where the caret is in it, and nothing is sent. If the window is not in front, VS Code would give
 * the box no keyboard, and the words would go nowhere.
 */
export function chatSink(run: RunCommand = runCommand): LineSink {
  const box: Box = {
    label: t('chat input'),
    name: 'chat',
    position: 'prose',
    obstacle: () => (vscode.window.state.focused ? undefined : 'input-left'),
  };
  const keyboard = new Keyboard(run);
  const deliver = (text: string) =>
    inFront(box, keyboard, async () => {
      await run('workbench.action.chat.open');
      // Its own name: extensions may put themselves in the place of `paste`. Pasted, since what is typed gets closing brackets.
      await run('default:paste', { text });
    });
  return { ...sinkOf(box, keyboard), deliver };
}

/** The search view's query. */
export function searchSink(run: RunCommand = runCommand): LineSink {
  return querySink(
    {
      label: t('search view'),
      name: 'search',
      position: 'code',
      obstacle: () => undefined,
      fill: (query) => Promise.resolve(run('workbench.action.findInFiles', { query })),
    },
    run,
  );
}

/** False if "Find in Files" opens an editor, as the user can set: that has no box a command could fill again. */
export function searchHasView(): boolean {
  return vscode.workspace.getConfiguration('search').get<string>('mode', 'view') === 'view';
}

/** The find box of an editor: as long as that editor is the active one, since each has a find box of its own. */
export function findSink(editor: vscode.TextEditor, run: RunCommand = runCommand): LineSink {
  const { document, viewColumn } = editor;
  const isActive = () => {
    const active = vscode.window.activeTextEditor;
    return active?.document === document && active.viewColumn === viewColumn;
  };
  const find = (searchString: string) => run('editor.actions.findWithArgs', { searchString });
  return querySink(
    {
      label: t('find box'),
      name: 'find',
      position: 'code',
      obstacle: () => (isActive() ? undefined : 'input-left'),
      fill: async (text, before) => {
        // An empty box takes the word at the caret, whatever it is asked to find; it is not empty then.
        if (before === '') await find(text);
        await find(text);
      },
    },
    run,
  );
}

/**
 * What stands in the box gives way to the first words, as it does to what one types after opening it; from then on it holds all
 * that was said.
 */
function querySink(box: QueryBox, run: RunCommand): LineSink {
  const keyboard = new Keyboard(run);
  let query = '';
  const fill = (text: string) =>
    inFront(box, keyboard, async () => {
      await box.fill(text, query);
      query = text;
    });
  return {
    ...sinkOf(box, keyboard),
    deliver: (text) => fill(query + text),
    takeBack: async (text) =>
      (await fill(query.slice(0, query.length - text.length))) &&
      t('The place you dictate into is not in front.'),
  };
}

function sinkOf({ label, name, position }: Box, keyboard: Keyboard): Omit<LineSink, 'deliver'> {
  return {
    label,
    uri: lineUri(name),
    position,
    languageId: 'plaintext',
    check: () => undefined,
    watch: () => keyboard.watch(),
  };
}

/** Writes into a box, if that is possible; the keyboard stays in an editor if it is there. */
async function inFront(
  box: Box,
  keyboard: Keyboard,
  write: () => Promise<void>,
): Promise<Obstacle | undefined> {
  const obstacle = box.obstacle();
  if (obstacle) return obstacle;
  try {
    await write();
  } catch {
    // No such command in this VS Code, or it is switched off: the text is kept and offered, and that says why.
    return 'input-refused';
  }
  await keyboard.back();
  return undefined;
}

/**
 * Where the keyboard is, as far as extensions are told: whoever types or clicks in an editor has left the box. Whoever comes back
 * to the box is not seen, so that each sign counts once.
 */
class Keyboard {
  private inEditor = false;

  constructor(private readonly run: RunCommand) {}

  watch(): vscode.Disposable {
    const { Keyboard: typed, Mouse: clicked } = vscode.TextEditorSelectionChangeKind;
    return vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
      if (kind === typed || kind === clicked) this.inEditor = true;
    });
  }

  /** Goes back to the editor that it was in. */
  async back(): Promise<void> {
    const { inEditor } = this;
    this.inEditor = false;
    try {
      if (inEditor) await this.run('workbench.action.focusActiveEditorGroup');
    } catch {
      // The words are where they belong; the keyboard is with them.
    }
  }
}
