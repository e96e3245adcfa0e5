import type { PrintedEvent } from './printer';

/** What is known of an utterance while it is open. Positions in samples. */
export interface UtteranceState {
  readonly id: number;
  start: number;
  end: number;
  committed: string;
  draft: string;
}

/** Joins two pieces of an utterance with one space; none behind a line break, or if they are `joined`. */
export function joinText(before: string, after: string, joined = false): string {
  const blank = before !== '' && after !== '' && !joined && !before.endsWith('\n');
  return blank ? `${before} ${after}` : before + after;
}

/** Follows the open utterances: their place in the audio, what is committed and what is draft. */
export class UtteranceTable {
  private readonly open = new Map<number, UtteranceState>();

  /** Takes in an event; returns the utterance it concerns, already updated, or `undefined`. */
  update(event: PrintedEvent): UtteranceState | undefined {
    switch (event.type) {
      case 'utterance': {
        const utterance = this.get(event.utteranceId);
        utterance.start = event.start;
        utterance.end = event.end;
        return utterance;
      }
      case 'draft': {
        const utterance = this.get(event.utteranceId);
        utterance.draft = event.text;
        utterance.end = Math.max(utterance.end, event.timestamp);
        return utterance;
      }
      case 'commit': {
        const utterance = this.get(event.utteranceId);
        utterance.committed = joinText(utterance.committed, event.text, event.joined);
        utterance.end = Math.max(utterance.end, event.timestamp);
        if (event.final) {
          utterance.draft = '';
          this.open.delete(event.utteranceId);
        }
        return utterance;
      }
      default:
        return undefined;
    }
  }

  /** Open utterances in the order they were spoken. */
  get pending(): UtteranceState[] {
    return [...this.open.values()].sort((a, b) => a.id - b.id);
  }

  private get(id: number): UtteranceState {
    let utterance = this.open.get(id);
    if (!utterance) {
      utterance = { id, start: 0, end: 0, committed: '', draft: '' };
      this.open.set(id, utterance);
    }
    return utterance;
  }
}
