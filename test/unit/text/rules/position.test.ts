import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { continuedPrefix } from '../../../../src/core/text/position/comment-prefix';
import { detectPosition } from '../../../../src/core/text/position/detect';

describe('the position of the anchor', () => {
  it.each([
    ['typescript', 'const x = ', 'code'],
    ['typescript', '  // Returns ', 'line-comment'],
    ['typescript', 'foo(); // Returns ', 'line-comment'],
    ['typescript', '// done\n', 'code'],
    ['typescript', '/** Returns ', 'block-comment'],
    ['typescript', '/** one */ foo', 'code'],
    ['typescript', '/**\n * Returns ', 'block-comment'],
    ['typescript', ' * Returns ', 'block-comment'],
    ['typescript', 'const a = "hello ', 'string'],
    ['typescript', "const a = 'it\\'s ", 'string'],
    ['typescript', 'const a = "hello";', 'code'],
    ['typescript', 'const a = `hello\n world ', 'string'],
    ['typescript', 'const a = `hello ${', 'code'],
    ['typescript', 'const a = `hello ${{ a: 1 }.a} and ', 'string'],
    ['typescript', 'const a = "http://example', 'string'],
    ['typescript', 'const a = /["\']/; b', 'code'],
    ['typescript', 'const a = b / c; // "', 'line-comment'],
    ['typescript', 'const a = "unterminated\nb', 'code'],
    ['python', '# Returns ', 'line-comment'],
    ['python', 'def f():\n    """Returns ', 'block-comment'],
    ['python', 'def f():\n    """Returns."""\n    x', 'code'],
    ['python', 'x = """a ', 'string'],
    ['python', "x = 'it ", 'string'],
    ['rust', "fn f<'a>(x: &'a str) ", 'code'],
    ['rust', "let c = '\"'; x", 'code'],
    ['rust', '/// Returns ', 'line-comment'],
    ['rust', 'let s = r#"a " b ', 'string'],
    ['go', 's := `raw " ', 'string'],
    ['go', "c := 'x' + ", 'code'],
    ['c', '#include "a.h"\nint x', 'code'],
    ['shellscript', 'echo "a # b ', 'string'],
    ['shellscript', 'ls # list ', 'line-comment'],
    ['yaml', 'key: value # why ', 'line-comment'],
    ['sql', 'select 1 -- one ', 'line-comment'],
    ['lua', '--[[ one ', 'block-comment'],
    ['html', '<p>Hello ', 'prose'],
    ['html', '<p class="', 'code'],
    ['html', '<!-- hello ', 'block-comment'],
    ['html', '<script>\nlet a', 'code'],
    ['markdown', 'Hello ', 'markdown'],
    ['markdown', '```ts\nconst a', 'code'],
    ['markdown', '```ts\nconst a\n```\n', 'markdown'],
    ['plaintext', 'it\'s "quoted ', 'prose'],
    ['latex', '% note ', 'line-comment'],
    ['scminput', 'Fix ', 'commit-message'],
    ['git-commit', 'Fix ', 'commit-message'],
    ['git-commit', '# Please ', 'line-comment'],
    ['some-new-language', 'x = ', 'code'],
  ] as const)('%s %j is in %s', (languageId, before, position) => {
    expect(detectPosition(languageId, before)).toBe(position);
  });

  it('is a block comment if the text behind the anchor closes one', () => {
    expect(detectPosition('c', 'This function ', '\nis slow. */\nint x;')).toBe('block-comment');
    expect(detectPosition('c', 'int x = ', '\n/* why */')).toBe('code');
  });

  it('is found for any text without an error', () => {
    const ids = fc.constantFrom('typescript', 'python', 'rust', 'html', 'markdown', 'x');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '"',
            "'",
            '`',
            '${',
            '}',
            '{',
            '/*',
            '*/',
            '//',
            '\n',
            '\\',
            '#',
            '"""',
            'r#"',
            'a',
            '/',
          ),
        )
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(ids, text, text, (id, before, after) => {
        expect(detectPosition(id, before, after)).toBeTypeOf('string');
      }),
    );
  });
});

describe('the line after a comment line', () => {
  it.each([
    ['typescript', 'line-comment', '  // one', '  // '],
    ['typescript', 'line-comment', '  //one', '  //'],
    ['rust', 'line-comment', '/// one', '/// '],
    ['typescript', 'line-comment', '  foo(); // one', '  // '],
    ['typescript', 'block-comment', '  /** one', '   * '],
    ['typescript', 'block-comment', '   * one', '   * '],
    ['c', 'block-comment', '   one', '   '],
    ['python', 'line-comment', '# one', '# '],
    ['typescript', 'code', '\tfoo', '\t'],
    ['plaintext', 'prose', '  foo', ''],
  ] as const)('%s %s %j begins with %j', (languageId, position, line, prefix) => {
    expect(continuedPrefix(line, { languageId, position })).toBe(prefix);
  });
});
