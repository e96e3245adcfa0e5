import type { TranscriptEvent } from '../model';
import type { SessionEvent } from '../session-types';
import { samplesToMs } from '../units';
import { CaptureClock } from './capture-clock';
import { FirstShown } from './first-shown';
import { summarise, type Summary } from './percentile';
import { StabilityMeter } from './stability';
import { comparableWords } from '../word-comparison';

/** The figures of one dictation. Latencies in ms; `undefined` where nothing was measured. */
export interface Figures {
  /** End of a spoken word → first moment it is shown. Word ends are the heavy model's estimates. */
  readonly draftLatencyMs: Summary;
  /** Acoustic end of the utterance → its text committed. */
  readonly confirmLatencyMs: Summary;
  /** The VAD's decision that the utterance is over → its text committed. */
  readonly confirmAfterVadMs: Summary;
  readonly upwr: number | undefined;
  readonly normalisedErasure: number | undefined;
  /** Committed words contradicted later: commits are append-only, so anything but 0 is a defect. */
  readonly commitViolations: number;
  readonly finalWords: number;
  readonly utterances: number;
  /** Utterances whose text the heavy model did not confirm. */
  readonly unverified: number;
  /** Utterances whose draft was so sure that nobody was to confirm it. */
  readonly trusted: number;
  readonly droppedWindows: { readonly fast: number; readonly heavy: number };
  readonly audioMs: number;
}

interface OpenUtterance {
  committed: string;
  words: { readonly end: number }[];
  readonly shown: FirstShown;
  speechEnd: number | undefined;
  decidedAtMs: number | undefined;
}

/** Watches a session and computes its {@link Figures}. Latencies are only meaningful at real-time pace. */
export class FigureCollector {
  private readonly clock = new CaptureClock();
  private readonly stability = new StabilityMeter();
  private readonly open = new Map<number, OpenUtterance>();
  private readonly finished = new Set<number>();
  private readonly draft: number[] = [];
  private readonly confirm: number[] = [];
  private readonly afterVad: number[] = [];
  private readonly dropped = { fast: 0, heavy: 0 };
  private unverified = 0;
  private trusted = 0;
  private violations = 0;
  private heard = 0;

  /** @param now wall clock in ms, monotonic */
  constructor(private readonly now: () => number) {}

  /** A frame arrived whose last sample is at `end`. */
  captured(end: number): void {
    this.heard = Math.max(this.heard, end);
    this.clock.arrived(end, this.now());
  }

  /** Takes in every event of the session, in order. */
  observe(event: SessionEvent): void {
    switch (event.type) {
      case 'utterance':
        if (event.phase === 'end') this.ended(event.utteranceId, event.speechEnd ?? event.end);
        break;
      case 'draft':
        this.show(event.utteranceId, event.text);
        break;
      case 'commit':
        this.commit(event);
        break;
      case 'dropped':
        this.dropped[event.role]++;
        break;
      default:
    }
  }

  get result(): Figures {
    const { upwr, erasure, finalWords } = this.stability.result;
    return {
      draftLatencyMs: summarise(this.draft),
      confirmLatencyMs: summarise(this.confirm),
      confirmAfterVadMs: summarise(this.afterVad),
      upwr,
      normalisedErasure: erasure,
      commitViolations: this.violations,
      finalWords,
      utterances: this.finished.size,
      unverified: this.unverified,
      trusted: this.trusted,
      droppedWindows: { ...this.dropped },
      audioMs: Math.round(samplesToMs(this.heard)),
    };
  }

  private ended(utteranceId: number, speechEnd: number): void {
    const utterance = this.get(utteranceId);
    utterance.speechEnd = speechEnd;
    utterance.decidedAtMs = this.now();
  }

  private show(utteranceId: number, draft: string): void {
    const utterance = this.get(utteranceId);
    const text = `${utterance.committed} ${draft}`;
    this.stability.show(utteranceId, text, this.now());
    utterance.shown.show(text, this.now());
  }

  private commit(event: Extract<TranscriptEvent, { type: 'commit' }>): void {
    if (this.finished.has(event.utteranceId)) this.violations++;
    const utterance = this.get(event.utteranceId);
    utterance.committed = `${utterance.committed} ${event.text}`.trim();
    for (const word of event.words ?? []) {
      // One entry per comparable word, as the final text is counted.
      for (const _ of comparableWords(word.text))
        if (word.end !== undefined) utterance.words.push({ end: word.end });
    }
    utterance.shown.show(utterance.committed, this.now());
    if (!event.final) return;
    this.stability.finish(event.utteranceId, utterance.committed, this.now());
    if (!event.verified) this.unverified++;
    if (event.trusted) this.trusted++;
    this.measure(utterance);
    this.open.delete(event.utteranceId);
    this.finished.add(event.utteranceId);
  }

  private measure(utterance: OpenUtterance): void {
    const final = comparableWords(utterance.committed);
    if (final.length === 0) return;
    // Word times are used only where every word of the text has one, else they could not be matched.
    if (utterance.words.length === final.length) {
      utterance.shown.times(final).forEach((atMs, index) => {
        const spoken = this.clock.wallMs(utterance.words[index]!.end);
        if (atMs !== undefined && spoken !== undefined) this.draft.push(atMs - spoken);
      });
    }
    const acoustic = utterance.speechEnd === undefined ? undefined : this.clock.wallMs(utterance.speechEnd);
    if (acoustic !== undefined) this.confirm.push(this.now() - acoustic);
    if (utterance.decidedAtMs !== undefined) this.afterVad.push(this.now() - utterance.decidedAtMs);
  }

  private get(id: number): OpenUtterance {
    let utterance = this.open.get(id);
    if (!utterance) {
      utterance = {
        committed: '',
        words: [],
        shown: new FirstShown(),
        speechEnd: undefined,
        decidedAtMs: undefined,
      };
      this.open.set(id, utterance);
    }
    return utterance;
  }
}
