import type { Observable, SchedulerLike } from 'rxjs';
import type { Role } from '../../model';
import type { Engines } from '../../ports';
import type { PipelinePolicy } from '../../session-types';
import type { TranscriptState } from '../../transcript/state';
import type { CostModel } from '../../windows/cost-model';
import type { TranscriberEvent } from '../../windows/transcriber';
import type { SpeechEvent } from '../../windows/windower';

/** What calls of the models cost with their share of the cores. */
export type Costs = Readonly<Record<Role, CostModel>>;

/** What a strategy works with. */
export interface StrategyContext {
  readonly engines: Engines;
  /** Whisper language code. */
  readonly language: string;
  readonly policy: PipelinePolicy;
  readonly scheduler: SchedulerLike;
  /** The merge's latest state: where windows may start, what was committed. */
  readonly state: () => TranscriptState;
  /** What the models' calls cost; the strategy lets them learn. */
  readonly costs: Costs;
  /** True while the model that confirms has fallen behind and is to do final passes only. */
  readonly finalsOnly: () => boolean;
  readonly speculation: { kept(): void; thrown(): void };
}

/** A way to combine the models: a small composition of the lanes. */
export interface Strategy {
  /** Probability that a word needs to be committed while its utterance goes on. */
  readonly sure: number;
  /**
   * Turns windows into what the models make of them. `speech$` is hot and may be subscribed to several times. Every final window
   * ends in `heard` by the heavy role, in `trusted` or in `unconfirmed`.
   */
  transcribe(speech$: Observable<SpeechEvent>, context: StrategyContext): Observable<TranscriberEvent>;
}
