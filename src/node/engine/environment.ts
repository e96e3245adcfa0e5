/** Variables that would change how a plain Node process starts, or that belong to the editor. */
const STRIPPED = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_CHANNEL_|NODE_UNIQUE_ID$|NODE_DEBUG|NODE_INSPECT)/;

/**
 * How the GNU C library hands out memory (`man mallopt`; other libraries ignore it): blocks from 256 KiB on straight from the
 * system, and two pools for all threads. By default it raises that size to that of the largest block that was ever freed, and gives
 * every thread a pool of its own; what whisper.cpp frees then stays in the pools, split up, and comes back to no one (measured with
 * `npm run bench -- soak`: half of what an engine held, and more after an hour).
 */
const FREED_MEMORY_GOES_BACK = { MALLOC_MMAP_THRESHOLD_: String(256 * 1024), MALLOC_ARENA_MAX: '2' };

/**
 * Environment of an engine process. In the editor's extension host `process.execPath` is Electron, which runs scripts as
 * Node does only if `ELECTRON_RUN_AS_NODE` is set; plain Node ignores it. What the user has set for the C library counts.
 */
export function engineEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !STRIPPED.test(name));
  return { ...FREED_MEMORY_GOES_BACK, ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}
