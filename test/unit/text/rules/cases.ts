import { readFileSync } from 'node:fs';
import { parseTextCases, type TextCase } from '../../../support/text-cases';

const FOLDER = new URL('../../../fixtures/text/', import.meta.url);

/** The cases of a table in `test/fixtures/text`. */
export function textCases(file: string): readonly TextCase[] {
  return parseTextCases(file, readFileSync(new URL(file, FOLDER), 'utf8'));
}
