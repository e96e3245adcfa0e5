import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Finds the texts that people read in the sources, so that a test can tell which lack a translation. */

const ROOT = path.join(__dirname, '..', '..');

function sources(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')));
}

function visit(file: string, look: (node: ts.Node) => void): void {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const walk = (node: ts.Node): void => {
    look(node);
    node.forEachChild(walk);
  };
  walk(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
}

/** The text of a literal, with `{0}`, `{1}` … for what is put in; undefined for anything else. */
function literal(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.templateSpans.reduce(
    (text, span, index) => `${text}{${index}}${span.literal.text}`,
    node.head.text,
  );
}

/** First arguments of every call of the function `t` in `folder`; what is no literal is listed by its place instead. */
export function translatedTexts(folder: string): { texts: Set<string>; unclear: string[] } {
  const texts = new Set<string>();
  const unclear: string[] = [];
  for (const file of sources(folder)) {
    visit(file, (node) => {
      if (!ts.isCallExpression(node) || !/^(this\.context\.)?t$/.test(node.expression.getText())) return;
      const [first] = node.arguments;
      if (first && ts.isStringLiteralLike(first)) texts.add(first.text);
      else unclear.push(`${file}: ${node.getText()}`);
    });
  }
  return { texts, unclear };
}

/**
 * The sentences in `folder`: literals that begin with a capital letter or an argument, have a blank, and end like a sentence.
 * That is how messages and hints of errors are written; log messages are in English for everybody and left out.
 */
export function sentences(folder: string, except: readonly string[] = []): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of sources(folder)) {
    if (except.some((start) => file.startsWith(start))) continue;
    visit(file, (node) => {
      if (node.parent && isPartOf(node)) return;
      const text = literal(node);
      if (text && /^(?:["“]?[A-Z]|\{)/.test(text) && /\s/.test(text) && /[.!?…]$/.test(text))
        found.set(text, file);
    });
  }
  return found;
}

/** Literal types, modules and what is written to a log or is an error for programmers are for nobody's eyes. */
function isPartOf(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if (ts.isImportDeclaration(at) || ts.isLiteralTypeNode(at)) return true;
    if (ts.isNewExpression(at) && ['Error', 'TypeError', 'RangeError'].includes(at.expression.getText()))
      return true;
    if (ts.isCallExpression(at) && /\blog\b[^(]*$/.test(at.expression.getText())) return true;
    if (ts.isStatement(at)) return false;
  }
  return false;
}
