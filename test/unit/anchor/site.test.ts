import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAnchor, type TextChange } from '../../../src/core/anchor/anchor';
import {
  distinctSites,
  joinEdits,
  moveSite,
  planSite,
  siteAt,
  withoutDrafts,
  type Site,
} from '../../../src/core/anchor/site';

const NO_CONTEXT = { before: '', after: '' };
const NOTHING = { lead: '', text: '', trail: '' };
const words = (text: string) => ({ lead: '', text, trail: '' });
const replace = (start: number, end: number, text: string): TextChange => ({
  rangeOffset: start,
  rangeLength: end - start,
  text,
});
const apply = (text: string, changes: readonly TextChange[]): string =>
  [...changes]
    .sort((a, b) => b.rangeOffset - a.rangeOffset)
    .reduce(
      (now, c) => now.slice(0, c.rangeOffset) + c.text + now.slice(c.rangeOffset + c.rangeLength),
      text,
    );

/** Site with `[selection]`, `{draft}` and `|` for the place, all optional. */
function parse(marked: string): { text: string; site: Site } {
  const plain: string[] = [];
  const found = new Map<string, number>();
  for (const char of marked) {
    if ('[]{}|'.includes(char)) found.set(char, plain.length);
    else plain.push(char);
  }
  const at = found.get('|') ?? 0;
  const [open, close] = [found.get('['), found.get(']')];
  const [start, end] = [found.get('{'), found.get('}')];
  return {
    text: plain.join(''),
    site: {
      at,
      said: '',
      drafts: start === undefined || end === undefined ? [] : [{ start, end }],
      ...(open !== undefined && close !== undefined && { selection: { start: open, end: close } }),
    },
  };
}

/** The text with its draft spans in braces. */
function show(text: string, { drafts }: Site): string {
  return [...drafts]
    .reverse()
    .reduce(
      (now, { start, end }) => `${now.slice(0, start)}{${now.slice(start, end)}}${now.slice(end)}`,
      text,
    );
}

describe('moveSite', () => {
  it.each([
    ['before the draft', 'ab |{draft} cd', [replace(0, 1, 'xyz')], 'xyzb {draft} cd'],
    ['right before the draft', 'ab |{draft} cd', [replace(3, 3, 'x')], 'ab x{draft} cd'],
    ['right behind the draft', 'ab |{draft} cd', [replace(8, 8, 'x')], 'ab {draft}x cd'],
    ['inside the draft', 'ab |{draft} cd', [replace(5, 5, 'X')], 'ab {dr}X{aft} cd'],
    ['over a part of the draft', 'ab |{draft} cd', [replace(5, 10, 'X')], 'ab {dr}Xd'],
    ['over its beginning', 'ab |{draft} cd', [replace(1, 5, 'X')], 'aX{aft} cd'],
    ['over all of it', 'ab |{draft} cd', [replace(2, 9, 'X')], 'abXcd'],
    ['on both sides at once', 'ab |{draft} cd', [replace(9, 11, ''), replace(0, 2, 'long')], 'long {draft} '],
  ] satisfies [string, string, TextChange[], string][])(
    'an edit %s leaves to others what they wrote',
    (_name, marked, changes, expected) => {
      const { text, site } = parse(marked);
      expect(show(apply(text, changes), moveSite(site, changes, NO_CONTEXT))).toBe(expected);
    },
  );

  it('forgets a selection that somebody else has touched, and only such a one', () => {
    const { site } = parse('one [two]| three');
    const after = (...changes: TextChange[]) => moveSite(site, changes, NO_CONTEXT).selection;
    expect(after(replace(0, 0, 'xx'))).toEqual({ start: 6, end: 9 });
    expect(after(replace(4, 4, 'xx'))).toEqual({ start: 6, end: 9 });
    expect(after(replace(7, 7, 'xx'))).toEqual({ start: 4, end: 7 });
    expect(after(replace(5, 5, 'xx'))).toBeUndefined();
    expect(after(replace(4, 7, 'xx'))).toBeUndefined();
    expect(after(replace(0, 20, ''))).toBeUndefined();
  });

  it('never takes out a character of others, whatever they edit and whenever', () => {
    // Others write capitals, drafts are digits, so that every character tells whose it is.
    const other = fc.string({ unit: fc.constantFrom('A', 'B', ' ', '\n'), maxLength: 4 });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('edit' as const), at: fc.nat(40), length: fc.nat(4), text: other }),
      fc.record({ kind: fc.constant('draft' as const), text: fc.stringMatching(/^[0-9]{0,6}$/) }),
      fc.record({ kind: fc.constant('commit' as const), text: fc.stringMatching(/^[a-z]{1,4}$/) }),
    );
    fc.assert(
      fc.property(other, fc.nat(8), fc.array(step, { maxLength: 20 }), (start, at, steps) => {
        let text = `${start}AB`;
        const first = Math.min(at, text.length);
        let site = siteAt({ start: first, end: first });
        let [others, committed] = [text, ''];
        for (const one of steps) {
          if (one.kind === 'edit') {
            const from = Math.min(one.at, text.length);
            const change = replace(from, Math.min(text.length, from + one.length), one.text);
            const context = { before: text.slice(0, site.at), after: text.slice(site.at) };
            site = moveSite(site, [change], context);
            text = apply(text, [change]);
            // From here on this is what others want to see, our committed words as their edit left them.
            others = text.replace(/[0-9]/g, '').replace(/[a-z]/g, '');
            committed = text.replace(/[^a-z]/g, '');
          } else {
            const isDraft = one.kind === 'draft';
            const written = {
              confirmed: isDraft ? NOTHING : words(one.text),
              draft: isDraft ? words(one.text) : NOTHING,
            };
            const edit = planSite(site, written);
            text = apply(text, edit.changes);
            site = edit.after;
            if (!isDraft) committed = text.replace(/[^a-z]/g, '');
            const drafts = site.drafts.map(({ start: s, end: e }) => text.slice(s, e)).join('');
            expect(text.replace(/[^0-9]/g, '')).toBe(isDraft ? one.text : '');
            expect(drafts).toBe(isDraft ? one.text : '');
          }
          expect(text.replace(/[0-9]/g, '').replace(/[a-z]/g, '')).toBe(others);
          expect(text.replace(/[^a-z]/g, '')).toBe(committed);
          expect(site.at).toBeGreaterThanOrEqual(0);
          expect(site.at).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('planSite', () => {
  it('puts a draft behind the selection and replaces both by what is confirmed', () => {
    const { text, site } = parse('one [two]| three');
    const draft = planSite(site, { confirmed: NOTHING, draft: { lead: ' ', text: 'too', trail: '' } });
    const drafted = apply(text, draft.changes);
    expect(drafted).toBe('one two too three');
    const commit = planSite(draft.after, { confirmed: words('2'), draft: NOTHING });
    expect(apply(drafted, commit.changes)).toBe('one 2 three');
    expect(commit.after).toEqual({ at: 5, drafts: [], said: '2' });
  });

  it('plans nothing where nothing changes', () => {
    expect(planSite(siteAt({ start: 3, end: 3 }), { confirmed: NOTHING, draft: NOTHING }).changes).toEqual(
      [],
    );
  });

  it('of several sites shifts those behind by what goes in before them', () => {
    const sites = [siteAt({ start: 1, end: 1 }), siteAt({ start: 3, end: 5 }), siteAt({ start: 8, end: 8 })];
    const { changes, after } = joinEdits(
      sites.map((site) => planSite(site, { confirmed: words('xyz'), draft: words('12') })),
    );
    const text = apply('abcdefghij', changes);
    expect(text).toBe('axyz12bcxyz12fghxyz12ij');
    expect(after.map(({ at }) => text.slice(at - 3, at + 2))).toEqual(['xyz12', 'xyz12', 'xyz12']);
  });
});

describe('withoutDrafts', () => {
  it('is the text, and the places, as they were before the drafts came', () => {
    const sites = [siteAt({ start: 1, end: 1 }), siteAt({ start: 3, end: 5 })];
    const draft = { lead: ' ', text: 'draft', trail: ' ' };
    const { changes, after } = joinEdits(sites.map((site) => planSite(site, { confirmed: NOTHING, draft })));
    const drafted = apply('abcdefghij', changes);
    expect(drafted).toBe('a draft bcde draft fghij');
    expect(withoutDrafts(drafted, after)).toEqual({ text: 'abcdefghij', sites });
  });

  it('keeps what somebody has written into a draft', () => {
    const site: Site = { at: 1, drafts: [{ start: 1, end: 4 }], said: '' };
    const edited = moveSite(site, [replace(2, 2, 'MINE')], NO_CONTEXT);
    expect(withoutDrafts('aXMINEYZb', [edited]).text).toBe('aMINEb');
  });
});

describe('distinctSites', () => {
  it('orders places and joins those that have come together', () => {
    const sites = [7, 3, 7, 3].map((at) => siteAt({ start: at, end: at }));
    expect(distinctSites(sites).map(({ at }) => at)).toEqual([3, 7]);
  });
});

describe('findAnchor', () => {
  const context = { before: 'alpha beta gamma', after: ' delta epsilon\n' };
  it('finds the place in a text that has grown elsewhere', () => {
    const text = 'new line\nalpha beta gamma delta epsilon\n';
    expect(findAnchor(text, 16, context)).toBe(text.indexOf(' delta'));
  });
  it('finds nothing in another text', () => {
    expect(findAnchor('something else altogether', 16, context)).toBeUndefined();
  });
  it('takes the old place in an empty surrounding', () => {
    expect(findAnchor('ab', 9, { before: '', after: '\n' })).toBe(2);
  });
});
