import { Observable } from 'rxjs';
import * as vscode from 'vscode';
import type { SettingName } from './setting-list';
import { SECTION } from './settings';

/** Emits whenever one of these settings changes; silent otherwise. */
export function settingChanges(...names: readonly SettingName[]): Observable<void> {
  return new Observable((subscriber) => {
    const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (names.some((name) => event.affectsConfiguration(`${SECTION}.${name}`))) subscriber.next();
    });
    return () => subscription.dispose();
  });
}
