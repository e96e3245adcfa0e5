import { lastValueFrom, Observable, takeUntil } from 'rxjs';
import * as vscode from 'vscode';
import type { DownloadProgress, ModelStore } from '../core/ports';
import { COMMANDS } from './command-ids';
import { runCommand } from './commands';
import { t } from './l10n';
import { sizeText } from './model-items';

/** Names of the models whose download was begun and neither finished nor cancelled. */
const UNFINISHED = 'tandem.unfinishedDownloads';

/**
 * Downloads models with progress; what is there already is not loaded again. Cancelling keeps the part for a resume. A download
 * that ends with the window is remembered, see {@link offerResume}.
 * @param names those of the catalogue; by default the pair for most people
 * @returns true when all are there; false if the user cancelled
 * @throws DictationError area `model`
 */
export async function downloadModels(
  store: ModelStore,
  memory: vscode.Memento,
  names: readonly string[] = store.defaultPair(),
): Promise<boolean> {
  const missing: string[] = [];
  for (const name of names) if (!(await store.has(name))) missing.push(name);
  if (missing.length === 0) {
    void vscode.window.showInformationMessage(t('The models are already there.'));
    return true;
  }
  await memory.update(UNFINISHED, missing);
  try {
    const done = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: t('Downloading dictation models'),
        cancellable: true,
      },
      async (progress, token) => {
        for (const [index, name] of missing.entries()) {
          if (token.isCancellationRequested) return false;
          const count = `${index + 1}/${missing.length}`;
          await follow(store.download(name), progress, count, missing.length, token);
        }
        return !token.isCancellationRequested;
      },
    );
    if (done)
      void vscode.window.showInformationMessage(t('The models are ready and will be used from now on.'));
    return done;
  } finally {
    await memory.update(UNFINISHED, undefined);
  }
}

/** Says once, after the window in which models were downloaded was closed too early, that the download can go on. */
export async function offerResume(store: ModelStore, memory: vscode.Memento): Promise<void> {
  const names = memory.get<readonly string[]>(UNFINISHED);
  if (!Array.isArray(names)) return;
  await memory.update(UNFINISHED, undefined);
  const missing: string[] = [];
  for (const name of names) if (!(await store.has(name))) missing.push(name);
  if (missing.length === 0) return;
  const resume = t('Resume');
  const chosen = await vscode.window.showInformationMessage(
    t('The download of dictation models was interrupted: {0}.', missing.join(', ')),
    resume,
  );
  if (chosen === resume) await runCommand(COMMANDS.downloadModels, missing);
}

/** Runs one download and reports it as its share of the whole. */
async function follow(
  download: Observable<DownloadProgress>,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  count: string,
  parts: number,
  token: vscode.CancellationToken,
): Promise<void> {
  let shown = 0;
  const cancelled = new Observable<void>((subscriber) => {
    const subscription = token.onCancellationRequested(() => subscriber.next());
    return () => subscription.dispose();
  });
  const observed = new Observable<void>((subscriber) =>
    download.pipe(takeUntil(cancelled)).subscribe({
      next: ({ name, receivedBytes, totalBytes }) => {
        const percent = (receivedBytes / totalBytes) * 100;
        progress.report({
          message: `${count} ${name}: ${t('{0} of {1}', sizeText(receivedBytes), sizeText(totalBytes))}`,
          increment: (percent - shown) / parts,
        });
        shown = percent;
      },
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    }),
  );
  await lastValueFrom(observed, { defaultValue: undefined });
}
