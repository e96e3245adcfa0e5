/** The one list of commands; the manifest is tested against it. */
export const COMMANDS = {
  start: 'tandem.start',
  stop: 'tandem.stop',
  toggle: 'tandem.toggle',
  cancel: 'tandem.cancel',
  showLog: 'tandem.showLog',
  downloadModels: 'tandem.downloadModels',
  dictateRecording: 'tandem.dictateRecording',
  showHistory: 'tandem.showHistory',
  insertLast: 'tandem.insertLast',
  selectMicrophone: 'tandem.selectMicrophone',
  confirmNow: 'tandem.confirmNow',
  openWalkthrough: 'tandem.openWalkthrough',
  checkSetup: 'tandem.checkSetup',
  manageModels: 'tandem.manageModels',
  addToVocabulary: 'tandem.addToVocabulary',
  setCleanUpKey: 'tandem.setCleanUpKey',
  startInTerminal: 'tandem.startInTerminal',
  startInCommitMessage: 'tandem.startInCommitMessage',
  showVoiceCommands: 'tandem.showVoiceCommands',
} as const;

/** Argument of `dictateRecording` that stands for the recording which ships with the extension. */
export const BUNDLED = 'bundled';

/**
 * Argument of `toggle` that its key passes while VS Code itself listens: extensions cannot read VS Code's context keys, but
 * a keybinding can depend on them.
 */
export const EDITOR_LISTENS = 'editor-listens';

/**
 * Argument of `toggle` that its key passes in an editor if VS Code has noticed a screen reader: which it tells keybindings, and
 * no extension.
 */
export const SCREEN_READER = 'screen-reader';

/** What our code calls a command. */
export type CommandName = keyof typeof COMMANDS;
/** What VS Code calls a command. */
export type CommandId = (typeof COMMANDS)[CommandName];

/** The one list of keys for `when` clauses. */
export const CONTEXT_KEYS = {
  /** A dictation was started and not stopped yet. */
  listening: 'tandem.listening',
  /** Drafts are shown that wait for confirmation. */
  pending: 'tandem.pending',
  /** A dictation was started and its models are still loading (sound is kept meanwhile). */
  loading: 'tandem.loading',
} as const;

/** What our code calls a context key. */
export type ContextKeyName = keyof typeof CONTEXT_KEYS;
