import { describe, expect, it } from 'vitest';
import type { TranscriptEvent } from '../../../src/core/model';
import { NOTHING_PENDING, pendingAfter } from '../../../src/core/text/pending';

const draft = (utteranceId: number, text: string): TranscriptEvent => ({
  type: 'draft',
  utteranceId,
  windowId: 1,
  text,
  timestamp: 0,
});
const commit = (
  utteranceId: number,
  text: string,
  replacedDraft: string,
  final: boolean,
): TranscriptEvent => ({
  type: 'commit',
  utteranceId,
  windowId: 1,
  text,
  range: { start: 0, end: 1 },
  timestamp: 0,
  correctsWindowIds: [],
  final,
  verified: true,
  replacedDraft,
});
const drafts = (...events: TranscriptEvent[]) =>
  events.reduce(pendingAfter, NOTHING_PENDING).map((entry) => entry.draft);

describe('pendingAfter', () => {
  it('replaces the draft of an utterance', () => {
    expect(drafts(draft(1, 'ad'), draft(1, 'add a'))).toEqual(['add a']);
  });

  it('keeps several utterances in the order they were spoken', () => {
    expect(drafts(draft(1, 'one'), draft(2, 'two'), draft(1, 'one!'))).toEqual(['one!', 'two']);
  });

  it('leaves what follows a committed piece until the next draft', () => {
    expect(drafts(draft(1, 'add a tent please'), commit(1, 'Add a test', 'add a tent', false))).toEqual([
      'please',
    ]);
  });

  it('forgets the rest of a draft that no longer begins with the committed stretch', () => {
    expect(drafts(draft(1, 'something else'), commit(1, 'Add a test', 'add a tent', false))).toEqual([]);
  });

  it('ends an utterance with its last piece, also an empty one', () => {
    expect(drafts(draft(1, 'one'), draft(2, 'two'), commit(1, 'One.', 'one', true))).toEqual(['two']);
    expect(drafts(draft(1, 'one'), commit(1, '', '', true))).toEqual([]);
  });

  it('does not care for dropped windows', () => {
    expect(drafts(draft(1, 'one'), { type: 'dropped', role: 'fast', utteranceId: 1, windowId: 2 })).toEqual([
      'one',
    ]);
  });
});
