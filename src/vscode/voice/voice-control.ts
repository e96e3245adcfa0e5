import * as vscode from 'vscode';
import { listLanguage, type VoiceVocabulary } from '../../core/voice-commands/help';
import { CommandMatcher } from '../../core/voice-commands/matcher';
import { VOICE_COMMANDS } from '../../core/voice-commands/registry';
import { readUserPhrases, type UserPhrases } from '../../core/voice-commands/user-phrases';
import { commandText } from '../announcements';
import { COMMANDS } from '../command-ids';
import { openSettings, runCommand } from '../commands';
import { t, translated } from '../l10n';
import type { Settings } from '../setting-list';
import type { GlobalAction } from './editing';
import { runUserCommand } from './user-actions';
import type { Outcome } from './voice-place';

/** Settings that voice commands depend on. */
export type VoiceSettings = Pick<
  Settings,
  'language' | 'voiceCommands.enabled' | 'voiceCommands.disabled' | 'voiceCommands.custom'
>;

/** Long enough to be read in passing, ms. */
const SHOWN_MS = 4_000;

/** Voice commands as the settings have them, what they do outside of documents, and how they are told. */
export class VoiceControl implements vscode.Disposable {
  private known: { readonly key: string; readonly matcher: CommandMatcher } | undefined;
  private phrases: { readonly key: string; readonly read: UserPhrases } | undefined;
  private message: vscode.Disposable | undefined;

  /** @param settings asked each time */
  constructor(private readonly settings: () => VoiceSettings) {}

  /**
   * Recognises the commands that are on; `undefined` if all are off. Cheap unless a setting has changed.
   * @param detected the language that is spoken, if it was detected
   */
  matcher(detected?: string): CommandMatcher | undefined {
    const settings = this.settings();
    if (!settings['voiceCommands.enabled']) return undefined;
    const language = detected ?? settings.language;
    const key = JSON.stringify([
      language,
      settings['voiceCommands.disabled'],
      settings['voiceCommands.custom'],
    ]);
    if (this.known?.key !== key) {
      const { own, off } = this.vocabulary();
      this.known = { key, matcher: new CommandMatcher([...own, ...VOICE_COMMANDS], language, off) };
    }
    return this.known.matcher;
  }

  vocabulary(): VoiceVocabulary {
    const settings = this.settings();
    return {
      enabled: settings['voiceCommands.enabled'],
      language: listLanguage(settings.language, vscode.env.language),
      off: new Set(settings['voiceCommands.disabled']),
      own: this.ownPhrases(settings['voiceCommands.custom']).commands,
    };
  }

  /** Carries out what is not about a document. */
  async run(action: Exclude<GlobalAction, { type: 'stop-dictation' | 'stop-listening' }>): Promise<Outcome> {
    if (action.type === 'run-command') return runUserCommand(action.command, action.args);
    // Not waited for: the list stays open as long as the user reads.
    void runCommand(COMMANDS.showVoiceCommands);
    return undefined;
  }

  /** Says in the status bar what was understood, or why nothing came of it. */
  tell(phrase: string, outcome: Outcome): void {
    const icon = outcome === undefined ? 'check' : 'info';
    this.message?.dispose();
    this.message = vscode.window.setStatusBarMessage(
      `$(${icon}) ${commandText({ phrase, outcome }, t)}`,
      SHOWN_MS,
    );
  }

  dispose(): void {
    this.message?.dispose();
  }

  /** What is wrong with them is said once, until they change. */
  private ownPhrases(setting: VoiceSettings['voiceCommands.custom']): UserPhrases {
    const key = JSON.stringify(setting);
    if (this.phrases?.key !== key) {
      this.phrases = { key, read: readUserPhrases(setting) };
      void this.report(this.phrases.read.problems);
    }
    return this.phrases.read;
  }

  private async report(problems: readonly string[]): Promise<void> {
    const [first] = problems;
    if (first === undefined) return;
    const others = problems.length > 1 ? t('({0} more)', problems.length - 1) : '';
    const open = t('Open Settings');
    const chosen = await vscode.window.showWarningMessage(`${translated(first)} ${others}`.trim(), open);
    if (chosen === open) await openSettings('tandem.voiceCommands.custom');
  }
}
