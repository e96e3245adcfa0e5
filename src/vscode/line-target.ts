import { Rounds } from '../core/rounds';
import { DictatedLine } from '../core/text/dictated-line';
import { HeardText, type DecidedPiece } from '../core/text/heard-text';
import { joinTexts } from '../core/text/spacing';
import { PLAIN_WORDING, type HeardPiece, type TextPlace, type Wording } from '../core/text/wording';
import type { DraftPreview } from './draft-preview';
import { editLine } from './line-editing';
import { oneLine, type LineSink } from './line-sink';
import { asideText } from './place-drawing';
import type { EditingRequest, OpenTarget, ShownDraft, Target, TargetEvents } from './target';
import type { Outcome } from './voice/voice-place';

/** How a {@link LineTarget} shows and writes. */
export interface LineStyle {
  readonly preview?: Pick<DraftPreview, 'show'>;
  readonly wording?: Wording;
}

/** Characters of the line that the rules are given; they look at words and sentences. */
const LONGEST_LINE = 1_000;

/** A target at the end of a line that only grows: whole utterances go in, drafts are shown in the status bar. */
export function lineTarget(sink: LineSink, style: LineStyle): OpenTarget {
  return (events) => new LineTarget(sink, style, events);
}

class LineTarget implements Target {
  readonly mark = undefined;
  private readonly heard: HeardText;
  private readonly wording: Wording;
  private readonly watch: { dispose(): void };
  /** What the line holds, as far as it came from here. */
  private readonly line = new DictatedLine();
  private asides: readonly ShownDraft[] = [];
  private drafts: readonly ShownDraft[] = [];
  private readonly rounds = new Rounds(() => this.drain());
  private finishing = false;
  /** Spoken language, once it was detected. */
  private language: string | undefined;
  private ownCount = 0;

  constructor(
    private readonly sink: LineSink,
    private readonly style: LineStyle,
    private readonly events: TargetEvents,
  ) {
    this.wording = style.wording ?? PLAIN_WORDING;
    this.heard = new HeardText(this.wording);
    this.watch = sink.watch({
      closed: () => events.closed(),
      newLine: () => this.line.beginNew(),
    });
  }

  get label(): string {
    return this.sink.label;
  }

  get place() {
    return { uri: this.sink.uri, offset: this.line.text.length };
  }

  check(): Promise<void> {
    this.sink.check();
    return Promise.resolve();
  }

  speaks(language: string): void {
    this.language = language;
  }

  /** What the sink is decides: it cannot be read. */
  isProse(): boolean {
    return this.sink.position === 'prose';
  }

  update(piece: HeardPiece | undefined, drafts: readonly ShownDraft[]): void {
    const end = drafts.findIndex(({ kind }) => kind === 'command');
    const texts = end === -1 ? drafts : drafts.slice(0, end);
    this.asides = drafts.slice(texts.length);
    this.drafts = drafts;
    this.heard.update(piece, texts);
    void this.rounds.run();
    this.draw();
  }

  unsavedText(): string {
    return joinTexts([this.read(this.heard.parts()), ...this.asides.map(({ draft }) => draft)]);
  }

  draftText(): string {
    return joinTexts([this.read(this.heard.drafts()), ...this.asides.map(({ draft }) => draft)]);
  }

  settled(): Promise<void> {
    return this.rounds.run();
  }

  async carryOut({ action }: EditingRequest): Promise<Outcome> {
    if (action.type === 'insert-text') {
      const utteranceId = --this.ownCount;
      const piece = { utteranceId, text: action.text, final: true, replacedDraft: '', verbatim: true };
      this.update(piece, this.drafts);
      await this.rounds.run();
      return undefined;
    }
    return editLine(action, this.line, this.sink);
  }

  finish(): Promise<void> {
    this.finishing = true;
    return this.rounds.run();
  }

  dispose(): void {
    this.watch.dispose();
    this.style.preview?.show(this, '');
  }

  private async drain(): Promise<void> {
    for (;;) {
      const { heard, finishing } = this;
      const piece = heard.take(heard.readyCount(true, finishing), finishing, () => this.textPlace());
      if (!piece) return;
      await this.deliver(piece);
      this.draw();
      this.events.changed();
    }
  }

  private async deliver(piece: DecidedPiece): Promise<void> {
    const { utteranceId, final, verbatim } = piece;
    const rules = verbatim ? PLAIN_WORDING : this.wording;
    const { lead, text } = rules.write([piece], this.textPlace());
    const line = oneLine(lead + text);
    try {
      const obstacle = line === '' ? undefined : await this.sink.deliver(line);
      if (obstacle) return this.events.undelivered(line.trim(), obstacle);
    } catch (error) {
      // A clipboard may be out of reach, a terminal may go this very moment.
      return this.events.undelivered(line.trim(), 'failed', error);
    }
    this.line.wrote(utteranceId, line);
    this.events.written({ utteranceId, final, text: line });
  }

  private textPlace(): TextPlace {
    const { languageId, position } = this.sink;
    const before = this.line.text.slice(-LONGEST_LINE);
    const { language } = this;
    return { before, after: '', languageId, position, ...(language !== undefined && { language }) };
  }

  private read(parts: ReturnType<HeardText['parts']>): string {
    return oneLine(this.wording.write(parts, this.textPlace()).text);
  }

  private draw(): void {
    const asides = this.asides.map(asideText);
    this.style.preview?.show(this, joinTexts([this.read(this.heard.parts()), ...asides]));
  }
}
