import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Both projects may run at the same time, as programs of their own, and would write the same file.
    cache: false,
    projects: [
      // The default of 5 s is too short for property tests on a machine that is busy with something else.
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 } },
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
