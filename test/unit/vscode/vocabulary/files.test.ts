import { describe, expect, it } from 'vitest';
import { IgnoreRules } from '../../../../src/vscode/vocabulary/ignore-rules';
import { hasKebabNames, isWorthReading, textOf } from '../../../../src/vscode/vocabulary/limits';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a file', () => {
  it.each(['app.ts', 'main.py', 'Makefile', '.env.example', 'style.css', 'README.md', 'go.mod'])(
    '%s is read',
    (name) => expect(isWorthReading(name)).toBe(true),
  );
  it.each([
    'logo.PNG',
    'a.min.js',
    'app.js.map',
    'package-lock.json',
    'yarn.lock',
    'lib.so',
    'go.sum',
    'x.wasm',
  ])('%s is known by its name only', (name) => expect(isWorthReading(name)).toBe(false));
  it('of data is no text', () => {
    expect(textOf(new Uint8Array([65, 0, 66]))).toBeUndefined();
    expect(textOf(bytes('const größe = 1;\n'))).toBe('const größe = 1;\n');
    expect(textOf(bytes(''))).toBe('');
  });
  it('that a program has written is none either', () => {
    expect(textOf(bytes(`var a=1;`.repeat(200)))).toBeUndefined();
    expect(textOf(bytes(`// short\n`.repeat(5_000) + 'x'.repeat(6_000)))).toBeUndefined();
    expect(textOf(bytes('const value = compute(first, second);\n'.repeat(3_000)))).toBeDefined();
    // A short file may well be one line.
    expect(textOf(bytes('x'.repeat(900)))).toBeDefined();
  });
  it('of styles or markup has names with dashes', () => {
    expect(hasKebabNames('site.scss')).toBe(true);
    expect(hasKebabNames('site.ts')).toBe(false);
  });
});

describe('files that do not count', () => {
  const rules = new IgnoreRules(['**/node_modules', '**/*.code-search']);
  rules.add('', 'dist/\n*.log\n!keep.log\n/top.txt\n');
  rules.add('packages/web', 'generated\n!*.log\n');
  it.each([
    ['src/app.ts', false],
    ['node_modules/x/index.js', true],
    ['packages/web/node_modules/y.js', true],
    ['a.code-search', true],
    ['.git/config', true],
    ['dist/app.js', true],
    ['packages/web/dist/app.js', true],
    ['error.log', true],
    ['keep.log', false],
    ['top.txt', true],
    ['src/top.txt', false],
    ['packages/web/generated/api.ts', true],
    ['packages/api/generated/api.ts', false],
    ['packages/web/error.log', false],
    ['', false],
  ])('%j: %s', (path, expected) => {
    expect(rules.ignores(path)).toBe(expected);
  });
});
