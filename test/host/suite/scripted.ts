import { NEVER, Observable, Subject } from 'rxjs';
import type { Frame, TranscriptEvent } from '../../../src/core/model';
import type { AudioSource, Log, ResolvedModel } from '../../../src/core/ports';
import type { Session, SessionEvent, SessionStats } from '../../../src/core/session-types';
import type { EntryState, KeptText } from '../../../src/vscode/history-entry';
import type { DictationServices } from '../../../src/vscode/services';

const NO_CALLS = { calls: 0, failed: 0, dropped: 0, computeMs: 0, audioMs: 0 };
const NO_STATS: SessionStats = {
  windows: 0,
  utterances: 0,
  fast: NO_CALLS,
  heavy: NO_CALLS,
  speculation: { kept: 0, thrown: 0 },
  retried: 0,
  unverified: 0,
  trusted: 0,
  heldBack: 0,
  disagreed: 0,
};

/** A session that says what the test tells it to: the editor's side is tested without models. */
export class ScriptedSession implements Session {
  private readonly subject = new Subject<SessionEvent>();
  readonly events$ = this.subject.asObservable();
  /** How often `stop` was called. */
  stops = 0;

  get observed(): boolean {
    return this.subject.observed;
  }
  stop(): void {
    this.stops++;
  }
  confirmNow(): void {}
  heardUpTo(): number {
    return 0;
  }
  stats(): SessionStats {
    return NO_STATS;
  }

  emit(event: SessionEvent): void {
    this.subject.next(event);
  }
  draft(utteranceId: number, text: string): void {
    this.emit({ type: 'draft', utteranceId, windowId: 1, text, timestamp: 0 });
  }
  commit(
    utteranceId: number,
    text: string,
    rest: Partial<Extract<TranscriptEvent, { type: 'commit' }>> = {},
  ): void {
    this.emit({
      type: 'commit',
      utteranceId,
      windowId: 1,
      text,
      range: { start: 0, end: 0 },
      timestamp: 0,
      correctsWindowIds: [],
      final: true,
      verified: true,
      replacedDraft: text,
      ...rest,
    });
  }
  end(): void {
    this.subject.complete();
  }
  fail(error: Error): void {
    this.subject.error(error);
  }
}

/** A log that remembers. */
export class MemoryLog implements Log {
  readonly records: string[] = [];
  error = (message: string) => void this.records.push(`error ${message}`);
  warn = (message: string) => void this.records.push(`warn ${message}`);
  info = (message: string) => void this.records.push(`info ${message}`);
  debug = (message: string) => void this.records.push(`debug ${message}`);
}

/** A history that remembers, without files. */
export class MemoryHistory {
  readonly entries: (KeptText & { readonly state: EntryState })[] = [];
  readonly drafts = new Map<object, KeptText>();
  readonly unfinished = new Map<object, KeptText>();
  add(entry: KeptText, state: EntryState): void {
    this.entries.push({ ...entry, state });
  }
  setDraft(owner: object, entry: KeptText | undefined): void {
    if (entry && entry.text !== '') this.drafts.set(owner, entry);
    else this.drafts.delete(owner);
  }
  setUnfinished(owner: object, entry: KeptText | undefined): void {
    if (entry && entry.text !== '') this.unfinished.set(owner, entry);
    else this.unfinished.delete(owner);
  }
  /** Each entry as `state: text`. */
  get lines(): readonly string[] {
    return this.entries.map(({ state, text }) => `${state}: ${text}`);
  }
}

/** Keeps text as the product does, but shows no notification that would wait for a click. */
export class SilentKeeper {
  readonly kept: KeptText[] = [];
  readonly reasons: string[] = [];
  keep(entry: KeptText, why: string): void {
    this.kept.push(entry);
    this.reasons.push(why);
  }
  get texts(): readonly string[] {
    return this.kept.map((entry) => entry.text);
  }
}

function model(role: 'fast' | 'heavy'): ResolvedModel {
  return { role, name: role, path: '', origin: 'downloaded', longestWindow: 1, languages: ['en'] };
}

/** Services whose sessions are scripted; `sessions` grows with each dictation. */
export class ScriptedServices implements DictationServices {
  readonly log = new MemoryLog();
  readonly sessions: ScriptedSession[] = [];
  readonly demoRecording = '';
  readonly captures = { started: 0, ended: 0 };
  readonly models = {
    resolve: (role: 'fast' | 'heavy') => Promise.resolve(model(role)),
    defaultPair: () => ['fast', 'heavy'] as const,
    has: () => Promise.resolve(true),
    isDownloading: () => Promise.resolve(false),
    download: () => NEVER,
  };
  /** Resolve to let `prepare` go on; resolved already unless a test replaces it. */
  ready: Promise<void> = Promise.resolve();

  openSource = (): Promise<AudioSource> => Promise.resolve(this.source());

  /** How often `prepare` was called. */
  preparations = 0;

  prepare = async () => {
    this.preparations++;
    await this.ready;
    return {
      models: { fast: model('fast'), heavy: model('heavy') },
      createSession: () => {
        const session = new ScriptedSession();
        this.sessions.push(session);
        return session;
      },
    };
  };

  /** The session of the latest dictation. */
  get session(): ScriptedSession {
    const session = this.sessions.at(-1);
    if (!session) throw new Error('No session has begun.');
    return session;
  }

  private source(): AudioSource {
    const { captures } = this;
    const frames$ = new Observable<Frame>(() => {
      captures.started++;
      return () => captures.ended++;
    });
    return { name: 'scripted', frames$ };
  }
}
