import type { HeardPiece } from '../../core/text/wording';

/** What happens to what was said, in its order. */
export interface TurnParts<Command> {
  write(piece: HeardPiece): void;
  /** Never rejects. */
  carryOut(command: Command): Promise<void>;
}

type Turn<Command> =
  | { readonly type: 'piece'; readonly piece: HeardPiece }
  | { readonly type: 'command'; readonly command: Command };

/** Keeps what was said in its order: what follows a command waits until that is carried out. */
export class Turns<Command> {
  private waiting: readonly Turn<Command>[] = [];
  private working: Promise<void> | undefined;

  constructor(private readonly parts: TurnParts<Command>) {}

  /** Pieces that wait for a command. */
  get pieces(): readonly HeardPiece[] {
    return this.waiting.flatMap((turn) => (turn.type === 'piece' ? [turn.piece] : []));
  }

  /** At once, unless a command is under way. */
  piece(piece: HeardPiece): void {
    if (this.working) this.waiting = [...this.waiting, { type: 'piece', piece }];
    else this.parts.write(piece);
  }

  command(command: Command): void {
    this.waiting = [...this.waiting, { type: 'command', command }];
    this.working ??= this.work();
  }

  /** Forgets what waits; a command that is under way goes on. */
  clear(): void {
    this.waiting = [];
  }

  /** Resolves when nothing waits. */
  async finish(): Promise<void> {
    while (this.working) await this.working;
  }

  private async work(): Promise<void> {
    for (;;) {
      const [turn, ...rest] = this.waiting;
      if (!turn) {
        // At once: a piece that came after the last turn and before a callback would be waited for by nobody.
        this.working = undefined;
        return;
      }
      this.waiting = rest;
      if (turn.type === 'piece') this.parts.write(turn.piece);
      else await this.parts.carryOut(turn.command);
    }
  }
}
