import type { SampleRange } from '../../src/core/model';
import { CaptureClock } from '../../src/core/measure/capture-clock';
import { FirstShown } from '../../src/core/measure/first-shown';
import { StabilityMeter } from '../../src/core/measure/stability';
import { wordErrors, type WordErrors } from '../../src/core/measure/wer';
import { alignedWords, comparableWords } from '../../src/core/word-comparison';
import type { SessionEvent } from '../../src/core/session-types';
import { msToSamples } from '../../src/core/units';
import type { SpokenWord } from '../support/spoken-words';
import { FirstPlaced } from './first-placed';
import type { UtteranceTimes, WordTimes } from './profile';

/** What was measured against the true times of the words. Latencies in ms. */
export interface Truth {
  /** End of each spoken word → first moment it stood on the screen; undefined for words that were never understood. */
  readonly wordMs: readonly (number | undefined)[];
  /** The same without the words that were never understood. */
  readonly draftMs: readonly number[];
  /** The same, but until any word stood in its place: without what the fast model mishears. */
  readonly placeMs: readonly number[];
  /** The words of `draftMs` and the utterances of `confirmMs`, with their times. */
  readonly wordTimes: readonly WordTimes[];
  readonly utteranceTimes: readonly UtteranceTimes[];
  /** The voice detector's decision → the utterance committed; utterances of 2-10 s of speech. */
  readonly confirmMs: readonly number[];
  /** True end of the last word → the utterance committed; the same utterances, if they ended in a pause. */
  readonly acousticMs: readonly number[];
  readonly upwr: number;
  readonly erasure: number;
  readonly wer: WordErrors;
  readonly utterances: number;
  /** Utterances that never got their final commit, and those whose text the heavy model did not confirm. */
  readonly lost: number;
  readonly unverified: number;
  /** Words committed after the final commit of their utterance. */
  readonly violations: number;
}

/** Utterances that a forced split cut from each other, as one text: words that move from one to the next stay on the screen. */
class Stretch {
  readonly shown = new FirstShown();
  readonly placed = new FirstPlaced();
  private readonly texts = new Map<number, string>();

  show(utteranceId: number, text: string, atMs: number): void {
    this.texts.set(utteranceId, text);
    this.shown.show(this.text, atMs);
    this.placed.show(this.text, atMs);
  }

  get text(): string {
    return [...this.texts.values()].join(' ');
  }
}

interface Utterance extends SampleRange {
  readonly id: number;
  start: number;
  end: number;
  readonly stretch: Stretch;
  text: string;
  /** It ended because the speaker paused, not by force at the longest length. */
  paused: boolean;
  decidedMs?: number;
  committedMs?: number;
}

/** Speech of such a length counts for confirm latencies, in samples. */
const MEASURED = { from: msToSamples(2_000), to: msToSamples(10_000) };
/** An utterance that ends with so much silence was ended by a pause; else it was split. */
const PAUSE = msToSamples(300);

function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function latency(times: WordTimes | undefined): number | undefined {
  return times && times.shownMs - times.saidMs;
}

/** Watches a session that hears words whose times are known. Works in whatever time `now` tells, ms. */
export class TruthMeter {
  private readonly clock = new CaptureClock();
  private readonly stability = new StabilityMeter();
  private readonly utterances = new Map<number, Utterance>();
  private unverified = 0;
  private violations = 0;

  constructor(
    private readonly words: readonly SpokenWord[],
    private readonly now: () => number,
  ) {}

  /** A frame arrived whose last sample is at `end`. */
  captured(end: number): void {
    this.clock.arrived(end, this.now());
  }

  observe(event: SessionEvent): void {
    switch (event.type) {
      case 'utterance': {
        const utterance = this.get(event.utteranceId, event.start);
        utterance.start = event.start;
        utterance.end = event.end;
        if (event.phase !== 'end') break;
        utterance.decidedMs = this.now();
        utterance.paused = event.end - (event.speechEnd ?? event.end) >= PAUSE;
        break;
      }
      case 'draft': {
        const utterance = this.get(event.utteranceId);
        const text = `${utterance.text} ${event.text}`;
        this.stability.show(event.utteranceId, text, this.now());
        utterance.stretch.show(event.utteranceId, text, this.now());
        break;
      }
      case 'commit': {
        const utterance = this.get(event.utteranceId);
        if (utterance.committedMs !== undefined) this.violations += 1;
        utterance.text = `${utterance.text} ${event.text}`.trim();
        utterance.stretch.show(event.utteranceId, utterance.text, this.now());
        if (!event.final) break;
        utterance.committedMs = this.now();
        if (!event.verified) this.unverified += 1;
        this.stability.finish(event.utteranceId, utterance.text, this.now());
        break;
      }
      default:
    }
  }

  result(): Truth {
    const all = [...this.utterances.values()].sort((a, b) => a.start - b.start);
    const finished = all.filter(({ committedMs }) => committedMs !== undefined);
    const { upwr = 0, erasure = 0 } = this.stability.result;
    const wordTimes = this.wordTimes(finished, ({ shown }) => shown);
    const wordMs = wordTimes.map(latency);
    return {
      wordMs,
      draftMs: wordMs.filter(isKnown),
      placeMs: this.wordTimes(finished, ({ placed }) => placed)
        .map(latency)
        .filter(isKnown),
      wordTimes: wordTimes.filter(isKnown),
      ...this.confirmLatencies(finished),
      upwr,
      erasure,
      wer: wordErrors(
        this.words.map(({ text }) => text).join(' '),
        finished.map(({ text }) => text).join(' '),
      ),
      utterances: all.length,
      lost: all.length - finished.length,
      unverified: this.unverified,
      violations: this.violations,
    };
  }

  /** One entry for each comparable word that was spoken. */
  private wordTimes(
    utterances: readonly Utterance[],
    meter: (stretch: Stretch) => FirstShown | FirstPlaced,
  ): (WordTimes | undefined)[] {
    const spoken = this.words.flatMap(({ text, end }) =>
      comparableWords(text).map((word) => ({ word, end })),
    );
    const heard = [...new Set(utterances.map(({ stretch }) => stretch))].flatMap((stretch) => {
      const final = comparableWords(stretch.text);
      const times = meter(stretch).times(final);
      return final.map((word, index) => ({ word, shownMs: times[index] }));
    });
    const all = new Array<WordTimes | undefined>(spoken.length).fill(undefined);
    const pairs = alignedWords(
      spoken.map(({ word }) => word),
      heard.map(({ word }) => word),
    );
    for (const [mouth, screen] of pairs) {
      const end = spoken[mouth]?.end ?? 0;
      const saidMs = this.clock.wallMs(end);
      const shownMs = heard[screen]?.shownMs;
      if (saidMs !== undefined && shownMs !== undefined) all[mouth] = { end, saidMs, shownMs };
    }
    return all;
  }

  private confirmLatencies(
    utterances: readonly Utterance[],
  ): Pick<Truth, 'confirmMs' | 'acousticMs' | 'utteranceTimes'> {
    const confirmMs: number[] = [];
    const acousticMs: number[] = [];
    const utteranceTimes: UtteranceTimes[] = [];
    for (const { id, start, end, decidedMs, committedMs, paused } of utterances) {
      const inside = this.words.filter((word) => {
        const middle = (word.start + word.end) / 2;
        return middle >= start && middle < end;
      });
      const [first, last] = [inside[0], inside.at(-1)];
      if (!first || !last || committedMs === undefined) continue;
      const length = last.end - first.start;
      if (length < MEASURED.from || length > MEASURED.to) continue;
      if (decidedMs !== undefined) {
        confirmMs.push(Math.max(0, committedMs - decidedMs));
        utteranceTimes.push({ id, decidedMs, committedMs });
      }
      const saidMs = this.clock.wallMs(last.end);
      if (saidMs !== undefined && paused) acousticMs.push(committedMs - saidMs);
    }
    return { confirmMs, acousticMs, utteranceTimes };
  }

  private get(id: number, start = 0): Utterance {
    let utterance = this.utterances.get(id);
    if (!utterance) {
      const before = this.utterances.get(id - 1);
      const split = before !== undefined && !before.paused && before.end === start;
      utterance = {
        id,
        start,
        end: start,
        stretch: split ? before.stretch : new Stretch(),
        text: '',
        paused: false,
      };
      this.utterances.set(id, utterance);
    }
    return utterance;
  }
}
