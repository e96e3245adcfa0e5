import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RecorderHost, RecorderProgram } from '../../../src/node/audio/recorder-command';

/** A folder with recorder programs that misbehave on purpose; its PATH knows nothing else. */
export interface FakeRecorders {
  readonly host: RecorderHost;
  /** Process ids of the programs that were started, in order. */
  pids(): Promise<number[]>;
  /** What the fakes wrote with `note(…)`. */
  readonly folder: string;
  remove(): void;
}

/**
 * Writes one executable for each program. Its body is JavaScript with `note(name, text)` (writes a file), `complain(text)`
 * (stderr) and `speak(bytes, then?)` (stdout); it ends when the body and what it started ends.
 */
export function fakeRecorders(bodies: Partial<Record<RecorderProgram, string>>): FakeRecorders {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-fakes-'));
  for (const [name, body] of Object.entries(bodies)) {
    const file = path.join(folder, name);
    const prelude = `
      const fs = require('node:fs');
      const note = (name, text) => fs.writeFileSync(${JSON.stringify(folder)} + '/' + name, text);
      const complain = (text) => fs.writeSync(2, text + '\\n');
      const speak = (bytes, then) => process.stdout.write(bytes, then);
      fs.appendFileSync(${JSON.stringify(path.join(folder, 'pids'))}, process.pid + '\\n');`;
    writeFileSync(file, `#!${process.execPath}\n${prelude}\n${body}\n`);
    chmodSync(file, 0o755);
  }
  return {
    host: { platform: 'linux', env: { PATH: folder } },
    folder,
    async pids() {
      const { readFile } = await import('node:fs/promises');
      const text = await readFile(path.join(folder, 'pids'), 'utf8').catch(() => '');
      return text.split('\n').filter(Boolean).map(Number);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** True while a process with this id runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
