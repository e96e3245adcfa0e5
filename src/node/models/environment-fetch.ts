/** What the environment says of proxies. */
export interface ProxyVariables {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
}

/**
 * A `fetch` that goes through the proxies named by the environment variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY (or in lower
 * case, which wins, as with curl). For the command line: Node's own `fetch` ignores them before Node 24, while VS Code's extension
 * host has already put the user's proxy settings into the global one. Without such variables it is the global one.
 */
export function environmentFetch(env: NodeJS.ProcessEnv = process.env): typeof fetch {
  const variables = proxyVariables(env);
  if (!variables.httpProxy && !variables.httpsProxy) return globalThis.fetch;
  let loaded: Promise<typeof fetch> | undefined;
  return async (input, init) => {
    // Half a megabyte that few need: a file of its own in the bundle.
    loaded ??= import('./proxied-fetch').then(({ proxiedFetch }) => proxiedFetch(variables));
    return (await loaded)(input, init);
  };
}

function proxyVariables(env: NodeJS.ProcessEnv): ProxyVariables {
  const read = (name: string): string | undefined => env[name] || env[name.toUpperCase()] || undefined;
  const [httpProxy, httpsProxy, noProxy] = [read('http_proxy'), read('https_proxy'), read('no_proxy')];
  return {
    ...(httpProxy ? { httpProxy } : {}),
    ...(httpsProxy ? { httpsProxy } : {}),
    ...(noProxy ? { noProxy } : {}),
  };
}
