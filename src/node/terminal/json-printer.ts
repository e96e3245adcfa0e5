import { samplesToMs } from '../../core/units';
import type { PrintedEvent, Printer, Write } from './printer';
import { UtteranceTable } from './utterances';

/** One line of `--json`. Times in ms since the start of the audio. */
export interface JsonLine {
  readonly text: string;
  readonly confidence: 'draft' | 'confirmed';
  readonly window_id: number;
  /** Audio position up to which the text was heard. */
  readonly timestamp: number;
  /** Windows whose drafts this text replaces; only on confirmed lines. */
  readonly corrects_window_ids?: readonly number[];
  readonly utterance_id: number;
  readonly start_ms: number;
  readonly end_ms: number;
  /** Only present, and false, when the heavy model could not confirm and the draft was taken. */
  readonly verified?: false;
  /** Only where the draft was so sure that it was not to be confirmed (`--skip-confirm-above`). */
  readonly trusted?: true;
  /** The text as it was heard, where it is asked for. */
  readonly heard?: string;
  /** Only present, and true, when no blank comes between this text and what stands before it: "(" or a spoken "no space". */
  readonly joined?: true;
}

/** Prints drafts and confirmed text as JSON lines. */
export class JsonPrinter implements Printer {
  private readonly utterances = new UtteranceTable();

  /** @param withHeard print what was heard, too */
  constructor(
    private readonly write: Write,
    private readonly withHeard = false,
  ) {}

  print(event: PrintedEvent): void {
    const utterance = this.utterances.update(event);
    if (!utterance || (event.type !== 'draft' && event.type !== 'commit')) return;
    const ms = (samples: number) => Math.round(samplesToMs(samples));
    const place = {
      utterance_id: event.utteranceId,
      window_id: event.windowId,
      timestamp: ms(event.timestamp),
    };
    const wording = {
      ...(this.withHeard && event.heard !== undefined && { heard: event.heard }),
      ...(event.joined && { joined: event.joined }),
    };
    const line: JsonLine =
      event.type === 'draft'
        ? {
            text: event.text,
            confidence: 'draft',
            ...place,
            start_ms: ms(utterance.start),
            end_ms: ms(utterance.end),
            ...wording,
          }
        : {
            text: event.text,
            confidence: 'confirmed',
            ...place,
            corrects_window_ids: event.correctsWindowIds,
            start_ms: ms(event.range.start),
            end_ms: ms(event.range.end),
            ...(event.verified ? {} : { verified: false as const }),
            ...(event.trusted && { trusted: true as const }),
            ...wording,
          };
    this.write(`${JSON.stringify(line)}\n`);
  }

  end(): void {}
}
