import { Observable, type Subscriber } from 'rxjs';
import type { DictationError } from '../../core/errors';
import type { Hypothesis, Role, TranscribeRequest } from '../../core/model';
import type { FromEngineOf, ToEngineOf } from '../../protocol/messages';
import { callFailed, engineUnavailable } from './engine-errors';
import { CostEstimate } from './times';

type Send = (call: ToEngineOf<'transcribe'>) => void;

/** When a call counts as hung, ms: from the request and what it was predicted to take. */
export type DeadlineMs = (request: TranscribeRequest, predictedMs: number) => number;

/** What the line tells its owner. */
export interface CallLineEvents {
  /** A call is about to be sent. */
  readonly onStart: (request: TranscribeRequest) => void;
  /** A call is over, whichever way. */
  readonly onEnd: () => void;
  readonly onResult: () => void;
  /** The running call is past its deadline: true if it is to have the same time once more. By default it is not. */
  readonly isStarved?: (deadlineMs: number) => Promise<boolean>;
  /** The running call passed its deadline; the line waits for {@link CallLine.detach}. */
  readonly onDeadline: (deadlineMs: number) => void;
}

/** A late answer may already wait in the channel when a deadline passes, e.g. after a pause of the parent. */
const LATE_ANSWER_MS = 250;

interface Waiting {
  readonly request: TranscribeRequest;
  readonly epoch: number;
  readonly subscriber: Subscriber<Hypothesis>;
}

interface Running extends Waiting {
  readonly callId: number;
  timer: NodeJS.Timeout;
}

/** Calls to one process, one at a time; they wait while there is no process. */
export class CallLine {
  private waiting: Waiting[] = [];
  private running: Running | undefined;
  private send: Send | undefined;
  private callId = 0;
  private closed: DictationError | undefined;
  private readonly cost = new CostEstimate();

  constructor(
    private readonly role: Role,
    private readonly deadlineMs: DeadlineMs,
    private readonly events: CallLineEvents,
  ) {}

  /** See `Engine.transcribe`. `epoch` names the session whose audio is meant, asked for at subscription. */
  transcribe(request: TranscribeRequest, epoch: () => number): Observable<Hypothesis> {
    return new Observable((subscriber) => {
      if (this.closed) {
        subscriber.error(this.closed);
        return undefined;
      }
      const { start, end } = request.range;
      // The process would not take it for a request, and never answer.
      if (!(end > start)) {
        subscriber.error(callFailed(this.role, 'audio-gone', `There is no audio in ${start}-${end}.`));
        return undefined;
      }
      const entry: Waiting = { request, epoch: epoch(), subscriber };
      this.waiting.push(entry);
      this.next();
      return () => {
        this.waiting = this.waiting.filter((other) => other !== entry);
      };
    });
  }

  /** What a call on `samples` of audio took. */
  learn(samples: number, elapsedMs: number): void {
    this.cost.learn(samples, elapsedMs);
  }

  /** A process with a loaded model is there. */
  attach(send: Send): void {
    this.send = send;
    this.next();
  }

  /** The process is gone (or will be at once): its call fails with `error`, the others wait for the next process. */
  detach(error: DictationError): void {
    this.send = undefined;
    this.settle()?.subscriber.error(error);
  }

  /** There will be no process any more: all calls fail, later ones too until {@link open}. */
  close(error: DictationError): void {
    this.closed = error;
    this.detach(error);
    const waiting = this.waiting;
    this.waiting = [];
    for (const { subscriber } of waiting) subscriber.error(error);
  }

  /** Calls are accepted (again). */
  open(): void {
    this.closed = undefined;
  }

  /** The process answered a call. An answer to a call that is over is ignored. */
  answer(message: FromEngineOf<'result'> | FromEngineOf<'call-failed'>): void {
    if (this.running?.callId !== message.callId) return;
    const call = this.settle();
    if (!call) return;
    const { request, subscriber } = call;
    if (message.type === 'call-failed') {
      subscriber.error(callFailed(this.role, message.code, message.message));
    } else {
      this.events.onResult();
      this.cost.learn(request.range.end - request.range.start, message.elapsedMs);
      const { role, windowId, utteranceId, range } = request;
      const { text, words, segments, confidence, language, elapsedMs } = message;
      subscriber.next({
        role,
        windowId,
        utteranceId,
        range,
        text,
        words,
        segments,
        confidence,
        language,
        elapsedMs,
      });
      subscriber.complete();
    }
    this.next();
  }

  private next(): void {
    const send = this.send;
    if (!send || this.running) return;
    const entry = this.waiting.shift();
    if (!entry) return;
    const { request } = entry;
    const deadlineMs = this.deadlineMs(request, this.cost.predict(request));
    this.callId += 1;
    const callId = this.callId;
    this.running = { ...entry, callId, timer: this.deadline(callId, deadlineMs) };
    this.events.onStart(request);
    const { range, allCores = false, language, prompt, timestamps } = request;
    send({ type: 'transcribe', callId, epoch: entry.epoch, range, allCores, language, prompt, timestamps });
  }

  private deadline(callId: number, deadlineMs: number): NodeJS.Timeout {
    const pass = () => void this.late(callId, deadlineMs);
    return setTimeout(() => setTimeout(pass, LATE_ANSWER_MS), deadlineMs);
  }

  private async late(callId: number, deadlineMs: number): Promise<void> {
    if (this.running?.callId !== callId) return;
    const isStarved = this.events.isStarved !== undefined && (await this.events.isStarved(deadlineMs));
    // It may have been answered meanwhile.
    if (this.running?.callId !== callId) return;
    if (isStarved) this.running.timer = this.deadline(callId, deadlineMs);
    else this.events.onDeadline(deadlineMs);
  }

  private settle(): Running | undefined {
    const call = this.running;
    this.running = undefined;
    if (call) {
      clearTimeout(call.timer);
      this.events.onEnd();
    }
    return call;
  }
}

/** The initial state: not started. */
export function closedLine(role: Role, deadlineMs: DeadlineMs, events: CallLineEvents): CallLine {
  const line = new CallLine(role, deadlineMs, events);
  line.close(engineUnavailable(role));
  return line;
}
