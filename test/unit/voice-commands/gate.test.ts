import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TranscriptEvent } from '../../../src/core/model';
import { NOTHING_PENDING, pendingAfter } from '../../../src/core/text/pending';
import { joinTexts } from '../../../src/core/text/spacing';
import { CommandGate, type GateStep } from '../../../src/core/voice-commands/gate';
import { CommandMatcher } from '../../../src/core/voice-commands/matcher';
import { VOICE_COMMANDS } from '../../../src/core/voice-commands/registry';

type Commit = Extract<TranscriptEvent, { type: 'commit' }>;

const english = new CommandMatcher(VOICE_COMMANDS, 'en');
const gate = () => new CommandGate(() => english);
const draft = (utteranceId: number, text: string): TranscriptEvent => ({
  type: 'draft',
  utteranceId,
  windowId: 1,
  text,
  timestamp: 0,
});
const commit = (utteranceId: number, text: string, rest: Partial<Commit> = {}): Commit => ({
  type: 'commit',
  utteranceId,
  windowId: 1,
  text,
  range: { start: 0, end: 100 },
  timestamp: 0,
  correctsWindowIds: [1],
  final: true,
  verified: true,
  replacedDraft: text.toLowerCase(),
  ...rest,
});
const piece = (id: number, text: string, rest: Partial<Commit> = {}) =>
  commit(id, text, { final: false, ...rest });

/** What came out: `= text` written, `~ text` shown as draft, `! id` a command. */
function told(steps: readonly GateStep[]): readonly string[] {
  return steps.map(({ event, ...step }) => {
    if (step.type === 'command') return `! ${step.command.id}`;
    return `${event.type === 'commit' ? '=' : '~'} ${event.type === 'dropped' ? '' : event.text}`;
  });
}

describe('the gate between the transcript and its writer', () => {
  it('lets text through as it is, the very same events', () => {
    const events = [draft(1, 'some'), commit(1, 'Some words.'), commit(2, '')];
    const one = gate();
    expect(events.flatMap((event) => one.next(event)).map(({ event }) => event)).toEqual(events);
  });

  it('takes a command out, and ends its utterance', () => {
    const one = gate();
    one.next(draft(1, 'scratch that'));
    const [step] = one.next(commit(1, 'Scratch that.'));
    expect(step).toMatchObject({
      type: 'command',
      heard: 'Scratch that.',
      command: { id: 'scratch-that', action: { type: 'scratch-that' } },
      event: { type: 'commit', text: '', final: true, replacedDraft: 'scratch that.' },
    });
  });

  it('holds a beginning back, shown as draft, until it is a command', () => {
    const one = gate();
    expect(told(one.next(draft(1, 'delete last word')))).toEqual(['~ delete last word']);
    expect(told(one.next(piece(1, 'Delete last', { replacedDraft: 'delete last' })))).toEqual([
      '~ Delete last word',
    ]);
    expect(told(one.next(draft(1, 'words')))).toEqual(['~ Delete last words']);
    expect(told(one.next(commit(1, 'word.')))).toEqual(['! delete-words']);
  });

  it('hands a beginning on in one piece once it is none', () => {
    const one = gate();
    one.next(draft(1, 'delete last weeks logs'));
    one.next(piece(1, 'Delete', { replacedDraft: 'delete', correctsWindowIds: [1, 2] }));
    one.next(piece(1, 'last', { replacedDraft: 'last', range: { start: 100, end: 200 } }));
    const [step] = one.next(
      piece(1, "week's", {
        replacedDraft: 'weeks',
        range: { start: 200, end: 300 },
        correctsWindowIds: [2, 3],
      }),
    );
    expect(step).toEqual({
      type: 'transcript',
      event: piece(1, "Delete last week's", {
        replacedDraft: 'delete last weeks',
        range: { start: 0, end: 300 },
        correctsWindowIds: [1, 2, 3],
      }),
    });
    // From here on it is text, whatever it looks like.
    expect(told(one.next(piece(1, 'undo')))).toEqual(['= undo']);
    expect(told(one.next(commit(1, 'that')))).toEqual(['= that']);
  });

  it('writes a beginning that stays one', () => {
    const one = gate();
    one.next(piece(1, 'Delete'));
    expect(told(one.next(commit(1, 'last')))).toEqual(['= Delete last']);
  });

  it('carries nothing out that was not verified, in whole or in part', () => {
    expect(told(gate().next(commit(1, 'Scratch that.', { verified: false })))).toEqual(['= Scratch that.']);
    const one = gate();
    one.next(piece(1, 'Scratch'));
    expect(told(one.next(commit(1, 'that', { verified: false })))).toEqual(['= Scratch that']);
  });

  it('goes by what was heard, not by what was made of it', () => {
    const [step] = gate().next(commit(1, 'Remove the last 2 words.', { original: 'Delete last two words.' }));
    expect(step).toMatchObject({ type: 'command', heard: 'Delete last two words.' });
  });

  it('tells several pending utterances apart', () => {
    const one = gate();
    one.next(draft(1, 'scratch'));
    one.next(draft(2, 'hello'));
    one.next(piece(1, 'Scratch', { replacedDraft: 'scratch' }));
    expect(told(one.next(draft(2, 'hello there')))).toEqual(['~ hello there']);
    expect(told(one.next(draft(1, 'that')))).toEqual(['~ Scratch that']);
    expect(told(one.next(commit(1, 'that.')))).toEqual(['! scratch-that']);
    expect(told(one.next(commit(2, 'Hello there.')))).toEqual(['= Hello there.']);
  });

  it('knows what was not confirmed when a command began', () => {
    const one = gate();
    for (const id of [1, 2, 3]) one.begin(id);
    one.next(commit(1, 'One.'));
    one.begin(4);
    one.next(commit(2, 'Two.'));
    one.next(commit(3, 'Three.'));
    const [step] = one.next(commit(4, 'Cancel that.'));
    expect(step).toMatchObject({ type: 'command', unconfirmed: new Set([2, 3]) });
  });

  it('knows what a draft looks like', () => {
    const one = gate();
    expect(one.kindOf(1, 'scratch')).toBe('beginning');
    expect(one.kindOf(1, 'Scratch that.')).toBe('command');
    expect(one.kindOf(1, 'scratch the')).toBe('dictation');
    expect(one.kindOf(1, '')).toBe('dictation');
    one.next(piece(1, 'Hello'));
    expect(one.kindOf(1, 'scratch that')).toBe('dictation');
  });

  it('lets everything through while commands are off, even in the middle of one', () => {
    let matcher: CommandMatcher | undefined = english;
    const one = new CommandGate(() => matcher);
    one.next(piece(1, 'Scratch'));
    matcher = undefined;
    expect(told(one.next(commit(1, 'that.')))).toEqual(['= Scratch that.']);
    expect(one.kindOf(2, 'scratch that')).toBe('dictation');
  });

  it('loses no word: whatever is said in whatever pieces is written, held in the draft, or a command', () => {
    const word = fc.constantFrom('scratch', 'that', 'delete', 'last', 'two', 'words', 'go', 'to', 'hello');
    const utterance = fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(utterance, { maxLength: 4 }), (utterances) => {
        const one = gate();
        utterances.forEach((pieces, index) => {
          let written: readonly string[] = [];
          let pending = NOTHING_PENDING;
          const all = pieces.map((words) => words.join(' '));
          all.forEach((text, at) => {
            const final = at === all.length - 1;
            const [step] = one.next(commit(index, text, { final }));
            if (!step) throw new Error('There is a step for every event.');
            pending = pendingAfter(pending, step.event);
            if (step.event.type === 'commit') written = [...written, step.event.text];
            if (step.type === 'command') {
              expect(final).toBe(true);
              expect(english.match(all.join(' '))).toBeDefined();
              expect(joinTexts(written)).toBe('');
              return;
            }
            const shown = joinTexts([...written, ...pending.map((entry) => entry.draft)]);
            expect(shown).toBe(joinTexts(all.slice(0, at + 1)));
          });
        });
      }),
    );
  });
});
