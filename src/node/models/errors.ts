import { DictationError, messageOf } from '../../core/errors';

/** Every error of the model store: area `model`, a stable code, what happened, what to do. */

const DOWNLOAD_HINT = 'Run "Dictation: Download Models", or set the path of a model file.';

function modelError(code: string, message: string, hint: string, cause?: unknown): DictationError {
  return new DictationError('model', code, message, hint, cause === undefined ? undefined : { cause });
}

/** Bytes for people: `43.6 MB`, decimal like every download page. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`;
  return bytes >= 1e3 ? `${(bytes / 1e3).toFixed(1)} kB` : `${bytes} bytes`;
}

/** Scheme and host of `url` for messages; never its path or query, which may carry signatures. */
function hostOf(url: string): string {
  return new URL(url).origin;
}

export function catalogBroken(path: string, detail: string, cause?: unknown): DictationError {
  return modelError(
    'catalog-broken',
    `The model catalogue ${path} cannot be used: ${detail}.`,
    'Reinstall the extension.',
    cause,
  );
}

export function modelMissing(what: string, hint: string = DOWNLOAD_HINT): DictationError {
  return modelError('model-missing', `The model ${what} is not on this machine.`, hint);
}

export function modelUnknownName(name: string, known: readonly string[]): DictationError {
  return modelError(
    'model-unknown-name',
    `"${name}" is neither a file nor a model of the catalogue.`,
    `Give the path of a model file, or one of: ${known.join(', ')}.`,
  );
}

export function modelCorrupt(path: string, detail: string, cause?: unknown): DictationError {
  return modelError(
    'model-corrupt',
    `The model file ${path} is damaged or is not a Whisper model: ${detail}.`,
    'Delete it and download the model again, or choose another file.',
    cause,
  );
}

export function modelTruncated(path: string, detail: string): DictationError {
  return modelError(
    'model-truncated',
    `The model file ${path} is incomplete: ${detail}.`,
    'Delete it and download the model again.',
  );
}

export function modelUnreadable(path: string, cause: unknown): DictationError {
  const detail = messageOf(cause);
  return modelError(
    'model-unreadable',
    `The model file ${path} cannot be read: ${detail}.`,
    'Check the permissions of the file.',
    cause,
  );
}

export function downloadOffline(url: string, detail: string, cause?: unknown): DictationError {
  return modelError(
    'download-offline',
    `${hostOf(url)} could not be reached or went silent: ${detail}.`,
    'Check the network connection, the proxy settings and the mirror setting, then start the download again: it goes on where it stopped.',
    cause,
  );
}

export function downloadHttp(url: string, status: number): DictationError {
  const hints: Record<number, string> = {
    401: 'The server wants a login. If a mirror is set, check that it allows anonymous downloads.',
    403: 'The server refuses. A proxy or firewall may block it: try a mirror, or download the file by hand and set its path.',
    404: 'The server does not have this file. If a mirror is set, check it; otherwise update the extension.',
    410: 'The server does not have this file any more. Update the extension.',
    429: 'The server asks to slow down. Try again in some minutes.',
  };
  const other =
    status >= 500
      ? 'The server has a problem. Try again later, or set a mirror.'
      : 'Check the mirror setting.';
  return modelError(
    'download-http',
    `${hostOf(url)} answered the download with HTTP status ${status}.`,
    hints[status] ?? other,
  );
}

export function downloadRedirect(url: string, detail: string): DictationError {
  return modelError(
    'download-http',
    `${hostOf(url)} redirected the download in a way that is not followed: ${detail}.`,
    'Check the mirror and proxy settings; only redirections from https to https are followed.',
  );
}

export function downloadCorrupt(name: string, detail: string): DictationError {
  return modelError(
    'download-corrupt',
    `The download of ${name} is not the file that the catalogue pins: ${detail}.`,
    'Start the download again. If it stays so, a mirror or proxy serves another file: remove the mirror setting, or set the path of a model file.',
  );
}

export function downloadBlocked(url: string, detail: string): DictationError {
  return modelError(
    'download-blocked',
    `Something between this machine and ${hostOf(url)} answered in its place: ${detail}.`,
    'Log in to the network or set the proxy (http.proxy, or HTTPS_PROXY for the command line), allow the address, or set a mirror.',
  );
}

export function downloadTakenOver(name: string): DictationError {
  return modelError(
    'download-busy',
    `Another process took over the download of ${name} while this one was stopped.`,
    'Start the download again: it waits for the other one.',
  );
}

export function mirrorInvalid(mirror: string): DictationError {
  return modelError(
    'mirror-invalid',
    `The mirror "${mirror}" is not an http or https address.`,
    'Correct or clear the mirror setting, e.g. https://models.example.org.',
  );
}

export function diskFull(directory: string, neededBytes: number, freeBytes?: number): DictationError {
  const free = freeBytes === undefined ? '' : ` and ${formatBytes(freeBytes)} are free`;
  return modelError(
    'disk-full',
    `There is not enough room in ${directory}: ${formatBytes(neededBytes)} more are needed${free}.`,
    'Free some space and start the download again: it goes on where it stopped.',
  );
}

export function directoryUnwritable(directory: string, cause: unknown): DictationError {
  const detail = messageOf(cause);
  return modelError(
    'models-directory',
    `The models folder ${directory} cannot be written: ${detail}.`,
    'Check the permissions of the folder.',
    cause,
  );
}
