import type { IncomingMessage, ServerResponse } from 'node:http';
import { FileServer, rangeStart } from '../../process/models/file-server';

/** The server sends a piece at a time, slowly enough for a person to read the progress. */
const PIECE_BYTES = 500_000;
const PIECE_EVERY_MS = 60;
/** A loopback address of Linux that VS Code does not take for one: to the usual one it never goes through a proxy. */
const ADDRESS = '127.0.0.2';

/** A server that sends one file piece by piece, and nothing behind the place where it is to stop. */
export class SlowServer {
  /** Position in the file behind which nothing is sent, however long one waits. */
  stopAt = Infinity;
  /** Position in the file up to which the latest answer has come. */
  sent = 0;
  /** Where each answer began. */
  readonly starts: number[] = [];

  private constructor(
    private readonly name: string,
    private readonly content: Buffer,
  ) {}

  private server: FileServer | undefined;

  /** @param name of the file, wherever it is asked for */
  static async start(name: string, content: Buffer): Promise<SlowServer> {
    const self = new SlowServer(name, content);
    self.server = await FileServer.start((request, response) => self.answer(request, response), ADDRESS);
    return self;
  }

  get origin(): string {
    return this.server?.origin ?? '';
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { content } = this;
    if (!request.url?.endsWith(`/${this.name}`)) return void response.writeHead(404).end();
    const start = rangeStart(request);
    this.starts.push(start);
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': content.length - start,
      etag: '"1"',
      ...(start > 0 ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
    });
    let position = start;
    const timer = setInterval(() => {
      const end = Math.min(position + PIECE_BYTES, Math.floor(this.stopAt), content.length);
      if (end > position) response.write(content.subarray(position, end));
      this.sent = position = Math.max(position, end);
      if (position === content.length) response.end();
    }, PIECE_EVERY_MS);
    response.on('close', () => clearInterval(timer));
  }
}
