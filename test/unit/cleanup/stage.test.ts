import { EMPTY, map, NEVER, of, Subject, throwError, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { ASKING_CODE } from '../../../src/core/cleanup/cleaner';
import { DictationError } from '../../../src/core/errors';
import type { SessionEvent } from '../../../src/core/session-types';
import { LISTENING, Scene, withoutUm } from '../../support/clean-up-scene';

describe('an utterance', () => {
  it('stays a draft until it is whole and clean, and leaves as one piece with what was heard', () => {
    const scene = new Scene(withoutUm(500));
    scene.draft(1, 'so um we rename');
    scene.commit(1, 'So um we', { final: false, replacedDraft: 'so um we', correctsWindowIds: [1, 2] });
    expect(scene.drafts.at(-1)).toBe('So um we rename');
    scene.draft(1, 'rename the file');
    expect(scene.drafts.at(-1)).toBe('So um we rename the file');
    scene.commit(1, 'rename the file.', { range: { start: 10, end: 20 }, correctsWindowIds: [2, 3] });
    expect(scene.texts).toEqual([]);
    expect(scene.drafts.at(-1)).toBe('So um we rename the file.');
    scene.time.flush();
    expect(scene.commits).toEqual([
      expect.objectContaining({
        text: 'So we rename the file.',
        original: 'So um we rename the file.',
        replacedDraft: 'So um we rename the file.',
        drafted: expect.stringContaining('so um we'),
        range: { start: 0, end: 20 },
        correctsWindowIds: [1, 2, 3],
        final: true,
        verified: true,
      }),
    ]);
    expect(scene.asked).toEqual(['So um we rename the file.']);
  });

  it('that needs nothing, or is not wanted, leaves as it was heard', () => {
    const clean = new Scene(withoutUm(10));
    clean.commit(1, 'We rename the file.');
    clean.time.flush();
    expect(clean.commits[0]).not.toHaveProperty('original');
    const unwanted = new Scene(withoutUm(10), { wanted: () => false });
    unwanted.commit(1, 'So um');
    unwanted.commit(2, '');
    expect(unwanted.texts).toEqual(['So um', '']);
    expect(unwanted.asked).toEqual([]);
  });

  it('waits for the one before it', () => {
    const scene = new Scene((text, { time }) =>
      timer(text.startsWith('First') ? 900 : 10, time).pipe(map(() => text)),
    );
    scene.commit(1, 'First of all we do this.');
    scene.commit(2, 'Then we do that thing.');
    scene.time.maxFrames = 100;
    scene.time.flush();
    expect(scene.texts).toEqual([]);
    scene.time.maxFrames = Infinity;
    scene.time.flush();
    expect(scene.texts).toEqual(['First of all we do this.', 'Then we do that thing.']);
  });

  it.each([
    ['is too late', () => NEVER, 'cleanup-timeout'],
    [
      'answers the text',
      () => of('I am only a language model and cannot rename your file.'),
      'cleanup-refused',
    ],
    [
      'fails',
      () => throwError(() => new DictationError('cleanup', 'cleanup-status', 'Status 500.')),
      'cleanup-status',
    ],
    ['breaks', () => throwError(() => new Error('boom')), 'cleanup-failed'],
  ])('stays as it was heard if the model %s', (_, clean, code) => {
    const scene = new Scene(clean);
    scene.commit(1, 'So um we rename the file.');
    scene.time.flush();
    expect(scene.texts).toEqual(['So um we rename the file.']);
    expect(scene.commits[0]).not.toHaveProperty('original');
    expect(scene.problems).toEqual([code]);
  });

  it('stays as it was heard if the model says nothing', () => {
    const silent = new Scene(() => EMPTY);
    silent.commit(1, 'So um we rename the file.');
    silent.time.flush();
    expect(silent.texts).toEqual(['So um we rename the file.']);
  });
});

describe('a model that cannot be used', () => {
  it('is not asked again in this dictation, and that is told once', () => {
    const scene = new Scene(() => throwError(() => new DictationError('cleanup', 'cleanup-key', 'No.')));
    for (let id = 1; id <= 3; id++) scene.commit(id, `This is utterance number ${id}.`);
    scene.time.flush();
    expect(scene.asked).toHaveLength(1);
    expect(scene.problems).toEqual(['cleanup-key']);
    expect(scene.texts).toHaveLength(3);
  });
  it('is given up after it was too slow twice in a row', () => {
    let slow = true;
    const scene = new Scene((text, { time }) => timer(slow ? 5_000 : 1, time).pipe(map(() => text)));
    const say = (id: number, isSlow: boolean): void => {
      slow = isSlow;
      scene.commit(id, `This is utterance number ${id}.`);
      scene.time.flush();
    };
    say(1, true);
    say(2, false);
    say(3, true);
    say(4, true);
    say(5, false);
    expect(scene.asked).toHaveLength(4);
    expect(scene.problems).toEqual(['cleanup-timeout', 'cleanup-timeout', 'cleanup-too-slow']);
    expect(scene.texts).toHaveLength(5);
  });
});

describe('a model that the user must be asked about', () => {
  const asking = () => throwError(() => new DictationError('cleanup', ASKING_CODE, 'VS Code is asking.'));
  const no = new DictationError('cleanup', 'cleanup-consent', 'Consent was not given.');

  it('keeps no text waiting for the answer, however long that takes, and is used after it', () => {
    const answer = new Subject<never>();
    let isOpen = true;
    const scene = new Scene(
      (text, one) => (isOpen ? asking() : withoutUm(500)(text, one)),
      {},
      () => answer,
    );
    expect(answer.observed).toBe(true);
    for (let id = 1; id <= 3; id++) scene.commit(id, `So um this is number ${id}.`);
    expect(scene.texts).toEqual([1, 2, 3].map((id) => `So um this is number ${id}.`));
    scene.time.flush();
    isOpen = false;
    answer.complete();
    scene.commit(4, 'So um we rename the file.');
    scene.time.flush();
    expect(scene.texts.at(-1)).toBe('So we rename the file.');
    expect(scene.problems).toEqual([]);
  });

  it('is not asked for anything once the user has said no, which is told once', () => {
    const answer = new Subject<never>();
    const slow = new Subject<string>();
    const scene = new Scene(
      () => slow,
      {},
      () => answer,
    );
    scene.commit(1, 'So um we rename the file.');
    answer.error(no);
    slow.error(no);
    scene.commit(2, 'So um we rename the other file.');
    expect(scene.asked).toHaveLength(1);
    expect(scene.problems).toEqual(['cleanup-consent']);
    expect(scene.texts).toEqual(['So um we rename the file.', 'So um we rename the other file.']);
  });

  it('does not hold up the end of a dictation', () => {
    const answer = new Subject<never>();
    const scene = new Scene(asking, {}, () => answer);
    scene.commit(1, 'So um we rename the file.');
    scene.source.complete();
    expect(scene.ended).toBe('completed');
    expect(answer.observed).toBe(false);
  });
});

describe('the end of a dictation', () => {
  it('waits for what is being cleaned up, and so does its status', () => {
    const scene = new Scene(withoutUm(500));
    scene.source.next({ type: 'status', status: LISTENING });
    scene.commit(1, 'So um we rename the file.');
    scene.source.next({ type: 'status', status: { ...LISTENING, phase: 'stopped' } });
    scene.source.complete();
    expect(scene.ended).toBeUndefined();
    scene.time.flush();
    expect(scene.texts).toEqual(['So we rename the file.']);
    expect(scene.ended).toBe('completed');
    const statuses = scene.told.flatMap((event) =>
      event.type === 'status'
        ? [`${event.status.phase} ${event.status.pending} ${event.status.cleaning}`]
        : [],
    );
    expect(statuses).toEqual([
      'listening false false',
      'listening true true',
      'stopping true true',
      'stopped false false',
    ]);
  });
  it('by a failure loses nothing that was confirmed', () => {
    const scene = new Scene(withoutUm(500));
    scene.commit(1, 'So um we rename the file.');
    scene.commit(2, 'And then', { final: false });
    scene.source.error(new Error('unplugged'));
    expect(scene.ended).toBeUndefined();
    scene.time.flush();
    expect(scene.texts).toEqual(['So we rename the file.', 'And then']);
    expect(scene.ended).toBe('failed');
  });
  it('by cancelling ends every call', () => {
    const calls = new Subject<string>();
    const scene = new Scene(() => calls);
    scene.commit(1, 'So um we rename the file.');
    scene.commit(2, 'So um we rename the other file.');
    expect(calls.observed).toBe(true);
    scene.subscription.unsubscribe();
    expect(calls.observed).toBe(false);
    expect(scene.source.observed).toBe(false);
    expect(scene.texts).toEqual([]);
  });
});

it('everything else passes at once and unchanged', () => {
  const scene = new Scene(withoutUm(500));
  const events: SessionEvent[] = [
    { type: 'draft', utteranceId: 1, windowId: 1, text: 'some', timestamp: 0 },
    { type: 'level', level: { start: 0, peak: 1, rms: 1, gain: 1, inputPeak: 1 }, voiced: true },
    { type: 'dropped', role: 'fast', utteranceId: 1, windowId: 2 },
  ];
  for (const event of events) scene.source.next(event);
  expect(scene.told).toEqual(events);
});
