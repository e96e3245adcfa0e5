import { tap } from 'rxjs';
import { percentile } from '../../src/core/measure/percentile';
import type { Role, SampleRange, TranscribeRequest } from '../../src/core/model';
import type { Engine, Engines, ListeningEngine } from '../../src/core/ports';
import { redirected } from '../support/redirected-engine';
import { type Row, row } from './results';

/** One answered call of a model; times in ms on the clock of the figures. */
interface Call {
  readonly role: Role;
  readonly utteranceId: number;
  readonly range: SampleRange;
  readonly final: boolean;
  readonly askedMs: number;
  readonly answeredMs: number;
}

/** When a word was over (samples and ms) and when it stood on the screen, ms. */
export interface WordTimes {
  readonly end: number;
  readonly saidMs: number;
  readonly shownMs: number;
}

/** When an utterance's end was decided and when it was committed, ms. */
export interface UtteranceTimes {
  readonly id: number;
  readonly decidedMs: number;
  readonly committedMs: number;
}

/** Where latencies went. Means over words or utterances, ms; the parts sum up to the whole. */
interface Parts {
  readonly count: number;
  /** Until the model was asked: for new audio enough, for the step, for its turn. */
  readonly untilAsked: number;
  /** From there until it answered: the call, and those before it in the queue. */
  readonly call: number;
  /** From there until it stood on the screen: misheard until a later call, held back, or waiting for words before it. */
  readonly afterwards: number;
}

/** Watches the calls of a dictation, to tell what its latencies are made of. */
export class CallProfile {
  private readonly calls: Call[] = [];

  constructor(private readonly now: () => number) {}

  /** The same engines, watched. */
  watch({ fast, heavy }: Engines): Engines {
    return { fast: this.watched<ListeningEngine>(fast), heavy: this.watched<Engine>(heavy) };
  }

  /** Drafts: from the end of a word, by the first call of the fast model that heard all of it, to the screen. */
  drafts(words: readonly WordTimes[]): Parts {
    const fast = this.calls.filter(({ role }) => role === 'fast').sort((a, b) => a.askedMs - b.askedMs);
    return mean(
      words.flatMap(({ end, saidMs, shownMs }) => {
        const call = fast.find(({ range }) => range.start < end && range.end >= end);
        return call ? [parts(saidMs, call, shownMs)] : [];
      }),
    );
  }

  /** Confirmations: from the decision, by the final pass that was taken, to the commit. A pass begun before has nothing to wait for. */
  confirmations(utterances: readonly UtteranceTimes[]): Parts {
    return mean(
      utterances.flatMap(({ id, decidedMs, committedMs }) => {
        const call = this.calls
          .filter(({ role, final, utteranceId }) => role === 'heavy' && final && utteranceId === id)
          .findLast(({ answeredMs }) => answeredMs <= committedMs);
        return call ? [parts(decidedMs, call, committedMs)] : [];
      }),
    );
  }

  private watched<T extends Engine>(engine: T): T {
    const transcribe = (request: TranscribeRequest) => {
      const askedMs = this.now();
      const { role, utteranceId, range, final } = request;
      return engine
        .transcribe(request)
        .pipe(
          tap(() => this.calls.push({ role, utteranceId, range, final, askedMs, answeredMs: this.now() })),
        );
    };
    return redirected(engine, transcribe) as T;
  }
}

function parts(fromMs: number, { askedMs, answeredMs }: Call, untilMs: number): Parts {
  const asked = Math.min(Math.max(fromMs, askedMs), untilMs);
  const answered = Math.min(Math.max(asked, answeredMs), untilMs);
  return { count: 1, untilAsked: asked - fromMs, call: answered - asked, afterwards: untilMs - answered };
}

function mean(all: readonly Parts[]): Parts {
  const of = (part: keyof Parts) => all.reduce((sum, one) => sum + one[part], 0) / all.length;
  return { count: all.length, untilAsked: of('untilAsked'), call: of('call'), afterwards: of('afterwards') };
}

/** Rows of `parts` under `name`. */
export function profileRows(
  name: string,
  unit: string,
  { count, untilAsked, call, afterwards }: Parts,
): Row[] {
  return [
    row(`${name}.count`, count, unit),
    row(`${name}.until_asked`, untilAsked, 'ms'),
    row(`${name}.call`, call, 'ms'),
    row(`${name}.afterwards`, afterwards, 'ms'),
  ];
}

/** The words (or utterances) that took longest: from the given percentile on. */
export function slowest<T>(all: readonly T[], ms: (one: T) => number, share: number): T[] {
  const limit = percentile(all.map(ms), share) ?? Infinity;
  return all.filter((one) => ms(one) >= limit);
}
