import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { ROOT } from './scripts/setup/paths.mjs';
import { UNIT_PROJECTS } from './scripts/test/projects.mjs';

const UNIT = 'test/unit';
/**
 * Tests that replace modules: what was loaded with a replacement must not be found by another file, so each has modules of its own.
 * All others share theirs: loading and compiling them anew for each file costs about as much again as the tests do.
 */
const REPLACING = readdirSync(path.join(ROOT, UNIT), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => path.posix.join(UNIT, ...file.split(path.sep)))
  .filter((file) => /\bvi\.(do)?mock\(/i.test(readFileSync(path.join(ROOT, file), 'utf8')));
const [shared, alone] = UNIT_PROJECTS;
// The default of 5 s is too short for property tests on a machine that is busy with something else.
const unit = { testTimeout: 60_000 };

export default defineConfig({
  test: {
    // Both kinds may run at the same time, as programs of their own, and would write the same file.
    cache: false,
    projects: [
      {
        test: {
          ...unit,
          name: shared,
          include: [`${UNIT}/**/*.test.ts`],
          exclude: REPLACING,
          isolate: false,
        },
      },
      { test: { ...unit, name: alone, include: REPLACING } },
      {
        test: {
          name: 'process',
          include: ['test/process/**/*.test.ts'],
          globalSetup: ['test/support/build.ts'],
          // Real child processes on few cores: one file at a time, so that inference is not starved by a neighbour.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
