/** Variables that would change how a plain Node process starts, or that belong to the editor. */
const STRIPPED = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_CHANNEL_|NODE_UNIQUE_ID$|NODE_DEBUG|NODE_INSPECT)/;

/**
 * Environment of an engine process. In the editor's extension host `process.execPath` is Electron, which runs scripts as
 * Node does only if `ELECTRON_RUN_AS_NODE` is set; plain Node ignores it.
 */
export function engineEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !STRIPPED.test(name));
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}
