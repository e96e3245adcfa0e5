import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitText, joinTexts } from '../../../src/core/text/spacing';

/** `before|after` + text → the line, with `|` where the anchor is afterwards. */
function dictate(line: string, text: string): string {
  const [before = '', after = ''] = line.split('|');
  const { lead, text: core, trail } = fitText(text, before, after);
  return `${before}${lead}${core}|${trail}${after}`;
}

describe('fitText', () => {
  it.each([
    ['an empty line', '|', 'Hello.', 'Hello.|'],
    ['indentation', '    |', 'Hello.', '    Hello.|'],
    ['the end of a word', 'foo|', 'bar', 'foo bar|'],
    ['a blank already there', 'foo |', 'bar', 'foo bar|'],
    ['white space around the dictated text', 'foo|', '  bar \n', 'foo bar|'],
    ['before a word', '|bar', 'foo', 'foo| bar'],
    ['between words at a blank', 'foo| baz', 'bar', 'foo bar| baz'],
    ['after a blank, before a word', 'foo |baz', 'bar', 'foo bar| baz'],
    ['inside a word', 'foo|baz', 'bar', 'foo bar| baz'],
    ['sentence after sentence', 'One.|', 'Two.', 'One. Two.|'],
    ['punctuation joins the word before', 'foo|', ', bar', 'foo, bar|'],
    ['a full stop alone', 'foo|', '.', 'foo.|'],
    ['a name that begins with a full stop', 'open|', '.gitignore', 'open .gitignore|'],
    ['before punctuation', 'foo|, baz', 'bar', 'foo bar|, baz'],
    ['before a full stop', 'foo |.', 'bar', 'foo bar|.'],
    ['brackets', 'f(|)', 'bar', 'f(bar|)'],
    ['before an opening bracket', '|(b)', 'a', 'a| (b)'],
    ['after a closing bracket', '(a)|', 'b', '(a) b|'],
    ['empty double quotes', 'say "|"', 'hello', 'say "hello|"'],
    ['after a closed quotation', 'say "a"|', 'b', 'say "a" b|'],
    ['before an opening quotation', '|"b"', 'a', 'a| "b"'],
    ['back ticks', '`|`', 'npm', '`npm|`'],
    ['single quotes', "x = '|'", 'hello', "x = 'hello|'"],
    ['after an apostrophe that ends a word', "users'|", 'data', "users' data|"],
    ['curly quotes', '“|”', 'hello', '“hello|”'],
    ['a line comment', '//|', 'note', '// note|'],
    ['a block comment', '/*|*/', 'note', '/* note| */'],
    ['a hash comment', '#|', 'note', '# note|'],
    ['an SQL comment', '--|', 'note', '-- note|'],
    ['a list item', '-|', 'milk', '- milk|'],
    ['a hyphenated word', 'well-|', 'known', 'well-known|'],
    ['either or', 'and/|', 'or', 'and/or|'],
    ['an identifier', 'foo_|', 'bar', 'foo_bar|'],
    ['a handle', 'ask @|', 'anna', 'ask @anna|'],
    ['Chinese after Chinese', '你好|', '世界', '你好世界|'],
    ['Japanese between', '今日|です', 'は', '今日は|です'],
    ['Korean has blanks', '안녕|', '세계', '안녕 세계|'],
    ['an emoji before', '👍|', 'good', '👍 good|'],
    ['nothing heard', 'foo|bar', ' ', 'foo|bar'],
  ])('%s', (_name, line, text, expected) => {
    expect(dictate(line, text)).toBe(expected);
  });

  it('never loses or changes a visible character, and adds at most one blank a side', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (text, before, after) => {
        const fitted = fitText(text, before, after);
        expect(fitted.text).toBe(text.trim());
        expect(['', ' ']).toContain(fitted.lead);
        expect(['', ' ']).toContain(fitted.trail);
      }),
    );
  });

  it('goes on where it stopped: pieces of one utterance read as the utterance', () => {
    const whole = fitText('one two, three', 'a', 'z');
    let [before, after] = ['a', 'z'];
    for (const piece of ['one', 'two', ', three']) {
      const { lead, text, trail } = fitText(piece, before, after);
      before += lead + text;
      after = trail + after;
    }
    expect(before + after).toBe(`a${whole.lead}${whole.text}${whole.trail}z`);
  });
});

describe('joinTexts', () => {
  it('puts blanks between pieces and none before punctuation', () => {
    expect(joinTexts([' One', 'two ', '.', '', 'Three'])).toBe('One two. Three');
    expect(joinTexts([])).toBe('');
  });
});
