import { downloadBlocked, downloadCorrupt, downloadHttp, downloadOffline } from './errors';
import type { PublishedEntry } from './catalog';
import type { PartFile } from './part-file';
import { asTransferError, request, Transient } from './request';

/** What one request for (the rest of) a file needs. */
export interface Transfer {
  readonly entry: PublishedEntry;
  readonly url: string;
  readonly part: PartFile;
  /** False once the server proved unable to serve ranges. */
  readonly ranges: boolean;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  /** No byte for so long ends the request, ms. */
  readonly stallMs: number;
  readonly onBytes: () => void;
}

/** The server's answer to a range request makes no sense: ask for the whole file from now on. */
export class RangesUnusable extends Error {}

const LESS_THAN = 0x3c; // "<": the first byte of a web page, never of a model

/**
 * Requests what is missing of the file and appends it to the part.
 * @throws DictationError (final), {@link Transient} (may pass), {@link RangesUnusable}, or the reason of `signal`.
 */
export async function transfer(options: Transfer): Promise<void> {
  const { entry, url, part } = options;
  if (!options.ranges && part.size > 0) await part.restart();
  const stall = new StallTimer(options.stallMs, url);
  const signal = AbortSignal.any([options.signal, stall.signal]);
  try {
    const response = await request(options.fetch, url, rangeHeaders(part), signal);
    await judge(response, options);
    if (!response.body) throw new Transient(downloadOffline(url, 'an empty answer'));
    const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
    try {
      for (;;) {
        stall.restart();
        const { done, value } = await reader.read().catch((error: unknown) => {
          throw asTransferError(error, url, signal);
        });
        if (done) break;
        // Writing may be slow, which is not the server's silence.
        stall.pause();
        await store(options, value);
        options.signal.throwIfAborted();
      }
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  } finally {
    stall.pause();
  }
  if (part.size < entry.bytes) throw new Transient(downloadOffline(url, 'the connection ended too early'));
}

function rangeHeaders(part: PartFile): Record<string, string> {
  // Compression would make lengths and ranges meaningless.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (part.size === 0) return headers;
  headers['range'] = `bytes=${part.size}-`;
  if (part.etag) headers['if-range'] = part.etag;
  return headers;
}

/** Decides from status and headers where the body belongs, before a byte of it is taken. */
async function judge(response: Response, { entry, part, url, ranges }: Transfer): Promise<void> {
  const encoded = !['', 'identity'].includes(response.headers.get('content-encoding') ?? '');
  const declared = Number(response.headers.get('content-length') ?? NaN);
  if (response.status === 200) {
    if (!encoded && Number.isFinite(declared) && declared !== entry.bytes) {
      await response.body?.cancel();
      throw downloadCorrupt(entry.name, `the server offers ${declared} bytes instead of ${entry.bytes}`);
    }
    const etag = response.headers.get('etag') ?? '';
    await part.restart(etag.startsWith('"') ? etag : undefined);
    part.beginAnswer();
    return;
  }
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
  const total = range?.[3];
  if (response.status === 206 && total !== undefined && total !== '*' && Number(total) !== entry.bytes) {
    await response.body?.cancel();
    throw downloadCorrupt(entry.name, `the server's file has ${total} bytes instead of ${entry.bytes}`);
  }
  if (response.status === 206 && !encoded && part.size > 0 && Number(range?.[1]) === part.size) {
    part.beginAnswer();
    return;
  }
  await response.body?.cancel();
  if (!ranges || part.size === 0) throw downloadHttp(url, response.status);
  throw new RangesUnusable(`status ${response.status}, ${range?.[0] ?? 'no content-range'}`);
}

async function store({ entry, part, url, onBytes }: Transfer, chunk: Uint8Array): Promise<void> {
  if (part.size === 0 && chunk[0] === LESS_THAN) {
    throw downloadBlocked(url, 'a web page came instead of the file');
  }
  if (part.size + chunk.length > entry.bytes) {
    await part.restart();
    throw downloadCorrupt(entry.name, `the server sends more than ${entry.bytes} bytes`);
  }
  await part.append(chunk);
  onBytes();
}

/** Aborts its signal when not restarted in time. */
class StallTimer {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ms: number,
    private readonly url: string,
  ) {
    this.restart();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  restart(): void {
    this.pause();
    this.timer = setTimeout(() => {
      const seconds = this.ms / 1000;
      this.controller.abort(new Transient(downloadOffline(this.url, `no data for ${seconds} s`)));
    }, this.ms);
  }

  pause(): void {
    clearTimeout(this.timer);
  }
}
