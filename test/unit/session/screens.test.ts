import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../../src/core/session-types';
import { screensOf, vanished } from '../../support/screens';

/** The tests of dictations whose engines die rely on this: it must find what is lost. */

const draft = (text: string, utteranceId = 1): SessionEvent => ({
  type: 'draft',
  utteranceId,
  windowId: 1,
  text,
  timestamp: 0,
});
const commit = (text: string, final: boolean, utteranceId = 1): SessionEvent => ({
  type: 'commit',
  utteranceId,
  windowId: 1,
  text,
  range: { start: 0, end: 1 },
  timestamp: 0,
  correctsWindowIds: [],
  final,
  verified: true,
  replacedDraft: '',
});

describe('what stands on the screen', () => {
  it('is of every utterance what is committed, then its draft', () => {
    expect(
      screensOf([
        draft('one two three'),
        commit('One two', false),
        draft('three'),
        draft('four', 2),
        commit('three.', true),
        commit('Four.', true, 2),
      ]),
    ).toEqual([
      'one two three',
      'One two one two three',
      'One two three',
      'One two three four',
      'One two three. four',
      'One two three. Four.',
    ]);
  });
});

describe('words that vanished', () => {
  const said = 'the quick brown fox jumps over the lazy dog';
  it.each([
    ['none', ['the quick', said], said, []],
    ['none that was never shown', ['the quick'], 'the quick fox', []],
    ['none that was only heard otherwise', [said], 'the thick crown fox jumps over the lazy dog', []],
    ['one in the middle', ['the quick brown fox'], 'the quick fox jumps over the lazy dog', ['brown']],
    ['one at the beginning', ['the quick'], 'quick brown fox jumps over the lazy dog', ['the']],
    ['the last ones', [said], 'the quick brown fox jumps over the', ['lazy', 'dog']],
    ['one of two that stand in one word', [said], 'the quick browfox jumps over the lazy dog', ['fox']],
    ['one although another was doubled', [said], 'the the quick brown jumps over the lazy dog', ['fox']],
    ['all', [said], '', said.split(' ')],
    ['one that was shown for a moment', ['the dog', 'the quick brown'], 'the quick brown', ['dog']],
  ])('%s', (_, drafts, text, lost) => {
    expect(
      vanished(
        said,
        drafts.map((shown) => draft(shown)),
        text,
      ),
    ).toEqual(lost);
  });
});
