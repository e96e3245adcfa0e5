/** Variables that would change how a plain Node process starts, or that belong to the editor. */
const STRIPPED = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_CHANNEL_|NODE_UNIQUE_ID$|NODE_DEBUG|NODE_INSPECT)/;

/**
 * How the GNU C library hands out memory (`man mallopt`; other libraries ignore it): blocks from 256 KiB on straight from the
 * system, and two pools for all threads. By default every thread has a pool of its own, and that size rises to that of the largest
 * block that was ever freed; what whisper.cpp frees then stays in the pools, split up, and goes back to nobody. Measured over calls
 * of a model of the shape tiny.en: 147 MiB at most instead of 349, for 4 % more computing. With blocks from 4 MiB on it is 1 %, but
 * an hour of audio adds 6 % to what the process holds (`npm run bench -- soak`).
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
