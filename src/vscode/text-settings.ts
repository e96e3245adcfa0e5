import type * as vscode from 'vscode';
import { RULE_IDS, type TextRuleOptions } from '../core/text/rules/types';
import type { WordingOptions } from '../core/text/wording';
import { settingChanges } from './setting-changes';
import { readSettings } from './settings';

/** What the settings do not say. */
export interface TextSettingsParts {
  /** True for ordinary English words (lower case). */
  readonly isOrdinaryWord: (word: string) => boolean;
  /** Names of the project; asked every time. */
  readonly names?: () => Pick<TextRuleOptions, 'names'>;
}

/** How heard text is written, by the settings of the moment. They are asked many times a second, so they are read once. */
export class TextSettings implements vscode.Disposable {
  private known: Omit<WordingOptions, 'names'> | undefined;
  private readonly subscription = settingChanges(
    'language',
    'text.symbols',
    'text.rules',
    'text.wrapAtRuler',
  ).subscribe(() => (this.known = undefined));

  constructor(private readonly parts: TextSettingsParts) {}

  /** The options now. */
  readonly options = (): WordingOptions => {
    this.known ??= this.read();
    return { ...this.known, ...this.parts.names?.() };
  };

  dispose(): void {
    this.subscription.unsubscribe();
  }

  private read(): Omit<WordingOptions, 'names'> {
    const settings = readSettings();
    const rules = settings['text.rules'];
    return {
      language: settings.language,
      spoken: settings['text.symbols'],
      off: new Set(RULE_IDS.filter((rule) => !rules[rule])),
      wrap: settings['text.wrapAtRuler'],
      isOrdinaryEnglish: this.parts.isOrdinaryWord,
    };
  }
}
