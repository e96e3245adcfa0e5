import {
  createServer,
  request as send,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A real HTTP proxy: tunnels, and requests for whole addresses, as some clients make them where nothing is encrypted. */
export class ProxyServer {
  /** `host:port` of everything that was to go through it. */
  readonly targets: string[] = [];
  /** Asks for a login instead. */
  refuse = false;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((request, response) => this.forward(request, response));

  private constructor() {
    this.server.on('connect', (request, client: Socket) => this.tunnel(request.url ?? '', client));
  }

  /** Listens on a free port of the loopback address. */
  static async start(): Promise<ProxyServer> {
    const self = new ProxyServer();
    await new Promise<void>((resolve) => self.server.listen(0, '127.0.0.1', resolve));
    return self;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private tunnel(target: string, client: Socket): void {
    this.sockets.add(client);
    this.targets.push(target);
    if (this.refuse) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(`http://${target}`);
    const server = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      server.pipe(client).pipe(server);
    });
    this.sockets.add(server);
    server.on('error', () => client.destroy());
    client.on('error', () => server.destroy());
  }

  private forward(request: IncomingMessage, response: ServerResponse): void {
    const { url = '', method, headers } = request;
    if (!URL.canParse(url)) return void response.writeHead(400).end();
    this.targets.push(new URL(url).host);
    if (this.refuse) return void response.writeHead(407).end();
    const onward = send(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }
}
