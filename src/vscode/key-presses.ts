import { asyncScheduler, Subscription, type SchedulerLike } from 'rxjs';
import type { StatusInput } from './status-view';
import type { Focus } from './focus';
import { silenceMs } from './take-status';

/** A second press so soon after the one that started means: only as long as I hold the key, or only one sentence. */
const DOUBLE_PRESS_MS = 300;
/** Keyboards repeat a held key every 25 to 90 ms; a press that repeats within this was no press of its own. */
const REPEAT_MS = 150;
/** Without a repeat for so long a held key was let go. */
const RELEASE_MS = 300;
/** A key that stopped dictation and is held on begins to repeat after at most so long; that must not start it again. */
const FIRST_REPEAT_MS = 700;
/** A timer that is this late was kept from running, and so were presses: they are told of after it. */
const LATE_MS = 50;

/** What pressing does. */
export interface PressActions {
  start(focus: Focus): void;
  stop(): void;
  /** Silence, in ms, after which dictation stops by itself; 0 for never. Asked each time. */
  silenceLimitMs(): number;
}

type Mode = 'idle' | 'on' | 'deciding' | 'held' | 'once';

/**
 * What the toggle command means, since extensions see key presses (and their repetition while a key is held) but no key-up:
 *
 * - a press starts, the next one stops;
 * - held: dictation lasts as long as the key is held (push-to-talk);
 * - pressed twice within 300 ms: dictation ends by itself after one utterance.
 *
 * Also stops after a long silence, if the user wants that.
 */
export class KeyPresses {
  private mode: Mode = 'idle';
  private startedAt = -Infinity;
  private pressedAt = -Infinity;
  private timer = new Subscription();
  private status: Pick<StatusInput, 'take' | 'source'> = { take: undefined, source: undefined };

  constructor(
    private readonly actions: PressActions,
    private readonly scheduler: SchedulerLike = asyncScheduler,
  ) {}

  /** The toggle command was called, by a key that knows where the keyboard is. */
  press(focus: Focus = 'editor'): void {
    const now = this.scheduler.now();
    const sinceLast = now - this.pressedAt;
    this.pressedAt = now;
    if (!this.listening) {
      if (this.mode === 'idle' && sinceLast <= FIRST_REPEAT_MS && this.startedAt !== -Infinity) return;
      this.startedAt = now;
      this.mode = 'on';
      this.actions.start(focus);
      return;
    }
    switch (this.mode) {
      case 'idle': // started by another command
      case 'on':
        if (now - this.startedAt <= DOUBLE_PRESS_MS) this.hold();
        else this.decide();
        break;
      case 'deciding':
      case 'held':
        this.hold();
        break;
      case 'once':
        this.stop();
        break;
    }
  }

  /** Takes what the dictation is doing. */
  update(status: Pick<StatusInput, 'take' | 'source'>): void {
    const before = this.listening;
    this.status = status;
    const { take, source } = status;
    if (before && !this.listening) this.reset();
    if (!take || !this.listening) return;
    if (this.mode === 'once' && take.ended > 0 && !take.speaking) this.stop();
    const limit = this.actions.silenceLimitMs();
    // A recording ends by itself.
    const microphone = source?.startsWith('microphone') ?? false;
    if (microphone && limit > 0 && take.phase === 'listening' && silenceMs(take) >= limit) this.stop();
  }

  dispose(): void {
    this.timer.unsubscribe();
  }

  private get listening(): boolean {
    const phase = this.status.take?.phase;
    return phase === 'starting' || phase === 'loading' || phase === 'listening';
  }

  /** A press while listening: to stop, or the first repeat of a held key? The next repeat tells. */
  private decide(): void {
    this.mode = 'deciding';
    this.after(REPEAT_MS, () => this.stop());
  }

  private hold(): void {
    this.mode = 'held';
    this.after(RELEASE_MS, () => this.released());
  }

  /** Whoever has spoken is done; whoever has not has pressed twice to speak now. */
  private released(): void {
    if ((this.status.take?.begun ?? 0) > 0) this.stop();
    else this.mode = 'once';
  }

  private stop(): void {
    this.reset();
    this.actions.stop();
  }

  private reset(): void {
    this.timer.unsubscribe();
    this.mode = 'idle';
  }

  /** Runs `action` unless a press comes before. On a machine that stood still presses may have come, and get a moment to be told of. */
  private after(delayMs: number, action: () => void, isSecondTry = false): void {
    this.timer.unsubscribe();
    const due = this.scheduler.now() + delayMs;
    const inTime = () => {
      const isLate = this.scheduler.now() - due > LATE_MS;
      if (isLate && !isSecondTry) this.after(REPEAT_MS, action, true);
      else action();
    };
    this.timer = new Subscription();
    this.timer.add(this.scheduler.schedule(inTime, delayMs));
  }
}
