import { describe, expect, it } from 'vitest';
import {
  acceptedPart,
  areGone,
  movePart,
  type Part,
  rewrittenParts,
  standingParts,
  takenOutPart,
  withPart,
} from '../../../src/core/anchor/parts';

const written = (start: number, text: string, trail = '', site = 0) => ({
  start,
  text,
  trail,
  replaced: '',
  site,
});
const at = (document: string) => (start: number, end: number) => document.slice(start, end);
/** The text of each part with its blank, as far as all stand. */
const found = (parts: readonly Part[], document: string) =>
  standingParts(parts, at(document))?.map(({ whole }) => document.slice(whole.start, whole.end));

describe('the parts of an utterance', () => {
  it('grow where one follows another directly, and are several where something is between', () => {
    const one = withPart([], written(0, 'hello'), at('hello'));
    const grown = withPart(one, written(5, ' there'), at('hello there'));
    expect(found(grown, 'hello there')).toEqual(['hello there']);
    const apart = withPart(grown, written(15, 'again'), at('hello there // again'));
    expect(apart).toHaveLength(2);
  });

  it('take the blank behind them along as long as it stands there', () => {
    const parts = withPart([], written(4, 'said', ' '), at('say said so'));
    expect(found(parts, 'say said so')).toEqual(['said ']);
    expect(found(parts, 'say said,so')).toEqual(['said']);
  });

  it('are found only if every one stands unchanged', () => {
    const document = 'one two';
    const parts = withPart(
      withPart([], written(0, 'one'), at(document)),
      written(4, 'two', '', 1),
      at(document),
    );
    expect(standingParts(parts, at(document))?.map(({ site }) => site)).toEqual([0, 1]);
    expect(standingParts(parts, at('one tWo'))).toBeUndefined();
  });

  it('move with the edits of others', () => {
    const parts = withPart([], written(0, 'said', ' '), at('said '));
    const changes = [{ rangeOffset: 0, rangeLength: 0, text: '> ' }];
    const moved = parts.map((part) => movePart(part, changes, false));
    expect(found(moved, '> said ')).toEqual(['said ']);
  });

  it('are gone once they were taken out, and only then', () => {
    const parts = withPart([], written(0, 'said', ' '), at('said '));
    expect(areGone(parts)).toBe(false);
    const out = parts.map(takenOutPart);
    expect(areGone(out)).toBe(true);
    expect(standingParts(out, at(''))).toBeUndefined();
  });

  it('written anew stand behind each other as long as the new texts are; an empty one is a part no more', () => {
    const document = 'one two three';
    const texts = [written(0, 'one'), written(4, 'two', '', 1), written(8, 'three', '', 2)];
    const parts = texts.reduce<readonly Part[]>((all, text) => withPart(all, text, at(document)), []);
    const stood = standingParts(parts, at(document)) ?? [];
    const anew = rewrittenParts(parts, stood, ['first', '', 'third']);
    expect(found(anew, 'first  third')).toEqual(['first', 'third']);
  });

  it('that an edit of ours changed count as unchanged in their new form', () => {
    const parts = withPart([], written(0, 'get user'), at('get user'));
    const changed = parts.map((part) => acceptedPart(part, at('getUser_')));
    expect(found(changed, 'getUser_')).toEqual(['getUser_']);
    const out = parts.map(takenOutPart);
    expect(out.map((part) => acceptedPart(part, at('else')))).toEqual(out);
  });
});
