/** Variables that would change how a plain Node process starts, or that belong to the editor. */
const STRIPPED = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_CHANNEL_|NODE_UNIQUE_ID$|NODE_DEBUG|NODE_INSPECT)/;

/**
 * libuv's threads (https://docs.libuv.org/en/v1.x/threadpool.html): an engine computes one call at a time. With the usual four, calls
 * take turns on them, and in the pool of memory that the GNU C library has for each thread stays what the longest call there has needed:
 * an hour of audio added 10 % to the fast model's process (`npm run bench -- soak`).
 */
const ONE_CALL_AT_A_TIME = { UV_THREADPOOL_SIZE: '1' };

/**
 * Environment of an engine process. In the editor's extension host `process.execPath` is Electron, which runs scripts as
 * Node does only if `ELECTRON_RUN_AS_NODE` is set; plain Node ignores it. What the user has set for libuv counts.
 */
export function engineEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !STRIPPED.test(name));
  return { ...ONE_CALL_AT_A_TIME, ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}
