import type { PrintedEvent, Printer, Write } from './printer';
import { UtteranceTable } from './utterances';

/** For pipes and files: only confirmed text, one utterance a line; no colours, nothing rewritten. */
export class PlainPrinter implements Printer {
  private readonly utterances = new UtteranceTable();

  constructor(private readonly write: Write) {}

  print(event: PrintedEvent): void {
    const utterance = this.utterances.update(event);
    if (event.type === 'commit' && event.final && utterance?.committed)
      this.write(`${utterance.committed}\n`);
  }

  end(): void {}
}
