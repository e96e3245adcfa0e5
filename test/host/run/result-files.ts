import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { resultFile } from '../../../scripts/test/results.mjs';
import type { SuiteResult } from './results';

/** Forgets the result of an earlier run, so that a crash cannot be taken for it; returns the file for the new one. */
export async function clearResult(name: string): Promise<string> {
  const file = resultFile(name);
  await mkdir(path.dirname(file), { recursive: true });
  await rm(file, { force: true });
  return file;
}

export async function writeResult(name: string, result: SuiteResult): Promise<void> {
  await writeFile(resultFile(name), JSON.stringify(result, null, 2));
}

export async function readResult(name: string): Promise<SuiteResult | undefined> {
  const text = await readFile(resultFile(name), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as SuiteResult);
}
