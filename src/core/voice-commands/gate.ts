import type { TranscriptEvent, Word } from '../model';
import { withoutHead } from '../text/pending';
import { joinTexts } from '../text/spacing';
import type { CommandMatch, CommandMatcher } from './matcher';

type Commit = Extract<TranscriptEvent, { type: 'commit' }>;

/** What the gate lets through. */
export type GateStep =
  /** To be shown and written. */
  | { readonly type: 'transcript'; readonly event: TranscriptEvent }
  /** The utterance was a command: `event` ends it without text. */
  | {
      readonly type: 'command';
      readonly event: Commit;
      readonly command: CommandMatch;
      /** The utterance as it was heard. */
      readonly heard: string;
      /** Utterances that were not confirmed yet when this one began. */
      readonly unconfirmed: ReadonlySet<number>;
    };

/** What a draft may still turn out to be: text, the beginning of a command, or one already if nothing more is said. */
export type DraftKind = 'dictation' | 'beginning' | 'command';

/** What is known of an utterance that is not over. */
interface Open {
  readonly unconfirmed: ReadonlySet<number>;
  /** Confirmed pieces that are held back. */
  readonly held: readonly Commit[];
  /** The draft that follows them. */
  readonly tail: string;
  /** It is no command, whatever comes. */
  readonly isDictation: boolean;
}

/**
 * Stands between the transcript and whoever writes it down, and takes commands out. Only a whole utterance that the heavy
 * model has verified is one. Confirmed beginnings that may become one are held back, shown as draft all the while, and
 * handed on in one piece once they cannot. Utterances are told apart by their ids; several may be pending.
 */
export class CommandGate {
  private readonly open = new Map<number, Open>();

  /** @param matcher asked at every event, so that changed settings count at once; `undefined`: commands are off */
  constructor(private readonly matcher: () => CommandMatcher | undefined) {}

  /** An utterance begins; harmless if it has been heard of already. */
  begin(utteranceId: number): void {
    this.open.set(utteranceId, this.openOf(utteranceId));
  }

  /** Takes one event in; what it makes of it is in the order to be followed. */
  next(event: TranscriptEvent): readonly GateStep[] {
    switch (event.type) {
      case 'dropped':
        return [through(event)];
      case 'draft': {
        const open = this.openOf(event.utteranceId);
        this.open.set(event.utteranceId, { ...open, tail: event.text });
        return [through({ ...event, text: joinTexts([heldText(open.held), event.text]) })];
      }
      case 'commit':
        return [this.commit(event)];
    }
  }

  /** What the draft of an utterance, as it is shown, looks like. */
  kindOf(utteranceId: number, draft: string): DraftKind {
    const matcher = this.matcher();
    if (!matcher || draft.trim() === '' || this.openOf(utteranceId).isDictation) return 'dictation';
    if (matcher.match(draft)) return 'command';
    return matcher.mayBecome(draft) ? 'beginning' : 'dictation';
  }

  private commit(event: Commit): GateStep {
    const { utteranceId } = event;
    const open = this.openOf(utteranceId);
    const pieces = [...open.held, event];
    // Not what a language model made of it.
    const heard = originalText(pieces);
    const matcher = this.matcher();
    const mayBe = matcher && !open.isDictation && pieces.every(({ verified }) => verified);
    if (event.final) {
      this.open.delete(utteranceId);
      const command = mayBe ? matcher.match(heard) : undefined;
      const whole = joined(pieces);
      const { unconfirmed } = open;
      return command
        ? { type: 'command', event: { ...whole, text: '' }, command, heard, unconfirmed }
        : through(whole);
    }
    const tail = withoutHead(open.tail, event.replacedDraft);
    if (mayBe && matcher.mayBecome(heard)) {
      this.open.set(utteranceId, { ...open, held: pieces, tail });
      const { windowId, timestamp } = event;
      return through({
        type: 'draft',
        utteranceId,
        windowId,
        timestamp,
        text: joinTexts([heldText(pieces), tail]),
      });
    }
    this.open.set(utteranceId, { ...open, held: [], tail, isDictation: true });
    return through(joined(pieces));
  }

  private openOf(utteranceId: number): Open {
    const known = this.open.get(utteranceId);
    const unconfirmed = () => new Set([...this.open.keys()].filter((id) => id < utteranceId));
    return known ?? { unconfirmed: unconfirmed(), held: [], tail: '', isDictation: false };
  }
}

function through(event: TranscriptEvent): GateStep {
  return { type: 'transcript', event };
}

function heldText(pieces: readonly Commit[]): string {
  return joinTexts(pieces.map(({ text }) => text));
}

/** As it was heard, before anybody tidied it up. */
function originalText(pieces: readonly Commit[]): string {
  return joinTexts(pieces.map(({ text, original }) => original ?? text));
}

/** Pieces that were held back and the one that decided, as if they had come in one. */
function joined(pieces: readonly Commit[]): Commit {
  const [first, last] = [pieces.at(0), pieces.at(-1)];
  if (!first || !last) throw new Error('There is always the piece that has just come.');
  if (pieces.length === 1) return last;
  const { words: _lastWords, ...rest } = last;
  const words = pieces.every((piece) => piece.words !== undefined)
    ? pieces.flatMap((piece): readonly Word[] => piece.words ?? [])
    : undefined;
  const ids = new Set(pieces.flatMap(({ correctsWindowIds }) => correctsWindowIds));
  return {
    ...rest,
    text: heldText(pieces),
    range: { start: first.range.start, end: last.range.end },
    correctsWindowIds: [...ids].sort((a, b) => a - b),
    verified: pieces.every(({ verified }) => verified),
    replacedDraft: joinTexts(pieces.map(({ replacedDraft }) => replacedDraft)),
    ...(words && { words }),
    ...(pieces.some(({ original }) => original !== undefined) && { original: originalText(pieces) }),
  };
}
