import { describe, expect, it } from 'vitest';
import { announcements } from '../../../src/vscode/announcements';
import { english } from '../../../src/vscode/l10n-templates';
import type { StatusInput } from '../../../src/vscode/status-view';
import { STARTING, type TakeStatus } from '../../../src/vscode/take-status';

const idle: StatusInput = { take: undefined, source: undefined, models: undefined, failure: undefined };
const taking = (more: Partial<TakeStatus>): StatusInput => ({ ...idle, take: { ...STARTING, ...more } });
const said = (before: StatusInput, now: StatusInput) => announcements(before, now, english);

describe('announcements', () => {
  const listening = taking({ phase: 'listening' });

  it('tells start and stop once', () => {
    expect(said(idle, taking({ phase: 'starting' }))).toEqual([]);
    expect(said(taking({ phase: 'starting' }), taking({ phase: 'loading' }))).toEqual(['Dictation listens']);
    expect(said(taking({ phase: 'loading' }), listening)).toEqual([]);
    expect(said(listening, taking({ phase: 'stopping' }))).toEqual(['Dictation has stopped']);
    expect(said(taking({ phase: 'stopping' }), idle)).toEqual([]);
  });

  it('names the place if it is no editor', () => {
    const into = (phase: 'starting' | 'listening') => ({ ...taking({ phase }), into: 'terminal bash' });
    expect(said(into('starting'), into('listening'))).toEqual(['Dictation listens. Into: terminal bash']);
    const place = { document: {} as NonNullable<StatusInput['place']>['document'], offset: 0 };
    expect(said({ ...into('starting'), place }, { ...into('listening'), place })).toEqual([
      'Dictation listens',
    ]);
  });

  it('reads written text, and says nothing of levels and drafts', () => {
    const written = taking({ phase: 'listening', written: { count: 1, text: ' Fix the test.' } });
    expect(said(listening, written)).toEqual(['Fix the test.']);
    expect(said(written, { ...written })).toEqual([]);
    expect(said(listening, taking({ phase: 'listening', speaking: true, pending: true }))).toEqual([]);
  });

  it('reads several lines as one, a new line by its name, and no blank', () => {
    const written = (text: string) => taking({ phase: 'listening', written: { count: 1, text } });
    expect(said(listening, written(' one\n  two'))).toEqual(['one two']);
    expect(said(listening, written('\n\n'))).toEqual(['New line']);
    expect(said(listening, written(' '))).toEqual([]);
  });

  it('tells each voice command once, or why nothing came of it', () => {
    const told = (count: number, outcome?: string) =>
      taking({ phase: 'listening', told: { count, phrase: 'Scratch that.', outcome } });
    expect(said(listening, told(1))).toEqual(['Voice command: Scratch that']);
    expect(said(told(1), told(1))).toEqual([]);
    expect(said(told(1), told(2, 'It was changed.'))).toEqual(['It was changed.']);
  });

  it('tells a muted microphone and a failure', () => {
    const muted = taking({ phase: 'listening', warnings: ['silent-microphone'] });
    expect(said(listening, muted)).toEqual(['The microphone delivers no sound']);
    expect(said(muted, { ...muted })).toEqual([]);
    expect(said(listening, { ...idle, failure: 'x' })).toEqual(['Dictation has stopped', 'Dictation failed']);
  });
});
