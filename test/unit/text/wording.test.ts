import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeardText } from '../../../src/core/text/heard-text';
import { NOTHING_PENDING } from '../../../src/core/text/pending';
import {
  createWording,
  DEFAULT_WORDING,
  PLAIN_WORDING,
  type TextPlace,
  type Wording,
  type WordingOptions,
} from '../../../src/core/text/wording';
import { textCases } from './rules/cases';

const wording = (change: Partial<WordingOptions> = {}) =>
  createWording(() => ({ ...DEFAULT_WORDING, ...change }));
const at = (before: string, languageId = 'plaintext', after = ''): TextPlace => ({
  before,
  after,
  languageId,
});

/** Dictates the pieces of one utterance as an editor does, and returns the document. */
function dictate(pieces: readonly string[], start: TextPlace, rules: Wording): string {
  const heard = new HeardText(rules);
  let place = start;
  pieces.forEach((text, index) => {
    const final = index === pieces.length - 1;
    heard.update({ utteranceId: 1, text, final, replacedDraft: text }, NOTHING_PENDING);
    const piece = heard.take(1, false, () => place);
    if (!piece) throw new Error('There was a piece.');
    const written = rules.write([piece], place);
    const position = rules.positionOf(1, place);
    place = {
      ...place,
      before: place.before + written.lead + written.text,
      ...(!final && { utterance: { id: 1, position } }),
    };
  });
  return place.before;
}

describe('an utterance in pieces', () => {
  const cases = ['punctuation.tsv', 'formatters.tsv', 'numbers.tsv', 'context.tsv'].flatMap(textCases);

  it('reads as in one, in the position where it began, whatever it has written by then', () => {
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.nat(20), fc.nat(20), (row, one, two) => {
        const words = row.heard.split(/\s+/);
        const [first = 0, second = 0] = [one % (words.length + 1), two % (words.length + 1)].sort(
          (a, b) => a - b,
        );
        const pieces = [words.slice(0, first), words.slice(first, second), words.slice(second)];
        const { before, languageId, language } = row.context;
        const rules = wording({ language });
        const place = { before, after: '', languageId };
        const inPieces = dictate(
          pieces.map((piece) => piece.join(' ')),
          place,
          rules,
        );
        expect(inPieces).toBe(dictate([row.heard], place, rules));
      }),
      { numRuns: 600 },
    );
  });

  it('stays code although a quote was opened', () => {
    const rules = wording();
    const pieces = ['log open paren quote hello', 'quote close paren', 'semicolon'];
    expect(dictate(pieces, at('x = 1;\n', 'javascript'), rules)).toBe('x = 1;\nlog("hello");');
  });

  it('keeps what was heard and drafted before a language model tidied it up', () => {
    const heard = new HeardText(wording());
    const piece = {
      utteranceId: 1,
      text: 'We rename the file.',
      final: true,
      replacedDraft: 'So um we rename the file.',
      original: 'So um we rename the file.',
      drafted: 'so um we rain the file',
    };
    heard.update(piece, NOTHING_PENDING);
    expect(heard.take(1, false, () => at(''))?.beforeCleanUp).toEqual({
      heard: 'So um we rename the file.',
      draft: 'So we rain the file',
    });
    const { original: _, drafted: __, ...plain } = piece;
    heard.update(plain, NOTHING_PENDING);
    expect(heard.take(1, false, () => at(''))).not.toHaveProperty('beforeCleanUp');
  });

  it('shows what is held back until it is written', () => {
    const rules = wording();
    const heard = new HeardText(rules);
    const place = at('', 'typescript');
    const shown = () => rules.write(heard.parts(), place).text;
    heard.update({ utteranceId: 1, text: 'camel case get', final: false, replacedDraft: '' }, [
      { utteranceId: 1, draft: 'user' },
    ]);
    expect(shown()).toBe('getUser');
    const piece = heard.take(1, false, () => place);
    expect(piece?.stretch.heard).toBe('');
    expect(shown()).toBe('getUser');
    expect(rules.write(heard.drafts(), place).text).toBe('user');
    heard.update(undefined, NOTHING_PENDING);
    expect(shown()).toBe('get');
    const rest = heard.take(0, true, () => place);
    expect(rest && rules.write([rest], place).text).toBe('get');
    expect(heard.parts()).toEqual([]);
    expect(heard.take(0, true, () => place)).toBeUndefined();
  });

  it('holds nothing back in a script without blanks, and puts none between its pieces', () => {
    const rules = wording({ language: 'zh' });
    const heard = new HeardText(rules);
    heard.update({ utteranceId: 1, text: '你好', final: false, replacedDraft: '' }, NOTHING_PENDING);
    expect(heard.take(1, false, () => at(''))?.stretch.heard).toBe('你好');
    expect(heard.parts()).toEqual([]);
    expect(dictate(['你好', '世界。', '好'], at(''), rules)).toBe('你好世界。好');
  });

  it('gives the carry to its own utterance only', () => {
    const rules = wording();
    const heard = new HeardText(rules);
    const place = at('', 'typescript');
    heard.update({ utteranceId: 1, text: 'return camel case get', final: false, replacedDraft: '' }, [
      { utteranceId: 1, draft: 'user' },
      { utteranceId: 2, draft: 'open paren' },
    ]);
    heard.take(1, false, () => place);
    expect(rules.write(heard.parts(), { ...place, before: 'return' })).toMatchObject({
      lead: ' ',
      text: 'getUser(',
    });
  });
});

describe('what was shown before', () => {
  it('is compared as it was shown, not as it was heard', () => {
    const rules = wording();
    const heard = new HeardText(rules);
    heard.update(
      {
        utteranceId: 1,
        text: 'Fifty percent comma done.',
        final: true,
        replacedDraft: 'fifty percent comma gone',
      },
      NOTHING_PENDING,
    );
    expect(heard.take(1, false, () => at(''))?.replacedDraft).toBe('50%, gone');
  });
});

describe('the place', () => {
  it('says what the words become', () => {
    const rules = wording();
    const part = (heard: string) => [
      { utteranceId: 1, stretch: { said: '', heard, following: '', final: true } },
    ];
    const write = (heard: string, place: TextPlace) => rules.write(part(heard), place).text;
    expect(write('a dash of salt', at(''))).toBe('A dash of salt');
    expect(write('foo dash bar', at('', 'typescript'))).toBe('foo - bar');
    expect(write('dash dash force', { ...at(''), position: 'terminal' })).toBe('--force');
    expect(write('eins Komma zwei', { ...at(''), language: 'de' })).toBe('1,2');
  });

  it('wraps at its ruler only if that is wanted', () => {
    const place: TextPlace = { ...at('// ', 'typescript'), ruler: 20 };
    const part = {
      utteranceId: 1,
      stretch: { said: '', heard: 'one two three four five', following: '', final: true },
    };
    expect(wording().write([part], place).text).not.toContain('\n');
    expect(wording({ wrap: true }).write([part], place).text).toBe('One two three\n// four five');
  });

  it('takes ordinary words for English ones in English only', () => {
    const isOrdinaryEnglish = (word: string) => word === 'rest';
    const part = { utteranceId: 1, stretch: { said: '', heard: 'Rest', following: '', final: true } };
    const place = at('und der');
    expect(wording({ isOrdinaryEnglish }).write([part], place).text).toBe('rest');
    expect(wording({ isOrdinaryEnglish, language: 'de' }).write([part], place).text).toBe('Rest');
  });
});

describe('voice commands', () => {
  it('are text behind "literal", in the language that is spoken there', () => {
    const part = { utteranceId: 1, stretch: { said: '', heard: 'literal undo', following: '', final: true } };
    const commandsIn = (language: string) => (language === 'en' ? { commandAt: () => 1 } : undefined);
    expect(wording({ commandsIn }).write([part], at('')).text).toBe('Undo');
    expect(wording().write([part], at('')).text).toBe('Literal undo');
    expect(wording({ commandsIn, language: 'de' }).write([part], at('')).text).toBe('Literal undo');
  });
});

describe('options', () => {
  it('count at once', () => {
    let options = DEFAULT_WORDING;
    const rules = createWording(() => options);
    const part = { utteranceId: 1, stretch: { said: '', heard: 'yes comma no', following: '', final: true } };
    expect(rules.write([part], at('')).text).toBe('Yes, no');
    options = { ...options, spoken: 'off' };
    expect(rules.write([part], at('')).text).toBe('Yes comma no');
  });
});

describe('the plain wording', () => {
  it('writes what was heard', () => {
    expect(dictate(['one', 'comma two', ', three'], at('zero'), PLAIN_WORDING)).toBe(
      'zero one comma two, three',
    );
  });
});
