const MEGABYTE = 1024 ** 2;
/** Variables that would change how a plain Node process starts, or that belong to the editor. */
const STRIPPED = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_CHANNEL_|NODE_UNIQUE_ID$|NODE_DEBUG|NODE_INSPECT)/;

/**
 * How the GNU C library hands out memory (`man mallopt`; other libraries ignore it): one pool for all threads, which keeps at most
 * 16 MiB that nobody uses, and blocks from 4 MiB on straight from the system. By default every thread has a pool of its own, and
 * that size rises to that of the largest block that was ever freed; what whisper.cpp frees then stays in the pools, split up, and
 * goes back to nobody (measured over 120 calls of the built-in fast model: 224 MiB at most, 124 with these, in the same time;
 * blocks from 256 KiB on would make it 95, for a tenth more computing).
 */
const FREED_MEMORY_GOES_BACK = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: String(4 * MEGABYTE),
  MALLOC_TRIM_THRESHOLD_: String(16 * MEGABYTE),
};

/**
 * Environment of an engine process. In the editor's extension host `process.execPath` is Electron, which runs scripts as
 * Node does only if `ELECTRON_RUN_AS_NODE` is set; plain Node ignores it. What the user has set for the C library counts.
 */
export function engineEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !STRIPPED.test(name));
  return { ...FREED_MEMORY_GOES_BACK, ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}
