import { downloadBlocked, downloadHttp, downloadOffline, downloadRedirect, mirrorInvalid } from './errors';
import { errorCode } from './installed';
import type { DictationError } from '../../core/errors';

/** As many as browsers' download tools allow in practice; the catalogue's host needs one. */
const MAX_REDIRECTS = 5;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
/** Statuses that another try may cure (RFC 9110, RFC 6585, RFC 8470). */
const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);
/** TLS failures mean an inspecting proxy or a wrong clock; trying again does not help. */
const TLS_CODES = /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL/;

/** A failure that may pass; `afterMs` is what the server asked to wait. */
export class Transient extends Error {
  constructor(
    readonly error: DictationError,
    readonly afterMs?: number,
  ) {
    super(error.message);
  }
}

/** Puts `mirror` (scheme, host and perhaps a path) in the place of scheme and host of `url`. */
export function applyMirror(url: string, mirror: string | undefined): string {
  if (!mirror?.trim()) return url;
  let base: URL;
  try {
    base = new URL(mirror.trim());
  } catch {
    throw mirrorInvalid(mirror);
  }
  if (base.protocol !== 'https:' && base.protocol !== 'http:') throw mirrorInvalid(mirror);
  const { pathname, search } = new URL(url);
  return `${base.origin}${base.pathname.replace(/\/+$/, '')}${pathname}${search}`;
}

/**
 * Requests `url` and follows redirections, but never away from https (except between loopback addresses).
 * @throws DictationError for what will not pass by itself, {@link Transient} for what may.
 */
export async function request(
  fetcher: typeof fetch,
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  let current = url;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await send(fetcher, current, { headers, signal, redirect: 'manual' });
    // Chromium's fetch hides redirections from us; then it must follow, and where it came out is checked.
    if (response.type === 'opaqueredirect') return followHidden(fetcher, current, headers, signal);
    if (response.status < 300 || response.status > 399) return accept(response, url);
    const location = response.headers.get('location');
    await response.body?.cancel();
    if (!location) throw downloadRedirect(current, `status ${response.status} without an address`);
    if (!URL.canParse(location, current)) throw downloadRedirect(current, 'its address is malformed');
    const next = new URL(location, current);
    requireSafe(current, next);
    current = next.href;
  }
  throw downloadRedirect(url, `more than ${MAX_REDIRECTS} redirections`);
}

async function followHidden(
  fetcher: typeof fetch,
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  const response = await send(fetcher, url, { headers, signal, redirect: 'follow' });
  requireSafe(url, new URL(response.url));
  return accept(response, url);
}

function requireSafe(from: string, to: URL): void {
  const loopback = LOOPBACK.test(new URL(from).hostname) && LOOPBACK.test(to.hostname);
  if (to.protocol !== 'https:' && !loopback) {
    throw downloadRedirect(from, `it leads to ${to.origin}, which is not https`);
  }
}

async function send(fetcher: typeof fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetcher(url, init);
  } catch (error) {
    throw asTransferError(error, url, init.signal ?? undefined);
  }
}

/** What a failed request or a broken transfer means; an abort comes back as its reason. */
export function asTransferError(error: unknown, url: string, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  // fetch says only "fetch failed"; what failed is at the end of the chain of causes.
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  const code = errorCode(cause);
  const detail = (cause instanceof Error && cause.message) || code || String(cause);
  if (code && TLS_CODES.test(code)) {
    return downloadBlocked(url, `its certificate is not trusted (${code})`);
  }
  // How proxy clients report a proxy that wants a login.
  if (/\b407\b/.test(detail)) return downloadBlocked(url, 'the proxy asks for a login');
  return new Transient(downloadOffline(url, detail, error));
}

async function accept(response: Response, url: string): Promise<Response> {
  const { status } = response;
  if (status === 200 || status === 206) {
    if (/^text\/html/i.test(response.headers.get('content-type') ?? '')) {
      await response.body?.cancel();
      throw downloadBlocked(url, 'a web page came instead of the file');
    }
    return response;
  }
  // "Range not satisfiable" is the caller's to judge.
  if (status === 416) return response;
  await response.body?.cancel();
  if (status === 407 || status === 511) throw downloadBlocked(url, 'it asks for a login');
  const error = downloadHttp(url, status);
  throw TRANSIENT.has(status) ? new Transient(error, retryAfterMs(response)) : error;
}

/** `Retry-After` in ms, whether given in seconds or as a date. */
function retryAfterMs(response: Response): number | undefined {
  const value = response.headers.get('retry-after');
  if (!value) return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
