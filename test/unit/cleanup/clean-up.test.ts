import { NEVER, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Session, SessionEvent } from '../../../src/core/session-types';
import { CommandMatcher } from '../../../src/core/voice-commands/matcher';
import { VOICE_COMMANDS } from '../../../src/core/voice-commands/registry';
import { withCleanUp, type CleanedDictation } from '../../../src/vscode/cleanup/clean-up';

const matcher = new CommandMatcher(VOICE_COMMANDS, 'en');
const PROSE: CleanedDictation = {
  isProse: () => true,
  isCommand: (utterance) => matcher.match(utterance) !== undefined,
};

/** What leaves a session at once, and what a language model that never answers was asked. */
function heard(dictation: CleanedDictation, ...utterances: readonly string[]) {
  const events$ = new Subject<SessionEvent>();
  const session = { events$ } as unknown as Session;
  const asked: string[] = [];
  const cleaner = {
    clean: (text: string) => {
      asked.push(text);
      return NEVER;
    },
  };
  const left: string[] = [];
  const parts = { cleaner: () => cleaner, timeoutMs: () => 60_000 };
  const subscription = withCleanUp(session, parts, dictation).events$.subscribe((event) => {
    if (event.type === 'commit') left.push(event.text);
  });
  utterances.forEach((text, index) =>
    events$.next({
      type: 'commit',
      utteranceId: index + 1,
      windowId: 1,
      text,
      range: { start: 0, end: 10 },
      timestamp: 0,
      correctsWindowIds: [],
      final: true,
      verified: true,
      replacedDraft: text,
    }),
  );
  subscription.unsubscribe();
  return { asked, left };
}

describe('a language model', () => {
  it('hears sentences', () => {
    expect(heard(PROSE, 'So um we rename the file.')).toEqual({
      asked: ['So um we rename the file.'],
      left: [],
    });
  });
  it.each(['Delete the last three words.', 'go to end of line', 'go to the end of the line'])(
    'does not hear commands, which leave at once: %s',
    (command) => {
      expect(heard(PROSE, command)).toEqual({ asked: [], left: [command] });
    },
  );
  it('hears commands while those are off, since they are text', () => {
    const off = { ...PROSE, isCommand: () => false };
    expect(heard(off, 'Delete the last three words.').asked).toHaveLength(1);
  });
  it('hears neither code nor what is too short to be tidied up', () => {
    expect(heard({ ...PROSE, isProse: () => false }, 'get the next user here').asked).toEqual([]);
    expect(heard(PROSE, 'So um yes').left).toEqual(['So um yes']);
  });
});

it('without a language model the session is the session', () => {
  const session = {} as Session;
  expect(withCleanUp(session, { cleaner: () => undefined, timeoutMs: () => 1 }, PROSE)).toBe(session);
});
