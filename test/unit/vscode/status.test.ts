import { describe, expect, it } from 'vitest';
import { DictationError } from '../../../src/core/errors';
import type { SessionEvent, SessionStatus } from '../../../src/core/session-types';
import { english } from '../../../src/vscode/l10n-templates';
import { statusView, type StatusInput } from '../../../src/vscode/status-view';
import {
  silenceMs,
  STARTING,
  takeStatusAfter,
  takeStatusWritten,
  type TakeStatus,
} from '../../../src/vscode/take-status';

const status = (changes: Partial<SessionStatus>): SessionEvent => ({
  type: 'status',
  status: { phase: 'listening', speaking: false, pending: false, lagMs: 0, verifying: true, ...changes },
});
const level = (frame: number, peak: number): SessionEvent => ({
  type: 'level',
  voiced: false,
  level: { start: frame * 512, peak, rms: peak / 3, gain: 1, inputPeak: peak },
});
const commit = (utteranceId: number, final: boolean, verified = true): SessionEvent => ({
  type: 'commit',
  utteranceId,
  windowId: 1,
  text: 'x',
  range: { start: 0, end: 1 },
  timestamp: 1,
  correctsWindowIds: [],
  final,
  verified,
  replacedDraft: '',
});
const after = (...events: SessionEvent[]): TakeStatus => events.reduce(takeStatusAfter, STARTING);
const view = (take: TakeStatus | undefined, rest: Partial<StatusInput> = {}) =>
  statusView(
    { take, source: undefined, models: undefined, failure: undefined, ...rest },
    { t: english, translated: (text) => text },
  );

describe('takeStatusAfter', () => {
  it('follows the phases of the session', () => {
    expect(STARTING.phase).toBe('starting');
    expect(after(status({ phase: 'loading' })).phase).toBe('loading');
    expect(after(status({}), status({ phase: 'stopping', pending: true }))).toMatchObject({
      phase: 'stopping',
      pending: true,
    });
  });

  it('measures confirmation from the end of speech to the last piece of the utterance', () => {
    const taken = after(
      { type: 'utterance', utteranceId: 1, phase: 'start', start: 0, end: 0 },
      { type: 'utterance', utteranceId: 1, phase: 'end', start: 0, end: 40_000, speechEnd: 32_000 },
      level(93, 0.1),
      commit(1, false),
      level(124, 0.1),
      commit(1, true),
    );
    // 125 frames of 512 samples have gone by: 64,000 samples, 2 s after the end of speech.
    expect(taken.latencyMs).toBe(2_000);
  });

  it('counts utterances and the silence since the last one', () => {
    const spoken = after(
      { type: 'utterance', utteranceId: 1, phase: 'start', start: 0, end: 0 },
      { type: 'utterance', utteranceId: 1, phase: 'end', start: 0, end: 40_000, speechEnd: 32_000 },
      level(124, 0.1),
    );
    expect(spoken).toMatchObject({ begun: 1, ended: 1 });
    expect(silenceMs(spoken)).toBe(2_000);
    expect(silenceMs({ ...spoken, speaking: true })).toBe(0);
    expect(silenceMs(after(level(124, 0.1)))).toBe(4_000);
  });

  it('does not count silence while models load', () => {
    const loaded = after(status({ phase: 'loading' }), level(124, 0.1), status({}), level(155, 0.1));
    expect(silenceMs(loaded)).toBe(992);
  });

  it('remembers the latest text that was written, which is not what was heard', () => {
    const heard = after(commit(1, false), commit(1, true));
    expect(heard.written).toEqual({ count: 0, text: '' });
    const once = takeStatusWritten(heard, ' x');
    expect(takeStatusWritten(once, ' y').written).toEqual({ count: 2, text: ' y' });
  });

  it('keeps each warning until it clears', () => {
    const quiet = { type: 'warning', warning: 'quiet', active: true } as const;
    expect(after(quiet, quiet).warnings).toEqual(['quiet']);
    expect(after(quiet, { ...quiet, active: false }).warnings).toEqual([]);
  });

  it('forgets a problem once words are confirmed again', () => {
    const problem = {
      type: 'problem',
      error: new DictationError('engine', 'engine-crashed', 'It crashed.'),
    } as const;
    expect(after(problem).problem).toBe('It crashed.');
    expect(after(problem, commit(1, true)).problem).toBeUndefined();
  });
});

describe('statusView', () => {
  it('is quiet when idle', () => {
    expect(view(undefined)).toMatchObject({ text: '$(mic) Dictation', severity: 'none' });
  });

  it('shows loading with the level, since sound is kept already', () => {
    expect(view(STARTING).text).toBe('$(loading~spin) Starting');
    expect(view(after(status({ phase: 'loading' }))).text).toBe('$(loading~spin) Loading models 0 % ▁▁▁▁▁');
    expect(view(after(status({ phase: 'loading', loaded: 0.5 }))).text).toContain('50 %');
  });

  it('draws the level in decibels, a bar for four frames', () => {
    const frames = [1, 1, 1, 1, 0.1, 0.05, 0.02, 0.1, 0.001, 0, 0, 0];
    const taken = after(status({}), ...frames.map((peak, frame) => level(frame, peak)));
    expect(view(taken).text).toBe('$(mic-filled) ▁▁█▅▁');
  });

  it('tells hearing, confirming and a lag that is worth a figure', () => {
    expect(view(after(status({ speaking: true, pending: true, lagMs: 400 }))).text).toBe('$(edit) ▁▁▁▁▁');
    expect(view(after(status({ speaking: true }))).text).toBe('$(record) ▁▁▁▁▁');
    expect(view(after(status({ speaking: true, pending: true, lagMs: 2_345 }))).text).toBe(
      '$(edit) ▁▁▁▁▁ 2.3 s',
    );
    expect(view(after(status({ pending: true }))).text).toBe('$(sync~spin) ▁▁▁▁▁');
    expect(view(after(status({ phase: 'stopping' }))).text).toBe('$(loading~spin) Confirming');
  });

  it('names the place where words will land while no editor shows it', () => {
    const document = {} as NonNullable<StatusInput['place']>['document'];
    const file = { into: 'notes.md', place: { document, offset: 3 } };
    const listening = after(status({}));
    expect(view(listening, { ...file, inSight: true }).text).toBe('$(mic-filled) ▁▁▁▁▁');
    expect(view(listening, { ...file, inSight: false })).toMatchObject({
      text: '$(mic-filled) ▁▁▁▁▁ $(arrow-right) notes.md',
      label: 'Dictation listens. Into: notes.md',
    });
    expect(view(listening, { into: 'terminal bash' }).text).toContain('$(arrow-right) terminal bash');
    expect(view(STARTING, { into: 'clipboard' }).text).toBe(
      '$(loading~spin) Starting $(arrow-right) clipboard',
    );
    // What a terminal is called is up to the programs that run there.
    const { text } = view(listening, { into: `terminal $(error) ${'x'.repeat(80)}` });
    expect(text).toMatch(/terminal \$ \(error\) x+…$/);
    expect(text.length).toBeLessThan(80);
    expect(view(undefined, { into: 'terminal bash' }).text).toBe('$(mic) Dictation');
  });

  it('uses colour for warnings and errors only', () => {
    const silent = after(status({}), { type: 'warning', warning: 'silent-microphone', active: true });
    expect(view(silent)).toMatchObject({ text: '$(mute) No sound ▁▁▁▁▁', severity: 'warning' });
    expect(view(silent).tooltip).toContain('pure silence');
    expect(view(undefined, { failure: 'The recorder is missing. Install sox.' })).toMatchObject({
      text: '$(error) Dictation',
      severity: 'error',
    });
    expect(view(after(status({ speaking: true }))).severity).toBe('none');
  });

  it('says when drafts are kept unconfirmed', () => {
    expect(view(after(status({ verifying: false }))).tooltip).toContain('kept unconfirmed');
  });

  it('counts utterances that were inserted unconfirmed, and keeps the problem that led to it', () => {
    const problem = {
      type: 'problem',
      error: new DictationError('engine', 'x', 'The engine hangs.'),
    } as const;
    const taken = after(status({}), problem, commit(1, true, false));
    expect(view(taken).tooltip).toContain('One utterance was inserted as drafted');
    expect(view(taken).tooltip).toContain('The engine hangs.');
    expect(view(after(status({}), commit(1, true, false), commit(2, true, false))).tooltip).toContain(
      '2 utterances',
    );
  });

  it('names models, origin, sound and latency in the tooltip, safe against Markdown', () => {
    const taken = after(
      status({}),
      { type: 'utterance', utteranceId: 1, phase: 'end', start: 0, end: 512, speechEnd: 512 },
      level(31, 0.1),
      commit(1, true),
    );
    const { tooltip } = view(taken, {
      source: 'microphone (arecord)',
      models: {
        fast: { name: 'tiny.en_[x](command:y)', origin: 'setting' },
        heavy: { name: 'small.en', origin: 'downloaded' },
      },
    });
    expect(tooltip).toContain('Sound: microphone \\(arecord\\)');
    expect(tooltip).toContain('Draft: tiny.en\\_\\[x\\]\\(command:y\\) (chosen in the settings)');
    expect(tooltip).toContain('Confirm: small.en (downloaded)');
    expect(tooltip).toContain('Confirmed 1.0 s after you paused');
    expect(tooltip).not.toContain('thousand words');
  });

  it('names the computer whose microphone is heard where that may not be the one in front of the user', () => {
    expect(view(undefined).tooltip).not.toContain('computer');
    expect(view(undefined, { computer: 'build-7' }).tooltip).toContain(
      'Microphone of the computer build\\-7',
    );
  });

  it('names one model that does both once', () => {
    const one = { name: 'small.en', origin: 'downloaded' } as const;
    const { tooltip } = view(undefined, { models: { fast: one, heavy: one } });
    expect(tooltip).toContain('Drafts and confirms: small.en (downloaded)');
    expect(tooltip).not.toMatch(/Draft:|Confirm:/);
  });

  it('says what the built-in models can do, and offers full ones', () => {
    const models = {
      fast: { name: 'fast', origin: 'embedded' },
      heavy: { name: 'heavy', origin: 'embedded' },
    } as const;
    expect(view(undefined, { models }).tooltip).toMatch(/thousand words.*\(command:tandem\.downloadModels\)/);
  });
});
