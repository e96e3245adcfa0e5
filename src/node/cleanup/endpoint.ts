import { from, Observable } from 'rxjs';
import * as v from 'valibot';
import type { Cleaner } from '../../core/cleanup/cleaner';
import { cleanUpPrompt } from '../../core/cleanup/prompt';
import { DictationError } from '../../core/errors';

/** Where and how an OpenAI-compatible service is asked. */
export interface EndpointOptions {
  /** Address of its chat completions, or of the folder that holds them (`…/v1`). */
  readonly url: string;
  /** Name of the model as the service knows it. */
  readonly model: string;
  /** The user's key for this address; asked at each call. */
  readonly key: () => Promise<string | undefined>;
  /** VS Code's own `fetch` knows the user's proxy. */
  readonly fetch: typeof fetch;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u;
const COMPLETIONS = '/chat/completions';
/** An utterance is a few hundred characters; whatever is far longer is no clean version of it. */
const MOST_BYTES = 256 * 1024;
const KEY_REFUSED: ReadonlySet<number> = new Set([401, 403]);

const ANSWER = v.object({
  choices: v.pipe(v.array(v.object({ message: v.object({ content: v.string() }) })), v.minLength(1)),
});

/**
 * Asks an OpenAI-compatible service. Only this address is spoken to: redirections are refused, and plain http is for this
 * machine only.
 */
export function endpointCleaner(options: EndpointOptions): Cleaner {
  return {
    clean: (text) =>
      new Observable((out) => {
        const abort = new AbortController();
        const subscription = from(ask(options, text, abort.signal)).subscribe(out);
        return () => {
          subscription.unsubscribe();
          abort.abort();
        };
      }),
  };
}

/**
 * The full address of the chat completions.
 * @throws DictationError area `cleanup` if it is none that text may be sent to
 */
export function completionsUrl(address: string): URL {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : undefined;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (!url || !safe || url.username !== '' || url.password !== '') throw addressInvalid(address);
  const path = url.pathname.replace(/\/+$/u, '');
  if (!path.endsWith(COMPLETIONS)) url.pathname = path + COMPLETIONS;
  return url;
}

async function ask(options: EndpointOptions, text: string, signal: AbortSignal): Promise<string> {
  const url = completionsUrl(options.url);
  if (options.model === '') throw modelMissing();
  const key = await options.key();
  const { system, user } = cleanUpPrompt(text);
  const response = await send(options.fetch, url, {
    method: 'POST',
    redirect: 'error',
    signal,
    headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: JSON.stringify({
      model: options.model,
      stream: false,
      temperature: 0,
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ],
    }),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw KEY_REFUSED.has(response.status) ? keyRefused(url) : statusUnexpected(url, response.status);
  }
  return contentOf(await bodyOf(response, url), url);
}

async function send(fetcher: typeof fetch, url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetcher(url, init);
  } catch (error) {
    throw unreachable(url, error);
  }
}

/** The body as text, no more of it than an answer can have. */
async function bodyOf(response: Response, url: URL): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      const part = chunk as Uint8Array;
      bytes += part.length;
      if (bytes > MOST_BYTES) throw answerUnusable(url);
      text += decoder.decode(part, { stream: true });
    }
  } catch (error) {
    throw error instanceof DictationError ? error : unreachable(url, error);
  }
  return text;
}

function contentOf(body: string, url: URL): string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw answerUnusable(url);
  }
  const answer = v.safeParse(ANSWER, json);
  if (!answer.success) throw answerUnusable(url);
  return answer.output.choices[0]!.message.content;
}

const CHECK_SETTING = 'Check tandem.cleanup.endpoint and tandem.cleanup.model in your settings.';

function addressInvalid(address: string): DictationError {
  return new DictationError(
    'cleanup',
    'cleanup-address',
    address.trim() === ''
      ? 'The clean-up has no address of a language model.'
      : 'The address of the language model for the clean-up is not usable: it must begin with https, or http on this machine.',
    'Set tandem.cleanup.endpoint in your settings, for example to http://localhost:11434/v1.',
  );
}

function modelMissing(): DictationError {
  return new DictationError(
    'cleanup',
    'cleanup-model',
    'The clean-up has no language model.',
    'Set tandem.cleanup.model in your settings to a name that the service knows.',
  );
}

function keyRefused({ host }: URL): DictationError {
  return new DictationError(
    'cleanup',
    'cleanup-key',
    `The language model at ${host} refuses the key.`,
    'Set the right one with the command "Dictation: Set Clean-up Key".',
  );
}

function statusUnexpected({ host }: URL, status: number): DictationError {
  return new DictationError(
    'cleanup',
    'cleanup-status',
    `The language model at ${host} answers with status ${status}.`,
    CHECK_SETTING,
  );
}

function unreachable({ host }: URL, cause: unknown): DictationError {
  return new DictationError(
    'cleanup',
    'cleanup-unreachable',
    `The language model at ${host} cannot be reached.`,
    'Make sure that it runs, or switch the clean-up off.',
    { cause },
  );
}

function answerUnusable({ host }: URL): DictationError {
  return new DictationError(
    'cleanup',
    'cleanup-answer',
    `The language model at ${host} sends no usable answer.`,
    CHECK_SETTING,
  );
}
