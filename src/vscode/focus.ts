/**
 * Where the keyboard is when dictation is started. Extensions are not told of it, except for editors: the keybindings
 * name it, each `when` its own focus.
 */
export type Focus = 'editor' | 'terminal' | 'commit' | 'comment' | 'elsewhere';

const FOCUSES: readonly Focus[] = ['editor', 'terminal', 'commit', 'comment', 'elsewhere'];

/** What the argument of a keybinding says of the focus; without it the editor is meant. */
export function focusOf(argument: unknown): Focus {
  return FOCUSES.find((focus) => focus === argument) ?? 'editor';
}
