import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextRules } from '../../../../src/core/text/rules/text-rules';
import {
  DEFAULT_TEXT_RULES,
  NOTHING_CARRIED,
  RULE_IDS,
  type Position,
  type TextContext,
} from '../../../../src/core/text/rules/types';
import { textCases } from './cases';

const rules = new TextRules();
const POSITIONS: readonly Position[] = [
  'prose',
  'line-comment',
  'block-comment',
  'string',
  'code',
  'markdown',
  'commit-message',
  'terminal',
];

/** Dictates `pieces` one after the other, as confirmed text arrives, and returns what stands in the document. */
function dictate(pieces: readonly string[], context: TextContext): string {
  let carry = NOTHING_CARRIED;
  let document = '';
  let anchor = 0;
  pieces.forEach((piece, index) => {
    const around = {
      ...context,
      before: context.before + document.slice(0, anchor),
      after: document.slice(anchor) + context.after,
    };
    const result = rules.applyPiece(carry, piece, index === pieces.length - 1, around, DEFAULT_TEXT_RULES);
    carry = result.carry;
    const { lead, text, trail } = result.ruled;
    document = document.slice(0, anchor) + lead + text + trail + document.slice(anchor);
    anchor += lead.length + text.length;
  });
  return document;
}

/** `words` cut into pieces after the given counts. */
function cut(words: readonly string[], cuts: readonly number[]): readonly string[] {
  const places = [...new Set(cuts.map((place) => place % words.length))]
    .filter((place) => place > 0)
    .sort((a, b) => a - b);
  return [...places, words.length].map((end, index) =>
    words.slice(index === 0 ? 0 : places[index - 1], end).join(' '),
  );
}

const allCases = ['punctuation.tsv', 'formatters.tsv', 'numbers.tsv', 'context.tsv', 'languages.tsv'].flatMap(
  textCases,
);

describe('an utterance in pieces', () => {
  it('reads as in one, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.constantFrom(...allCases), fc.array(fc.nat(20), { maxLength: 4 }), (row, cuts) => {
        const words = row.heard.split(/\s+/);
        // With text behind the anchor, a blank after every piece is the next one's lead: compare where there is none.
        const context = { ...row.context, after: '' };
        expect(dictate(cut(words, cuts), context)).toBe(dictate([row.heard], context));
      }),
      { numRuns: 1500 },
    );
  });

  it('reads as in one when every word comes alone', () => {
    for (const row of allCases) {
      const context = { ...row.context, after: '' };
      expect(dictate(row.heard.split(/\s+/), context), row.heard).toBe(dictate([row.heard], context));
    }
  });

  it('hands out plain words at once, all but what the next word may change', () => {
    const context: TextContext = {
      before: '',
      after: '',
      languageId: 'plaintext',
      position: 'prose',
      language: 'en',
    };
    const { ruled, carry } = rules.applyPiece(
      NOTHING_CARRIED,
      'We moved the whole thing',
      false,
      context,
      DEFAULT_TEXT_RULES,
    );
    expect(ruled.text).toBe('We moved the whole');
    expect(carry.pending).toBe('thing');
  });

  it('holds a formatter back until its reach is known', () => {
    const context: TextContext = {
      before: '',
      after: '',
      languageId: 'typescript',
      position: 'code',
      language: 'en',
    };
    const first = rules.applyPiece(
      NOTHING_CARRIED,
      'return camel case get',
      false,
      context,
      DEFAULT_TEXT_RULES,
    );
    expect(first.ruled.text).toBe('return');
    const last = rules.applyPiece(
      first.carry,
      'user',
      true,
      { ...context, before: 'return' },
      DEFAULT_TEXT_RULES,
    );
    expect(last.ruled).toEqual({ lead: ' ', text: 'getUser', trail: '' });
    expect(last.carry).toEqual(NOTHING_CARRIED);
  });

  it('hands out everything with an empty final piece', () => {
    const context: TextContext = {
      before: '',
      after: '',
      languageId: 'plaintext',
      position: 'prose',
      language: 'en',
    };
    const first = rules.applyPiece(NOTHING_CARRIED, 'Wait for the dash', false, context, DEFAULT_TEXT_RULES);
    const last = rules.applyPiece(
      first.carry,
      '',
      true,
      { ...context, before: first.ruled.text },
      DEFAULT_TEXT_RULES,
    );
    expect(first.ruled.text + last.ruled.lead + last.ruled.text).toBe('Wait for the dash');
  });
});

describe('a decided stretch', () => {
  it('is written the same whenever it is asked for, and fits what was typed meanwhile without losing a word', () => {
    const typed = fc.constantFrom('', 'x', 'the ', 'open', '"', '`', '\n');
    fc.assert(
      fc.property(fc.constantFrom(...allCases), fc.nat(20), typed, (row, at, text) => {
        const words = row.heard.split(/\s+/);
        const heard = words.slice(0, at % (words.length + 1)).join(' ');
        const { stretch, carry } = rules.decide(
          NOTHING_CARRIED,
          heard,
          false,
          row.context,
          DEFAULT_TEXT_RULES,
        );
        expect(`${stretch.heard} ${carry.pending}`.trim()).toBe(heard);
        const once = rules.write(stretch, row.context, DEFAULT_TEXT_RULES);
        expect(rules.write(stretch, row.context, DEFAULT_TEXT_RULES)).toEqual(once);
        const moved = { ...row.context, before: row.context.before + text };
        const off = { ...DEFAULT_TEXT_RULES, off: new Set(RULE_IDS) };
        expect(rules.write(stretch, moved, off).text).toBe(stretch.heard);
        if (stretch.heard !== '') expect(rules.write(stretch, moved, DEFAULT_TEXT_RULES).text).not.toBe('');
      }),
    );
  });

  it('is previewed with what is held back', () => {
    const context: TextContext = {
      before: '',
      after: '',
      languageId: 'typescript',
      position: 'code',
      language: 'en',
    };
    const { carry } = rules.decide(NOTHING_CARRIED, 'camel case get', false, context, DEFAULT_TEXT_RULES);
    expect(rules.preview(carry, 'user', context, DEFAULT_TEXT_RULES).text).toBe('getUser');
  });
});

const anyContext = fc.record<TextContext>({
  before: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', 'foo ', '// ', '  * ', 'a "', '`')),
  after: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', ')', ' bar')),
  languageId: fc.constantFrom('typescript', 'python', 'plaintext', 'unknown'),
  position: fc.constantFrom(...POSITIONS),
  language: fc.constantFrom('en', 'de', 'fr', 'es', 'xx', 'auto'),
});
const spoken = fc
  .array(
    fc.oneof(
      fc.constantFrom(...allCases.flatMap((row) => row.heard.split(' '))),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { maxLength: 14 },
  )
  .map((words) => words.join(' '));

describe('any text', () => {
  it('is taken without an error, in any place, in any piece', () => {
    fc.assert(
      fc.property(
        spoken,
        anyContext,
        fc.boolean(),
        fc.constantFrom('off', 'prose-safe', 'always'),
        (heard, context, final, mode) => {
          const options = { ...DEFAULT_TEXT_RULES, spoken: mode, ruler: 40 } as const;
          const { ruled, carry } = rules.applyPiece(NOTHING_CARRIED, heard, final, context, options);
          expect(typeof ruled.text).toBe('string');
          if (final) expect(carry).toEqual(NOTHING_CARRIED);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('stays as it was heard when every rule is off', () => {
    fc.assert(
      fc.property(spoken, anyContext, (heard, context) => {
        const options = { ...DEFAULT_TEXT_RULES, off: new Set(RULE_IDS) };
        const { text } = rules.apply(heard, { ...context, position: 'prose' }, options);
        expect(text).toBe(heard.trim());
      }),
      { numRuns: 1000 },
    );
  });

  it('never gets a line break in a terminal', () => {
    fc.assert(
      fc.property(spoken, fc.constantFrom('prose-safe', 'always'), (heard, mode) => {
        const context: TextContext = {
          before: '',
          after: '',
          languageId: '',
          position: 'terminal',
          language: 'en',
        };
        const { lead, text, trail } = rules.apply(heard.replace(/[^\P{Cc}]/gu, ''), context, {
          ...DEFAULT_TEXT_RULES,
          spoken: mode,
        });
        expect(lead + text + trail).not.toMatch(/[\n\t]/);
      }),
    );
  });
});

describe('text that is written already', () => {
  const words = fc.constantFrom(
    'we',
    'moved',
    'files',
    'getUser',
    'user_name',
    '42',
    'foo()',
    'index.ts',
    '3.5',
    'it',
    'NASA',
    'C++',
  );
  const sentence = fc.array(words, { minLength: 1, maxLength: 8 }).map((list) => `Then ${list.join(' ')}.`);
  it('does not change in prose', () => {
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 3 }), (sentences) => {
        fc.pre(!/\b(\w+) \1\b/.test(sentences.join(' ')));
        const text = sentences.join(' ');
        const context: TextContext = {
          before: '',
          after: '',
          languageId: 'plaintext',
          position: 'prose',
          language: 'en',
        };
        expect(rules.apply(text, context, DEFAULT_TEXT_RULES)).toEqual({ lead: '', text, trail: '' });
      }),
    );
  });
  it('does not change when a rule has written it', () => {
    for (const row of allCases.filter(
      ({ context, heard }) =>
        context.position === 'prose' &&
        !/literal|escape|no space|one two|spell|buchstab|seven|cap /i.test(heard),
    )) {
      const once = rules.apply(row.heard, row.context, DEFAULT_TEXT_RULES);
      const twice = rules.apply(once.text, row.context, DEFAULT_TEXT_RULES);
      expect(twice.text.trim(), row.heard).toBe(once.text.trim());
    }
  });
});
