// Offers language models as an extension does that a user has installed: VS Code itself stands between them and the
// product. Offers none before it is told to, by its exports or by TANDEM_TEST_MODELS, a list of names.
import * as vscode from 'vscode';

const TOKENS = 4_096;

/**
 * @typedef {object} Request
 * @property {readonly string[]} messages texts of the request, in order
 * @property {AbortSignal} cancelled
 */

/**
 * What each model answers, in parts.
 * @type {Readonly<Record<string, (request: Request) => AsyncGenerator<string, void>>>}
 */
const ANSWERS = {
  /** Does what it is asked to. */
  async *tidy({ messages }) {
    const clean = dictated(messages).replace(/\b(?:um|uh),? /giu, '');
    yield clean.slice(0, 3);
    yield clean.slice(3);
  },
  /** Answers what was said. */
  async *chatty() {
    yield 'Sure! Here is what I think about your question: it depends.';
  },
  /** Does not answer before it is cancelled. */
  async *silent({ cancelled }) {
    await new Promise((resolve) => cancelled.addEventListener('abort', resolve, { once: true }));
    yield '';
  },
  /** Breaks in the middle. */
  async *failing() {
    yield 'So ';
    throw new Error('The service is down.');
  },
  /** Is for those who have consented. */
  async *guarded({ messages }) {
    yield dictated(messages).toUpperCase();
  },
};

/** The one that VS Code asks the user about. */
const GUARDED = 'guarded';

export function activate() {
  const state = {
    /** Names of the models that are offered. */
    offered: (process.env['TANDEM_TEST_MODELS'] ?? '').split(',').filter(Boolean),
    /** What they were asked. */
    asked: /** @type {{ model: string, messages: readonly string[] }[]} */ ([]),
    /** How many requests were cancelled. */
    cancelled: 0,
  };
  const provider = {
    provideLanguageModelChatInformation: () =>
      state.offered.map((name) => ({
        id: name,
        name,
        family: 'tests',
        version: '1',
        maxInputTokens: TOKENS,
        maxOutputTokens: TOKENS,
        capabilities: {},
        ...(name === GUARDED && { requiresAuthorization: true }),
      })),
    /**
     * @param {{ id: string }} model
     * @param {readonly { content: readonly unknown[] }[]} requests
     * @param {unknown} _options
     * @param {{ report(part: unknown): void }} progress
     * @param {import('vscode').CancellationToken} token
     */
    provideLanguageModelChatResponse: async ({ id }, requests, _options, progress, token) => {
      const messages = requests.map(({ content }) => content.map(textOf).join(''));
      state.asked.push({ model: id, messages });
      const abort = new AbortController();
      token.onCancellationRequested(() => {
        state.cancelled++;
        abort.abort();
      });
      const answer = ANSWERS[id];
      if (!answer) throw new Error(`There is no model "${id}".`);
      for await (const text of answer({ messages, cancelled: abort.signal }))
        progress.report(new vscode.LanguageModelTextPart(text));
    },
    provideTokenCount: () => Promise.resolve(1),
  };
  // Newer than the API that the product is compiled against.
  const { registerLanguageModelChatProvider } =
    /** @type {{ registerLanguageModelChatProvider(vendor: string, provider: unknown): unknown }} */ (
      /** @type {unknown} */ (vscode.lm)
    );
  registerLanguageModelChatProvider('tandem-tests', provider);
  return state;
}

/** @param {readonly string[]} messages */
function dictated(messages) {
  return /<dictation>\s*(.*?)\s*<\/dictation>/su.exec(messages.at(-1) ?? '')?.[1] ?? '';
}

/** @param {unknown} part */
function textOf(part) {
  return part instanceof vscode.LanguageModelTextPart ? part.value : '';
}
