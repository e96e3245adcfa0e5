/**
 * Where the keyboard is when dictation is started. Extensions are not told of it, except for editors: the keybindings
 * name it, each `when` its own focus.
 */
export type Focus = (typeof FOCUSES)[number];

const FOCUSES = ['editor', 'terminal', 'commit', 'comment', 'chat', 'search', 'find', 'elsewhere'] as const;

/** What the argument of a keybinding says of the focus; without it the editor is meant. */
export function focusOf(argument: unknown): Focus {
  return FOCUSES.find((focus) => focus === argument) ?? 'editor';
}
