import { errorPlace } from '../core/errors';
import { withCleanUp, type CleanUpParts } from './cleanup/clean-up';
import type { History } from './history';
import { PrebufferedSource } from './prebuffer';
import type { DictationServices, ModelPair, SourceRequest } from './services';
import { readSettings } from './settings';
import { Take } from './take';
import { takeEvents, takeVoice, type TakeWiring } from './take-wiring';
import type { OpenTarget } from './target';
import type { Severity, TextKeeper } from './text-keeper';

/** What a {@link RunningTake} works with. */
export interface RunningParts {
  readonly services: DictationServices;
  readonly keeper: Pick<TextKeeper, 'keep'>;
  readonly history: Pick<History, 'add' | 'setDraft' | 'setUnfinished'>;
  /** Tidies up what was said, if the user wants that. */
  readonly cleanUp?: CleanUpParts;
}

/** A dictation under way, from the opening of its microphone to its last word. */
export class RunningTake {
  readonly take: Take;
  private source: PrebufferedSource | undefined;
  private ended = false;
  private stopped = false;

  constructor(
    target: OpenTarget,
    private readonly parts: RunningParts,
    wiring: TakeWiring,
  ) {
    this.take = new Take(
      target,
      takeEvents(wiring, () => this.take),
      takeVoice(wiring, () => this.take),
    );
  }

  /** Name of what it hears, once that is open. */
  get sourceName(): string | undefined {
    return this.source?.name;
  }

  /** It was ended before its last word, or is over. */
  get hasEnded(): boolean {
    return this.ended;
  }

  /**
   * Runs it to its end.
   * @param former dictations whose last words come first
   * @param onModels called with the models, once they are found
   * @throws DictationError what ended it early
   */
  async run(
    request: SourceRequest,
    former: readonly Promise<void>[],
    onModels: (models: ModelPair) => void,
  ): Promise<void> {
    const { take } = this;
    const { services, cleanUp } = this.parts;
    await take.target.check();
    const source = await services.openSource(request, () => take.heardUpTo());
    if (this.ended) return;
    const captured = new PrebufferedSource(source, {
      tailMs: readSettings()['listening.stopTail'],
      heardUpTo: () => take.heardUpTo(),
    });
    this.source = captured;
    if (this.stopped) captured.stop();
    // The engines keep one sample clock: the last words of a former dictation come first, sound is kept meanwhile. Not after
    // `prepare`: it would end engines that the former one needs, if other models were chosen since.
    await Promise.all(former);
    const prepared = await services.prepare();
    onModels(prepared.models);
    if (this.ended) return;
    const session = prepared.createSession(captured);
    const done = take.run(cleanUp ? withCleanUp(session, cleanUp, take) : session);
    if (this.stopped && !captured.hasBacklog) take.stop();
    await done;
  }

  /** Listens no more; what was heard is dictated still. */
  stop(): void {
    this.stopped = true;
    // Whatever was heard before the session began is dictated still.
    this.source?.stop();
    // A session that stops hears no more than it was given: with a backlog the source ends it.
    if (!this.source?.hasBacklog) this.take.stop();
  }

  /**
   * Ends it at once. Harmless if it is over.
   * @param offer what was shown and not inserted is offered; else the history takes it
   */
  end(offer: boolean): void {
    const ofItsOwn = this.take.status.phase === 'stopped';
    this.ended = true;
    this.source?.dispose();
    const drafts = this.take.cancel();
    if (drafts === '') return;
    const { history, keeper } = this.parts;
    const kept = { text: drafts, ...this.take.target.place };
    const [why, severity]: [string, Severity] = ofItsOwn
      ? ['Dictation ended early.', 'warning']
      : ['Dictation was cancelled.', 'info'];
    this.attempt(() => (offer ? keeper.keep(kept, why, severity) : history.add(kept, 'draft')));
  }

  /** Forgets its place, and what the history has of it as a draft. Resolves when no draft text is left in the document. */
  async dispose(): Promise<void> {
    await this.take.dispose();
    this.attempt(() => this.parts.history.setDraft(this.take, undefined));
  }

  /** For what an end in order must not depend on: a dictation that did not end would let no other begin. */
  private attempt(step: () => void): void {
    try {
      step();
    } catch (cause) {
      this.parts.services.log.error(`Dictated text could not be kept: ${errorPlace(cause)}`);
    }
  }
}
