import { Rounds } from '../core/rounds';
import { DictatedLine } from '../core/text/dictated-line';
import { HeardText, type DecidedPiece } from '../core/text/heard-text';
import type { Position } from '../core/text/rules/types';
import { joinTexts } from '../core/text/spacing';
import { PLAIN_WORDING, type HeardPiece, type TextPlace, type Wording } from '../core/text/wording';
import type { DraftPreview } from './draft-preview';
import { t } from './l10n';
import { asideText } from './place-drawing';
import type { EditingRequest, Obstacle, OpenTarget, ShownDraft, Target, TargetEvents } from './target';
import type { Outcome } from './voice/voice-place';

/** Somewhere that takes text and cannot be read: a terminal, the clipboard, a box that a command fills. */
export interface LineSink {
  /** For the status bar: what it is. */
  readonly label: string;
  /** For the history. */
  readonly uri: string;
  readonly position: Position;
  readonly languageId: string;
  /** @throws DictationError area `usage` if it takes no text */
  check(): void;
  /** Takes one line of text without control characters. */
  deliver(text: string): Promise<Obstacle | undefined>;
  /**
   * Takes back what was delivered last; absent where that is never possible.
   * @returns why nothing was taken back, for the user
   */
  takeBack?(text: string): Promise<Outcome>;
  /** Calls back when it is gone, and when what is written next stands on a new line. */
  watch(on: { closed(): void; newLine(): void }): { dispose(): void };
}

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
    const { line, sink } = this;
    switch (action.type) {
      case 'scratch-that':
        return this.takeBack(line.lastUtterance, t('Nothing was dictated here that this could mean.'));
      case 'delete-words':
        return this.takeBack(
          line.lastWords(action.count),
          t('There is no word before the place where the text lands.'),
        );
      case 'undo':
        return this.stepBack();
      default:
        return sink.takeBack
          ? t('Here only what was dictated can be taken back by voice.')
          : t('This voice command works in documents only.');
    }
  }

  finish(): Promise<void> {
    this.finishing = true;
    return this.rounds.run();
  }

  dispose(): void {
    this.watch.dispose();
    this.style.preview?.show(this, '');
  }

  /** @param nothing what to say if there is no such text */
  private async takeBack(text: string, nothing: string): Promise<Outcome> {
    if (!this.sink.takeBack) return t('What was said cannot be taken back here.');
    if (text === '') return nothing;
    const outcome = await this.sink.takeBack(text);
    if (outcome === undefined) this.line.tookBack(text.length);
    return outcome;
  }

  private async stepBack(): Promise<Outcome> {
    const { sink, line } = this;
    const step = line.stepBack;
    if (!sink.takeBack) return t('What was said cannot be taken back here.');
    if (!step) return t('There is nothing to undo.');
    const outcome =
      step.type === 'take-back'
        ? await sink.takeBack(step.text)
        : (await sink.deliver(step.text)) && t('The place you dictate into is not in front.');
    if (outcome === undefined && line.stepBack) line.steppedBack();
    return outcome;
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

/**
 * Line ends and every other control character become blanks: nothing that is said can press Enter, or be an escape
 * sequence.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
