import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a server answers one request. `index` counts requests from 0. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, index: number) => void;

/** A real HTTP server for one file, whose faults are chosen by the test. */
export class FileServer {
  /** `METHOD PATH RANGE` of every request. */
  readonly requests: { path: string; range: string | undefined; ifRange: string | undefined }[] = [];
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  /**
   * Listens on a free port.
   * @param host a loopback address
   */
  static async start(behaviour: Behaviour, host = '127.0.0.1'): Promise<FileServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const { port } = server.address() as AddressInfo;
    const self = new FileServer(server, `http://${host}:${port}`);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const index = self.requests.length;
      const { range, 'if-range': ifRange } = request.headers;
      self.requests.push({ path: request.url ?? '', range, ifRange: ifRange as string | undefined });
      response.on('error', () => undefined);
      behaviour(request, response, index);
    });
    return self;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** First byte that a `Range` header asks for; 0 without one. */
export function rangeStart(request: IncomingMessage): number {
  return Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
}

/** What {@link serve} may do wrong. */
export interface Fault {
  /** Break the connection after so many bytes of body, once `received` says that they have arrived. */
  readonly cutAfter?: number;
  /** Size of the client's part. Bytes that it has not taken yet would be lost with the connection. */
  readonly received?: () => number;
  /** Send nothing more after so many bytes, keeping the connection. */
  readonly stallAfter?: number;
  /** Do as if there were no `Range` header. */
  readonly noRange?: boolean;
  /** No `Content-Length` (chunked). */
  readonly noLength?: boolean;
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Serves `content` as a proper server does, but for the given fault. */
export function serve(
  content: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault = {},
): void {
  const changed = request.headers['if-range'] !== undefined && request.headers['if-range'] !== fault.etag;
  const start = fault.noRange || changed ? 0 : rangeStart(request);
  const body = content.subarray(start);
  const ranged = start > 0;
  response.writeHead(ranged ? 206 : 200, {
    'content-type': 'application/octet-stream',
    ...(fault.noLength ? {} : { 'content-length': body.length }),
    ...(ranged ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
    ...(fault.etag ? { etag: fault.etag } : {}),
    ...fault.headers,
  });
  const limit = fault.cutAfter ?? fault.stallAfter;
  if (limit === undefined) return void response.end(body);
  response.write(body.subarray(0, limit));
  if (fault.cutAfter === undefined) return;
  const arrived = Math.min(start + limit, content.length);
  const watch = setInterval(() => {
    if ((fault.received?.() ?? arrived) >= arrived) response.destroy();
  }, 5);
  response.on('close', () => clearInterval(watch));
}
