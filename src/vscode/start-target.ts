import * as vscode from 'vscode';
import { editorTarget, inputTarget } from './editor-target';
import { chatSink, findSink, searchHasView, searchSink } from './box-sinks';
import { clipboardSink, noTerminal, terminalSink } from './line-sinks';
import { lineTarget } from './line-target';
import type { Focus } from './focus';
import { INPUT_SCHEMES } from './place-schemes';
import { selectedRepository } from './selected-repository';
import { activeEditor } from './start-place';
import type { TakeStyle } from './take-style';
import type { OpenTarget } from './target';

/**
 * The target for a dictation that starts now. An input that cannot be told from others of its kind, or cannot be written
 * to, is none: what is said goes to the clipboard then.
 * @param selected root of the repository whose commit message has the keyboard, if that is known
 * @throws DictationError area `usage` if there is nothing to dictate into
 */
export function targetFor(
  focus: Focus,
  style: () => TakeStyle,
  selected: () => vscode.Uri | undefined = selectedRepository,
): OpenTarget {
  switch (focus) {
    case 'editor':
      return editorTarget(activeEditor(), style());
    case 'terminal': {
      const terminal = vscode.window.activeTerminal;
      if (!terminal) throw noTerminal();
      return lineTarget(terminalSink(terminal), style());
    }
    case 'commit': {
      const inputs = openInputs(INPUT_SCHEMES.commit);
      const input = inputs.length > 1 ? inputOf(inputs, selected()) : inputs[0];
      return input ? inputTarget(input, style()) : targetFor('elsewhere', style);
    }
    case 'comment': {
      const [input, ...others] = openInputs(INPUT_SCHEMES.comment);
      if (!input || others.length > 0) return targetFor('elsewhere', style);
      return inputTarget(input, style());
    }
    case 'chat':
      return lineTarget(chatSink(), style());
    case 'search':
      return searchHasView() ? lineTarget(searchSink(), style()) : targetFor('elsewhere', style);
    case 'find': {
      const editor = vscode.window.activeTextEditor;
      return editor ? lineTarget(findSink(editor), style()) : targetFor('elsewhere', style);
    }
    case 'elsewhere':
      return lineTarget(clipboardSink(), style());
  }
}

/** The commit message of the repository at `root`; VS Code names it in the query of its document. */
function inputOf(
  inputs: readonly vscode.TextDocument[],
  root: vscode.Uri | undefined,
): vscode.TextDocument | undefined {
  if (!root) return undefined;
  const rootOf = ({ query }: vscode.Uri) => new URLSearchParams(query).get('rootUri');
  const [input, ...others] = inputs.filter(({ uri }) => {
    const own = rootOf(uri);
    return own !== null && vscode.Uri.parse(own).toString() === root.toString();
  });
  return others.length === 0 ? input : undefined;
}

function openInputs(scheme: string): readonly vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(({ uri, isClosed }) => uri.scheme === scheme && !isClosed);
}
