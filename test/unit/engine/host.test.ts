import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/core/model';
import type { Addon, TranscribeParams, TranscribeSegment } from '../../../src/engine/addon';
import { EngineHost } from '../../../src/engine/host';
import { Whisper } from '../../../src/engine/whisper';
import { type FromEngine, PROTOCOL_VERSION } from '../../../src/protocol/messages';

const INFO = { multilingual: false, languages: 1, tokenEot: 50_256, tokenTimestamp: 50_363, audioCtx: 1500 };

/** One call of the addon that a test answers. */
interface NativeCall {
  readonly pcm: Float32Array;
  readonly params: Partial<TranscribeParams>;
  answer(result: readonly TranscribeSegment[] | Error): void;
}

const hello = (role: Role) => ({
  type: 'hello',
  version: PROTOCOL_VERSION,
  role,
  modelPath: 'a model',
  vadDir: null,
  nativeDir: 'nowhere',
  threads: 2,
  finalThreads: 4,
});

/**
 * An engine process without the process: its messages, and what it asks of whisper.cpp.
 * @param greeting what is different in its first message
 */
function engine(role: Role, greeting: Readonly<Record<string, unknown>> = {}) {
  const sent: FromEngine[] = [];
  const calls: NativeCall[] = [];
  const model = { handle: {} as never, freed: false, free: () => Promise.resolve() };
  const addon: Addon = {
    WhisperModel: { load: () => Promise.resolve(model) },
    transcribe: (_handle, pcm, params, answer) => void calls.push({ pcm, params, answer }),
  };
  const host = new EngineHost(
    { send: (message) => void sent.push(message), exit: () => undefined },
    async () => ({
      transcriber: await Whisper.load(addon, 'a model', INFO, { threads: 2, finalThreads: 4 }),
      info: INFO,
      variant: 'fake',
    }),
  );
  host.receive({ ...hello(role), ...greeting });
  const types = () => sent.map(({ type }) => type);
  return { host, sent, calls, types };
}

/** Lets everything happen that waits for nothing. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const SILENCE: readonly TranscribeSegment[] = [];

/** A call on two seconds of audio, as a session makes it. */
const request = (role: Role) => ({
  type: 'transcribe',
  callId: 7,
  epoch: 0,
  range: { start: 0, end: 32_000 },
  allCores: false,
  language: 'en',
  prompt: '',
  timestamps: role === 'heavy',
});

describe.each<Role>(['fast', 'heavy'])('an engine process that loads a %s model', (role) => {
  it('says that it is loaded only when the model has worked once, on silence', async () => {
    const { calls, types } = engine(role);
    await settled();
    expect(calls).toHaveLength(1);
    expect(calls[0]!.pcm).toEqual(new Float32Array(32_000));
    expect(types()).not.toContain('loaded');
    calls[0]!.answer(SILENCE);
    await settled();
    expect(types().at(-1)).toBe('loaded');
    expect(calls).toHaveLength(1);
  });

  it('warms up with a call like those that follow, so that the first of them is no slower', async () => {
    const { host, sent, calls } = engine(role);
    await settled();
    calls[0]!.answer(SILENCE);
    await settled();
    expect(sent.at(-1)).toMatchObject({ type: 'loaded', warmupAudioMs: 2_000 });
    host.receive({ type: 'frames', epoch: 0, start: 0, samples: new Float32Array(32_000).fill(0.25) });
    host.receive(request(role));
    await settled();
    expect(calls).toHaveLength(2);
    expect(calls[1]!.pcm[0]).toBe(0.25);
    expect(calls[0]!.params).toEqual(calls[1]!.params);
    expect(calls[0]!.params).toMatchObject({ no_timestamps: role === 'fast', n_threads: 2, audio_ctx: 128 });
  });

  it('takes audio that comes with a call: the ring may have lost it', async () => {
    const { host, sent, calls } = engine(role);
    await settled();
    calls[0]!.answer(SILENCE);
    await settled();
    host.receive({ ...request(role), samples: new Float32Array(32_000).fill(0.5) });
    await settled();
    expect(calls[1]!.pcm).toEqual(new Float32Array(32_000).fill(0.5));
    calls[1]!.answer(SILENCE);
    await settled();
    // Not the audio of its range: the ring is asked, and it is empty.
    host.receive({ ...request(role), samples: new Float32Array(31_999) });
    await settled();
    expect(sent.at(-1)).toMatchObject({ type: 'call-failed', code: 'audio-gone' });
  });

  it('gives final passes threads of their own', async () => {
    const { host, calls } = engine(role);
    await settled();
    calls[0]!.answer(SILENCE);
    await settled();
    host.receive({ type: 'frames', epoch: 0, start: 0, samples: new Float32Array(32_000) });
    host.receive({ ...request(role), allCores: true });
    await settled();
    expect(calls[1]!.params).toMatchObject({ n_threads: 4 });
  });

  it('refuses calls that come before that', async () => {
    const { host, sent, calls } = engine(role);
    await settled();
    host.receive(request(role));
    await settled();
    expect(sent.at(-1)).toMatchObject({ type: 'call-failed', callId: 7, code: 'not-loaded' });
    expect(calls).toHaveLength(1);
  });

  it.each<[string, readonly TranscribeSegment[] | Error]>([
    ['fails', new Error('out of memory')],
    ['answers nonsense', [{ from: 0, to: 1, text: 'x', lang: 'en', tokens: [{ text: 'x', id: 1, p: NaN }] }]],
  ])('is not loaded if that call %s', async (_name, result) => {
    const { sent, calls, types } = engine(role);
    await settled();
    calls[0]!.answer(result);
    await settled();
    expect(sent.at(-1)).toMatchObject({ type: 'load-failed', code: 'self-test' });
    expect(types()).not.toContain('loaded');
  });
});

describe('an engine process that is greeted in a way it does not understand', () => {
  it.each([
    ['threads', 1.5],
    ['finalThreads', 0],
    ['modelPath', undefined],
  ])('says so at once: %s is %s', async (field, value) => {
    const { sent, calls } = engine('fast', { [field]: value });
    expect(sent).toMatchObject([
      { type: 'load-failed', code: 'protocol', message: expect.stringContaining(field) as string },
    ]);
    await settled();
    expect(calls).toEqual([]);
  });

  it('goes on if it has understood another greeting before', async () => {
    const { host, sent, calls, types } = engine('heavy');
    await settled();
    host.receive({ ...hello('heavy'), threads: 'many' });
    expect(sent.at(-1)).toMatchObject({ type: 'log', level: 'error' });
    calls[0]!.answer(SILENCE);
    await settled();
    expect(types().at(-1)).toBe('loaded');
  });
});
