import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Session, SessionEvent } from '../../../src/core/session-types';
import { SessionRun } from '../../../src/vscode/session-run';

const draft = (text: string): SessionEvent => ({
  type: 'draft',
  utteranceId: 1,
  windowId: 1,
  text,
  timestamp: 0,
});

describe('the events of a session', () => {
  function begin(follow: (event: SessionEvent) => void = () => undefined) {
    const events = new Subject<SessionEvent>();
    const broken: [cause: unknown, event: SessionEvent][] = [];
    const session = { events$: events } as unknown as Session;
    const run = new SessionRun(session, follow, (...one) => broken.push(one));
    return { events, broken, run, ended: run.toEnd() };
  }

  it('are followed to its end', async () => {
    const seen: SessionEvent[] = [];
    const { events, ended } = begin((event) => seen.push(event));
    events.next(draft('one'));
    events.next(draft('two'));
    events.complete();
    await ended;
    expect(seen).toEqual([draft('one'), draft('two')]);
    expect(events.observed).toBe(false);
  });

  it('are followed no more once it is ended, however often', async () => {
    const seen: SessionEvent[] = [];
    const { events, run, ended } = begin((event) => seen.push(event));
    run.end();
    events.next(draft('one'));
    run.end();
    await ended;
    expect(seen).toEqual([]);
  });

  it('end with what has ended the session, in words for the user', async () => {
    const { events, ended } = begin();
    events.error(new Error('boom'));
    await expect(ended).rejects.toMatchObject({ area: 'engine', code: 'session-failed' });
  });

  it('end with the first that cannot be followed; no other one is, and it is told what broke', async () => {
    const cause = new Error('unforeseen');
    let count = 0;
    const { events, broken, ended } = begin(() => {
      count++;
      throw cause;
    });
    events.next(draft('one'));
    events.next(draft('two'));
    await expect(ended).rejects.toMatchObject({ code: 'take-failed' });
    expect(count).toBe(1);
    expect(broken).toEqual([[cause, draft('one')]]);
    expect(events.observed).toBe(false);
  });
});
