import { filter, map, merge, type Observable, share, Subject } from 'rxjs';
import type { Role, Window } from '../../model';
import { afterDrafts, isDrafted } from '../../windows/after-drafts';
import { afterwards } from '../../windows/afterwards';
import { fastLane, type FastItem } from '../../windows/fast-lane';
import { heavyLane } from '../../windows/heavy-lane';
import type { TranscriberEvent } from '../../windows/transcriber';
import type { Turn } from '../../windows/turns';
import type { SpeechEvent } from '../../windows/windower';
import { isSpeech } from '../steps';
import type { FinalRoom } from './final-room';
import { callerOf, heavyInterval, isLost, learning } from './lanes';
import type { StrategyContext } from './strategy';
import { TrustedDrafts } from './trust';

/** How two models share the work. */
export interface Sharing {
  /** When each may work. */
  readonly turn: (role: Role) => Turn;
  /** Windows that the heavy model takes only once the fast one is done with them; asked once for each. */
  readonly waits: (window: Window) => boolean;
  /** Which final passes have all cores; absent where the models take turns anyway. */
  readonly room?: Pick<FinalRoom, 'isGiven' | 'learn'>;
}

/** A final pass that was thought to be quick and is not keeps drafts waiting no longer, ms. */
const LONGEST_WAIT_MS = 2_000;

/**
 * A fast model that drafts and a heavy one that confirms. What the heavy model fails to confirm goes back to the fast one; what
 * the fast one is sure enough of never gets to the heavy one.
 */
export function twoModels(
  speech$: Observable<SpeechEvent>,
  context: StrategyContext,
  { turn, waits, room }: Sharing,
): Observable<TranscriberEvent> {
  const { state, policy, scheduler } = context;
  const trust = new TrustedDrafts(policy.skipConfirmAbove, state);
  const learn = learning(context, room);
  const mustYield = (window: Window) => room !== undefined && (policy.yieldToFinal || room.isGiven(window));
  const drafted$ = new Subject<TranscriberEvent>();
  /** Final passes that run and want the fast model's cores, and when the last of them began, ms. */
  let finals = 0;
  let begun = 0;

  const judged$ = afterDrafts(
    speech$,
    drafted$,
    (window) => waits(window) || (trust.any && window.final),
  ).pipe(
    map((event) => trust.judge(event)),
    share(),
  );
  const heavy$ = judged$.pipe(
    filter(isSpeech),
    heavyLane({
      caller: callerOf('heavy', context, turn('heavy'), room),
      state,
      interval: heavyInterval(context),
      finalsOnly: context.finalsOnly,
      speculation: context.speculation,
      finalRunning: (running, window) => {
        if (!mustYield(window)) return;
        finals += running ? 1 : -1;
        if (running) begun = scheduler.now();
      },
    }),
    learn,
    share(),
  );
  const trusted$ = judged$.pipe(filter((event) => !isSpeech(event)));
  const drafts$ = speech$.pipe(
    filter((event) => event.type === 'window'),
    // The end of a sentence is drafted at the pause; a heavy final takes longer than a draft.
    filter(({ window }) => isDrafted(window)),
    map(({ window }): FastItem => ({ window, rescue: false })),
  );
  const rescues$ = heavy$.pipe(
    filter(isLost),
    map(({ window }): FastItem => ({ window, rescue: true })),
  );
  const fast$ = merge(drafts$, rescues$).pipe(
    fastLane({
      caller: callerOf('fast', context, turn('fast')),
      state,
      mustYield: () => finals > 0 && (policy.yieldToFinal || scheduler.now() - begun < LONGEST_WAIT_MS),
      everyPause: trust.any,
    }),
    learn,
    // The heavy model's windows, and whether a draft is trusted, depend on what the merge has made of it.
    afterwards((event) => {
      trust.heard(event);
      drafted$.next(event);
    }),
  );
  return merge(fast$, trusted$, heavy$);
}
