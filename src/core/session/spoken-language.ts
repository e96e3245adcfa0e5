import type { Observable } from 'rxjs';
import type { Frame, Hypothesis, TranscribeRequest, TranscriptEvent } from '../model';
import type { Engine, Engines, ListeningEngine } from '../ports';
import type { Step } from './steps';

/** What Whisper is told so that it finds out the language by itself, at each call. */
export const AUTO = 'auto';

/**
 * The language of a session. If it is to be detected, the heavy model's first confirmed utterance decides it for both
 * models and for the rest of the session: short drafts alone are often taken for another language, and text that changes
 * its language while one speaks is worse than none. Until then drafts take what the heavy model heard last.
 */
export class SpokenLanguage {
  private decidedCode: string | undefined;
  /** What the heavy model took the unfinished utterance for. */
  private supposed = AUTO;
  /** What each utterance's final pass took it for. */
  private readonly finals = new Map<number, string>();

  /** @param wanted Whisper code or `auto` */
  constructor(wanted: string) {
    if (wanted !== AUTO) this.decidedCode = wanted;
  }

  /** False while it is to be detected: nothing is committed before the utterance is whole. */
  get decided(): boolean {
    return this.decidedCode !== undefined;
  }

  /** The same engines, told the language of the moment. */
  engines(engines: Engines): Engines {
    if (this.decided) return engines;
    const fast = new SpeakingListeningEngine(engines.fast, this);
    const isOne = (engines.heavy as Engine) === engines.fast;
    return { fast, heavy: isOne ? fast : new SpeakingEngine(engines.heavy, this) };
  }

  /** The language for a call. */
  codeFor({ role }: Pick<TranscribeRequest, 'role'>): string {
    return this.decidedCode ?? (role === 'fast' ? this.supposed : AUTO);
  }

  /**
   * Takes in a step and what came of it.
   * @returns the language if it is decided by this
   */
  observe(step: Step, events: readonly TranscriptEvent[]): string | undefined {
    if (this.decided) return undefined;
    if (step.type === 'heard') this.heard(step.window, step.hypothesis);
    const confirmed = events.find(
      (event) => event.type === 'commit' && event.final && event.verified && event.text !== '',
    );
    this.decidedCode = confirmed && this.finals.get(confirmed.utteranceId);
    return this.decidedCode;
  }

  private heard(
    {
      utteranceId,
      final,
      speculative = false,
    }: { utteranceId: number; final: boolean; speculative?: boolean },
    { language, role, text }: Hypothesis,
  ): void {
    if (language === AUTO || language === '' || text.trim() === '') return;
    if (role === 'heavy') this.supposed = language;
    if (final && !speculative) this.finals.set(utteranceId, language);
  }
}

/** An engine that is told the language of the moment instead of `auto`. */
class SpeakingEngine implements Engine {
  constructor(
    protected readonly engine: Engine,
    private readonly spoken: SpokenLanguage,
  ) {}

  get role() {
    return this.engine.role;
  }
  get state$() {
    return this.engine.state$;
  }
  get longestWindow() {
    return this.engine.longestWindow;
  }
  get takesPrompts() {
    return this.engine.takesPrompts ?? true;
  }
  start(): void {
    this.engine.start();
  }
  reset(): void {
    this.engine.reset();
  }
  push(frame: Frame): void {
    this.engine.push(frame);
  }
  release(before: number): void {
    this.engine.release(before);
  }
  transcribe(request: TranscribeRequest): Observable<Hypothesis> {
    return this.engine.transcribe({ ...request, language: this.spoken.codeFor(request) });
  }
  usage() {
    return this.engine.usage();
  }
  dispose() {
    return this.engine.dispose();
  }
}

class SpeakingListeningEngine extends SpeakingEngine implements ListeningEngine {
  readonly voice$: ListeningEngine['voice$'];

  constructor(engine: ListeningEngine, spoken: SpokenLanguage) {
    super(engine, spoken);
    this.voice$ = engine.voice$;
  }
}
