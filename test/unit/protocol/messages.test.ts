import { describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION, parseFromEngine, parseToEngine } from '../../../src/protocol/messages';

const TRANSCRIBE = {
  type: 'transcribe',
  callId: 1,
  epoch: 0,
  range: { start: 0, end: 512 },
  allCores: false,
  language: 'en',
  prompt: '',
  timestamps: false,
};

describe('parseToEngine', () => {
  it.each([
    {
      type: 'hello',
      version: PROTOCOL_VERSION,
      role: 'fast',
      modelPath: '/m.bin',
      vadDir: null,
      nativeDir: '/n',
      threads: 1,
      finalThreads: 2,
    },
    { type: 'reset', epoch: 3, voiceFrom: 0 },
    { type: 'frames', epoch: 0, start: 0, samples: new Float32Array(512) },
    TRANSCRIBE,
    { type: 'ping', id: 0 },
    { type: 'end' },
  ])('takes $type', (message) => {
    expect(parseToEngine(message)).toEqual({ ok: true, message });
  });

  it.each([
    undefined,
    null,
    'ping',
    { type: 'nonsense' },
    { type: 'hello', version: 1 },
    { type: 'ping', id: -1 },
    { type: 'ping', id: 1.5 },
    { type: 'frames', epoch: 0, start: 0, samples: [0, 0] },
    { type: 'frames', epoch: 0, start: 0, samples: new Int16Array(512) },
    { ...TRANSCRIBE, range: { start: 512, end: 512 } },
    { ...TRANSCRIBE, range: { start: 0, end: Number.NaN } },
  ])('refuses %j without throwing', (raw) => {
    const parsed = parseToEngine(raw);
    expect(parsed.ok).toBe(false);
  });

  it('names the place of a mistake but never the contents', () => {
    const parsed = parseToEngine({ ...TRANSCRIBE, prompt: ['my secret words'] });
    expect(parsed).toEqual({ ok: false, problem: expect.stringContaining('prompt') });
    expect(JSON.stringify(parsed)).not.toContain('secret');
  });

  it('does not look at samples: a huge message is as cheap as a small one', () => {
    const samples = new Proxy(new Float32Array(512), {
      get: (target, key) => {
        if (typeof key === 'string' && /^\d+$/.test(key)) throw new Error('a sample was read');
        return Reflect.get(target, key) as unknown;
      },
    });
    expect(parseToEngine({ type: 'frames', epoch: 0, start: 0, samples }).ok).toBe(true);
  });
});

describe('parseFromEngine', () => {
  it.each([
    { type: 'ready', version: 1 },
    { type: 'loading', share: 0.25 },
    { type: 'loaded', variant: 'x', loadMs: 1.5, warmupMs: 2, warmupAudioMs: 2000 },
    { type: 'load-failed', code: 'model-corrupt', message: 'broken' },
    { type: 'voice', epoch: 1, start: 512, probability: 0.5 },
    {
      type: 'result',
      callId: 1,
      text: 'a b',
      words: [
        { text: 'a', p: 1, start: 0, end: 10 },
        { text: 'b', p: 0 },
      ],
      segments: [{ text: 'a b', range: { start: 0, end: 20 } }],
      confidence: 0.5,
      language: 'en',
      elapsedMs: 12,
    },
    { type: 'call-failed', callId: 1, code: 'audio-gone', message: 'gone' },
    { type: 'pong', id: 1, cpuSeconds: 1.25, peakRssBytes: 1e8 },
    { type: 'log', level: 'warn', message: 'hm' },
  ])('takes $type', (message) => {
    expect(parseFromEngine(message)).toEqual({ ok: true, message });
  });

  it.each([
    { type: 'voice', epoch: 1, start: 512, probability: 1.5 },
    { type: 'load-failed', code: 'bad luck', message: '' },
    { type: 'result', callId: 1, text: 'a', words: [{ text: 1 }] },
    { type: 'loading', share: 1.5 },
    { type: 'hello' },
  ])('refuses %j', (raw) => {
    expect(parseFromEngine(raw).ok).toBe(false);
  });
});
