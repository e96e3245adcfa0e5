import type { EngineState } from '../ports';
import type { Role } from '../model';
import type { SessionStatus } from '../session-types';
import type { TranscriptState } from '../transcript/state';
import { samplesToMs } from '../units';
import type { ListenEvent } from './listen';

/** The lag is told in steps: a status line that changes 30 times a second tells nothing more. */
const LAG_STEP_MS = 250;

/** Keeps what a session's status is made of and says when it changed. */
export class StatusBoard {
  private readonly loading: Record<Role, boolean> = { fast: true, heavy: true };
  private readonly progress: Record<Role, number> = { fast: 0, heavy: 0 };
  private speaking = false;
  private captured = 0;
  private judged = 0;
  private stopping = false;
  private over = false;
  private verifying = true;
  private confirming = false;
  private told: SessionStatus | undefined;

  /** Sample position of the microphone. */
  get capturedUpTo(): number {
    return this.captured;
  }

  /** Sample position up to which the detector has judged. */
  get judgedUpTo(): number {
    return this.judged;
  }

  /** True while the heavy model can work. */
  get canConfirm(): boolean {
    return this.confirming;
  }

  engine(role: Role, state: EngineState): void {
    this.loading[role] = state.phase !== 'ready' && state.phase !== 'failed' && state.phase !== 'restarting';
    this.progress[role] = this.loading[role] ? (state.phase === 'loading' && state.progress) || 0 : 1;
    if (role !== 'heavy') return;
    this.verifying = state.phase !== 'failed';
    this.confirming = state.phase === 'ready';
  }

  listened(event: ListenEvent): void {
    if (event.type === 'captured') this.captured = event.position;
    if (event.type === 'judged') this.judged = event.position;
    if (event.type === 'utterance-start') this.speaking = true;
    if (event.type === 'utterance-end') this.speaking = false;
    if (event.type === 'over') this.stopping = true;
  }

  stop(): void {
    this.stopping = true;
  }

  end(): void {
    this.over = true;
  }

  /** The status if it differs from the one told last. */
  changed(transcript: TranscriptState): SessionStatus | undefined {
    const status = this.status(transcript);
    if (this.told && areEqual(this.told, status)) return undefined;
    this.told = status;
    return status;
  }

  /** Samples that confirmation lags behind the microphone; 0 when no draft waits for it. */
  lag(transcript: TranscriptState): number {
    const waiting = transcript.utterances.find(({ shownText }) => shownText !== '');
    return waiting ? Math.max(0, this.captured - waiting.horizon) : 0;
  }

  private status(transcript: TranscriptState): SessionStatus {
    const waiting = transcript.utterances.some(({ shownText }) => shownText !== '');
    const lag = samplesToMs(this.lag(transcript));
    const phase = this.phase();
    return {
      phase,
      ...(phase === 'loading' ? { loaded: (this.progress.fast + this.progress.heavy) / 2 } : {}),
      speaking: this.speaking,
      pending: waiting,
      lagMs: Math.floor(lag / LAG_STEP_MS) * LAG_STEP_MS,
      verifying: this.verifying,
    };
  }

  private phase(): SessionStatus['phase'] {
    if (this.over) return 'stopped';
    if (this.stopping) return 'stopping';
    return this.loading.fast || this.loading.heavy ? 'loading' : 'listening';
  }
}

/** Asked with every frame. */
function areEqual(one: SessionStatus, other: SessionStatus): boolean {
  const keys = Object.keys(one) as (keyof SessionStatus)[];
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
