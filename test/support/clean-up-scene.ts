import { map, type Observable, Subject, timer, VirtualTimeScheduler } from 'rxjs';
import type { Cleaner } from '../../src/core/cleanup/cleaner';
import { cleanUtterances, type CleanUpOptions } from '../../src/core/cleanup/stage';
import type { TranscriptEvent } from '../../src/core/model';
import type { SessionEvent, SessionStatus } from '../../src/core/session-types';

type Commit = Extract<TranscriptEvent, { type: 'commit' }>;
export const LISTENING: SessionStatus = {
  phase: 'listening',
  speaking: false,
  pending: false,
  lagMs: 0,
  verifying: true,
};

/** A session that is scripted, cleaned up in virtual time; answers take as long as a test says. */
export class Scene {
  readonly time = new VirtualTimeScheduler();
  readonly source = new Subject<SessionEvent>();
  readonly told: SessionEvent[] = [];
  readonly asked: string[] = [];
  cancelled = 0;
  ended: 'completed' | 'failed' | undefined;
  readonly subscription;

  constructor(
    clean: (text: string, scene: Scene) => Observable<string>,
    rest: Partial<CleanUpOptions> = {},
    prepare?: () => Observable<never>,
  ) {
    const cleaner: Cleaner = {
      ...(prepare && { prepare }),
      clean: (text: string) => {
        this.asked.push(text);
        return clean(text, this);
      },
    };
    const options = { cleaner, timeoutMs: 1_000, wanted: () => true, scheduler: this.time, ...rest };
    this.subscription = this.source.pipe(cleanUtterances(options)).subscribe({
      next: (event) => this.told.push(event),
      error: () => (this.ended = 'failed'),
      complete: () => (this.ended = 'completed'),
    });
  }

  draft(utteranceId: number, text: string): void {
    this.source.next({ type: 'draft', utteranceId, windowId: 1, text, timestamp: 0 });
  }
  commit(utteranceId: number, text: string, rest: Partial<Commit> = {}): void {
    this.source.next({
      type: 'commit',
      utteranceId,
      windowId: 1,
      text,
      range: { start: 0, end: 10 },
      timestamp: 0,
      correctsWindowIds: [1],
      final: true,
      verified: true,
      replacedDraft: text,
      ...rest,
    });
  }
  get commits(): readonly Commit[] {
    return this.told.filter((event) => event.type === 'commit');
  }
  get texts(): readonly string[] {
    return this.commits.map(({ text }) => text);
  }
  get drafts(): readonly string[] {
    return this.told.flatMap((event) => (event.type === 'draft' ? [event.text] : []));
  }
  get problems(): readonly string[] {
    return this.told.flatMap((event) => (event.type === 'problem' ? [event.error.code] : []));
  }
}

/** Leaves out "um" after `ms`. */
export const withoutUm =
  (ms: number) =>
  (text: string, { time }: Scene) =>
    timer(ms, time).pipe(map(() => text.replace(/um /g, '')));
