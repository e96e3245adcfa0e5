import { EnvHttpProxyAgent, fetch as undiciFetch } from 'undici';
import type { ProxyVariables } from './environment-fetch';

/** A `fetch` through these proxies: Node's own is built on undici but cannot be given a proxy; undici itself can. */
export function proxiedFetch(variables: ProxyVariables): typeof fetch {
  const dispatcher = new EnvHttpProxyAgent(variables);
  const proxied: typeof undiciFetch = (input, init) => undiciFetch(input, { ...init, dispatcher });
  // The same standard interface, but typed by undici's own declarations instead of Node's.
  return proxied as unknown as typeof fetch;
}
