import { describe, expect, it } from 'vitest';
import { applyMirror, asTransferError, request, Transient } from '../../../src/node/models/request';

const URL_ = 'https://huggingface.co/ggerganov/whisper.cpp/resolve/abc/ggml-tiny.bin';

describe('a mirror', () => {
  it.each([
    [undefined, URL_],
    ['  ', URL_],
    [
      'https://hf-mirror.example',
      'https://hf-mirror.example/ggerganov/whisper.cpp/resolve/abc/ggml-tiny.bin',
    ],
    ['http://intranet:8080/hf/', 'http://intranet:8080/hf/ggerganov/whisper.cpp/resolve/abc/ggml-tiny.bin'],
  ])('%s replaces scheme and host', (mirror, expected) => {
    expect(applyMirror(URL_, mirror)).toBe(expected);
  });

  it.each(['huggingface', 'ftp://example.org', 'file:///etc'])('%s is refused', (mirror) => {
    expect(() => applyMirror(URL_, mirror)).toThrow(expect.objectContaining({ code: 'mirror-invalid' }));
  });
});

/** A `fetch` that answers from a list and notes what it was asked. */
function answering(...answers: (Response | Error)[]): { fetch: typeof fetch; asked: string[] } {
  const asked: string[] = [];
  const next = (url: unknown, init?: RequestInit): Promise<Response> => {
    asked.push(`${init?.redirect} ${String(url)}`);
    const answer = answers.shift();
    return answer instanceof Response
      ? Promise.resolve(answer)
      : Promise.reject(answer ?? new Error('asked too often'));
  };
  return { fetch: next as typeof fetch, asked };
}
const redirect = (location?: string): Response =>
  new Response(null, { status: 302, headers: location ? { location } : {} });
const ask = (fetcher: typeof fetch): Promise<Response> =>
  request(fetcher, URL_, {}, new AbortController().signal);

describe('redirections', () => {
  it('are followed from https to https, relative ones too', async () => {
    const { fetch, asked } = answering(
      redirect('https://cdn.example/x?y=1'),
      redirect('/z'),
      new Response('ok'),
    );
    expect(await (await ask(fetch)).text()).toBe('ok');
    expect(asked).toEqual([
      `manual ${URL_}`,
      'manual https://cdn.example/x?y=1',
      'manual https://cdn.example/z',
    ]);
  });

  it.each([
    ['away from https', [redirect('http://cdn.example/x')]],
    ['from https to this machine', [redirect('http://127.0.0.1/x')]],
    ['without an address', [redirect()]],
    ['to no address at all', [redirect('https://')]],
    ['without end', Array.from({ length: 9 }, () => redirect(URL_))],
  ])('are refused %s', async (_, answers) => {
    await expect(ask(answering(...answers).fetch)).rejects.toMatchObject({ code: 'download-http' });
  });

  it('that fetch hides are left to it, and where they end is checked', async () => {
    const hidden = Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' });
    const at = (url: string): Response => Object.defineProperty(new Response('ok'), 'url', { value: url });
    const good = answering(hidden, at('https://cdn.example/x'));
    expect(await (await ask(good.fetch)).text()).toBe('ok');
    expect(good.asked).toEqual([`manual ${URL_}`, `follow ${URL_}`]);
    await expect(ask(answering(hidden, at('http://cdn.example/x')).fetch)).rejects.toMatchObject({
      code: 'download-http',
    });
  });
});

describe('failures', () => {
  const failed = (code: string, message = `connect ${code}`): Error =>
    new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });

  it('of the network may pass', async () => {
    await expect(ask(answering(failed('ENOTFOUND')).fetch)).rejects.toBeInstanceOf(Transient);
    await expect(ask(answering(failed('ECONNREFUSED')).fetch)).rejects.toMatchObject({
      error: { code: 'download-offline', message: expect.stringContaining('ECONNREFUSED') },
    });
  });

  it('of trust do not', async () => {
    await expect(ask(answering(failed('SELF_SIGNED_CERT_IN_CHAIN')).fetch)).rejects.toMatchObject({
      code: 'download-blocked',
    });
    const proxy = failed('UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling');
    await expect(ask(answering(proxy).fetch)).rejects.toMatchObject({ code: 'download-blocked' });
  });

  it.each([
    [407, 'download-blocked'],
    [511, 'download-blocked'],
    [403, 'download-http'],
    [404, 'download-http'],
  ])('of status %i are final', async (status, code) => {
    await expect(ask(answering(new Response('', { status })).fetch)).rejects.toMatchObject({ code });
  });

  it.each([
    ['7', 7_000],
    ['0', 0],
    ['soon', undefined],
  ])('of status 429 may pass, after %s', async (value, afterMs) => {
    const answer = new Response('', { status: 429, headers: { 'retry-after': value } });
    await expect(ask(answering(answer).fetch)).rejects.toMatchObject({
      afterMs,
      error: { code: 'download-http' },
    });
  });

  it('with a date to wait for', async () => {
    const date = new Date(Date.now() + 30_000).toUTCString();
    const answer = new Response('', { status: 503, headers: { 'retry-after': date } });
    const error: unknown = await ask(answering(answer).fetch).catch((e: unknown) => e);
    expect((error as Transient).afterMs).toBeGreaterThan(20_000);
    expect((error as Transient).afterMs).toBeLessThan(31_000);
  });

  it('by an abort come back as its reason', () => {
    const reason = new Error('stopped');
    expect(asTransferError(new Error('x'), URL_, AbortSignal.abort(reason))).toBe(reason);
  });
});
