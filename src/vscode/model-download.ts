import { setTimeout as delay } from 'node:timers/promises';
import { lastValueFrom, Observable, takeUntil } from 'rxjs';
import * as vscode from 'vscode';
import type { DownloadProgress, ModelStore } from '../core/ports';
import { COMMANDS } from './command-ids';
import { runCommand } from './commands';
import { t } from './l10n';
import { sizeText } from './model-items';
import { rememberDownloads, unfinishedDownloads } from './unfinished-downloads';

/** Between two looks at whether another window still downloads, ms. */
const LOOK_AGAIN_MS = 2_000;

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
  const missing = await missingOf(store, names);
  if (missing.length === 0) {
    void vscode.window.showInformationMessage(t('The models are already there.'));
    return true;
  }
  await rememberDownloads(memory, missing);
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
    await rememberDownloads(memory, undefined);
  }
}

/**
 * Says once, after the window in which models were downloaded was closed too early, that the download can go on. As long as another
 * window downloads them there is nothing to say.
 * @param ended when to stop waiting for other windows
 */
export async function offerResume(
  store: Pick<ModelStore, 'has' | 'isDownloading'>,
  memory: vscode.Memento,
  ended: AbortSignal,
  lookAgainMs = LOOK_AGAIN_MS,
): Promise<void> {
  // Twice in a row: between two models of one download nobody downloads for a moment.
  for (let idle = 0; idle < 2;) {
    const names = unfinishedDownloads(memory);
    if (!names) return;
    idle = (await someDownloads(store, names)) ? 0 : idle + 1;
    if (idle < 2) await delay(lookAgainMs, undefined, { ref: false, signal: ended }).catch(() => undefined);
    if (ended.aborted) return;
  }
  const missing = await missingOf(store, unfinishedDownloads(memory) ?? []);
  await rememberDownloads(memory, undefined);
  if (missing.length === 0) return;
  const resume = t('Resume');
  const chosen = await vscode.window.showInformationMessage(
    t('The download of dictation models was interrupted: {0}.', missing.join(', ')),
    resume,
  );
  if (chosen === resume) await runCommand(COMMANDS.downloadModels, missing);
}

async function missingOf(store: Pick<ModelStore, 'has'>, names: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const name of names) if (!(await store.has(name))) missing.push(name);
  return missing;
}

async function someDownloads(
  store: Pick<ModelStore, 'isDownloading'>,
  names: readonly string[],
): Promise<boolean> {
  return (await Promise.all(names.map((name) => store.isDownloading(name)))).some(Boolean);
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
