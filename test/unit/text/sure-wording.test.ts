import { describe, expect, it } from 'vitest';
import { HeardText } from '../../../src/core/text/heard-text';
import { sureWording } from '../../../src/core/text/sure-wording';
import {
  createWording,
  DEFAULT_WORDING,
  type HeardPiece,
  type TextPlace,
  type Wording,
} from '../../../src/core/text/wording';

const place: TextPlace = { before: 'Say', after: '.', languageId: 'plaintext' };
const piece = (text: string, final: boolean): HeardPiece => ({
  utteranceId: 1,
  text,
  final,
  replacedDraft: '',
});

/** Rules that break once `broken` is set, wherever they are asked. */
class Breaking {
  broken = true;
  readonly wording: Wording;
  constructor(rules: Wording) {
    const guard = () => {
      if (this.broken) throw new RangeError('a rule is wrong');
    };
    this.wording = {
      decide: (...all) => (guard(), rules.decide(...all)),
      write: (...all) => (guard(), rules.write(...all)),
      positionOf: (...all) => (guard(), rules.positionOf(...all)),
      trailBehind: (...all) => (guard(), rules.trailBehind(...all)),
    };
  }
}

describe('rules that fail', () => {
  const open = () => {
    const rules = new Breaking(createWording(() => DEFAULT_WORDING));
    const errors: unknown[] = [];
    const wording = sureWording(rules.wording, (error) => errors.push(error));
    const heard = new HeardText(wording);
    const take = (finishing = false) => {
      const decided = heard.take(1, finishing, () => place);
      return decided && wording.write([decided], place).text;
    };
    return { rules, errors, wording, heard, take };
  };

  it('change nothing as long as they do not', () => {
    const { rules, errors, heard, take } = open();
    rules.broken = false;
    heard.update(piece('twenty two apples', true), []);
    expect(take()).toBe('22 apples');
    expect(errors).toEqual([]);
  });

  it('leave the words as they were heard, with blanks where they belong', () => {
    const { errors, wording, heard, take } = open();
    heard.update(piece('twenty two apples', true), []);
    expect(take()).toBe('twenty two apples');
    expect(errors).not.toEqual([]);
    expect(wording.positionOf(1, place)).toBe('prose');
    expect(wording.trailBehind('Say', { ...place, after: 'more' })).toBe(' ');
  });

  it('in the middle of an utterance lose nothing that they had held back', () => {
    const { rules, heard, take } = open();
    rules.broken = false;
    // The rules wait for what follows a number.
    heard.update(piece('there are twenty', false), []);
    const before = take() ?? '';
    expect(before).not.toContain('20');
    expect(before).not.toContain('twenty');
    rules.broken = true;
    heard.update(piece('two apples', true), []);
    expect(`${before} ${take() ?? ''}`.replace(/\s+/g, ' ')).toBe('there are twenty two apples');
  });
});
