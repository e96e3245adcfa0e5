import type * as vscode from 'vscode';
import type { Cleaner } from './core/cleanup/cleaner';
import type { DisposalList } from './core/lifetime';
import type { Log } from './core/ports';
import { endpointCleaner } from './node/cleanup/endpoint';
import type { CleanUpParts } from './vscode/cleanup/clean-up';
import { Consent } from './vscode/cleanup/consent';
import { askEarly } from './vscode/cleanup/early-question';
import { cleanUpKey, setCleanUpKey } from './vscode/cleanup/key';
import { languageModelCleaner } from './vscode/cleanup/language-model';
import { showError } from './vscode/notifications';
import { settingChanges } from './vscode/setting-changes';
import type { Settings } from './vscode/setting-list';
import { readSettings } from './vscode/settings';

/** The clean-up of what is said, as the settings want it; and the command that takes the key of its service. */
export interface CleanUp extends CleanUpParts {
  readonly setKey: () => Promise<void>;
}

/** @param started ends the question that the clean-up may have for the user */
export function openCleanUp(
  context: Pick<vscode.ExtensionContext, 'languageModelAccessInformation' | 'secrets'>,
  started: DisposalList,
  log: Log,
): CleanUp {
  const { secrets } = context;
  const consent = new Consent(context.languageModelAccessInformation);
  const cleaner = () => chosenCleaner(secrets, consent, readSettings());
  const question = askEarly(settingChanges('cleanup.provider'), cleaner, (error) => {
    showError(error, log).catch((cause: unknown) => log.warn(String(cause)));
  });
  started.add(() => question.unsubscribe());
  return {
    cleaner,
    timeoutMs: () => readSettings()['cleanup.timeout'],
    setKey: () => setCleanUpKey(secrets, readSettings()['cleanup.endpoint']),
  };
}

/** The language model that the user has chosen to tidy up what is said; usually none. */
function chosenCleaner(
  secrets: vscode.SecretStorage,
  consent: Consent,
  settings: Settings,
): Cleaner | undefined {
  const model = settings['cleanup.model'];
  const url = settings['cleanup.endpoint'];
  switch (settings['cleanup.provider']) {
    case 'off':
      return undefined;
    case 'vscode':
      return languageModelCleaner(model, consent);
    case 'endpoint':
      return endpointCleaner({ url, model, key: () => cleanUpKey(secrets, url), fetch: globalThis.fetch });
  }
}
