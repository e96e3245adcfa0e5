import type { TranscriptEvent } from '../core/model';
import { NOTHING_PENDING, pendingAfter, type Pending } from '../core/text/pending';
import type { HeardPiece } from '../core/text/wording';
import { CommandGate, type GateStep } from '../core/voice-commands/gate';
import type { CommandMatcher } from '../core/voice-commands/matcher';
import type { ShownDraft } from './target';
import { Turns } from './voice/turns';

/** An utterance that is a voice command. */
export type CommandStep = Extract<GateStep, { type: 'command' }>;

/** What a {@link TakeTranscript} works with. */
export interface TranscriptParts {
  /** Asked at every event; `undefined` while voice commands are off. */
  readonly matcher: () => CommandMatcher | undefined;
  /** It is the turn of a committed piece. */
  readonly write: (piece: HeardPiece) => void;
  /** It is the turn of a command. Never rejects. */
  readonly carryOut: (step: CommandStep) => Promise<void>;
  /** An utterance was tidied up by a language model; this is what was heard. */
  readonly tidied: (original: string) => void;
  /** Confirmed words that were said after dictation was to stop. */
  readonly overheard: (text: string) => void;
}

/** What is said in one dictation: text and commands told apart, each in its turn; and what of it is still to be written. */
export class TakeTranscript {
  private readonly gate: CommandGate;
  private readonly turns: Turns<CommandStep>;
  private pending: Pending = NOTHING_PENDING;
  /** The utterance that stopped dictation: what was said after it is not written. */
  private lastUtterance = Infinity;
  private handedOver = false;

  constructor(private readonly parts: TranscriptParts) {
    this.gate = new CommandGate(parts.matcher);
    this.turns = new Turns(parts);
  }

  /** True while something is not written. */
  get hasDrafts(): boolean {
    return this.pending.length + this.turns.pieces.length > 0;
  }

  /** All that is not written. What waits for a command stays in front of what is not confirmed. */
  get drafts(): readonly ShownDraft[] {
    const waiting = this.turns.pieces.map(({ utteranceId, text }): ShownDraft => {
      return { utteranceId, draft: text, kind: 'dictation' };
    });
    const drafts = this.pending.map(({ utteranceId, draft }) => {
      return { utteranceId, draft, kind: this.gate.kindOf(utteranceId, draft) };
    });
    return [...waiting, ...drafts];
  }

  /** What the event told last has committed was written, or waits for its turn. */
  get isHandedOver(): boolean {
    return this.handedOver;
  }

  /** An utterance begins. */
  begin(utteranceId: number): void {
    this.gate.begin(utteranceId);
  }

  /** What becomes of an event: to be followed, in this order, by {@link follow}. */
  stepsOf(event: TranscriptEvent): readonly GateStep[] {
    this.handedOver = false;
    return this.gate.next(event);
  }

  follow(step: GateStep): void {
    const { event } = step;
    this.pending = pendingAfter(this.pending, event);
    const isWanted = event.utteranceId <= this.lastUtterance;
    if (event.type === 'commit' && isWanted && step.type === 'transcript') {
      if (event.original !== undefined) this.parts.tidied(event.original);
      this.turns.piece(event);
      this.handedOver = true;
    }
    if (step.type === 'command' && isWanted) {
      this.turns.command(step);
      this.handedOver = true;
      if (endsDictation(step)) this.lastUtterance = event.utteranceId;
    }
    if (event.type === 'commit' && !isWanted && event.text !== '') this.parts.overheard(event.text);
  }

  /** Forgets what is not written; a command that is under way goes on. */
  clear(): void {
    this.turns.clear();
    this.pending = NOTHING_PENDING;
  }

  /** Resolves when nothing waits for its turn. */
  finish(): Promise<void> {
    return this.turns.finish();
  }
}

function endsDictation({ command }: CommandStep): boolean {
  return command.action.type === 'stop-dictation' || command.action.type === 'stop-listening';
}
