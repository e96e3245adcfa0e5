import {
  filter,
  map,
  merge,
  type MonoTypeOperatorFunction,
  NEVER,
  type Observable,
  share,
  Subject,
  tap,
} from 'rxjs';
import type { Role, Window } from '../../model';
import { afterDrafts, isDrafted } from '../../windows/after-drafts';
import { afterwards } from '../../windows/afterwards';
import type { DraftWatch } from '../../windows/draft-watch';
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
  /** Windows that the heavy model takes only once the fast one is done with them. */
  readonly waits: (window: Window) => boolean;
  /** What is known of drafts under way: windows wait for none that is late; absent where the models take turns, late or not. */
  readonly drafts?: DraftWatch;
  /** Which final passes have all cores, decided for each window before `waits` is asked; absent where the models take turns anyway. */
  readonly room?: FinalRoom;
}

/**
 * A fast model that drafts and a heavy one that confirms. What the heavy model fails to confirm goes back to the fast one; what
 * the fast one is sure enough of never gets to the heavy one.
 */
export function twoModels(
  speech$: Observable<SpeechEvent>,
  context: StrategyContext,
  { turn, waits, drafts, room }: Sharing,
): Observable<TranscriberEvent> {
  const { engines, state, policy } = context;
  const trust = new TrustedDrafts(policy.skipConfirmAbove, state);
  const learn = learning(context, room);
  const drafted$ = new Subject<TranscriberEvent>();

  const opened$ = speech$.pipe(
    tap((event) => {
      if (event.type === 'window') room?.opened(event.window);
    }),
  );

  // No draft comes, and none is in the way, while the fast model loads: that may take minutes.
  let canDraft = false;
  const canDraft$ = engines.fast.state$.pipe(tap(({ phase }) => (canDraft = phase === 'ready')));
  const judged$ = afterDrafts(
    opened$,
    drafted$,
    (window) => canDraft && !drafts?.late && (waits(window) || (trust.any && window.final)),
    merge(canDraft$, drafts?.late$ ?? NEVER),
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
      ...(room && { finals: room }),
    }),
    learn,
    withoutPass(room),
    share(),
  );
  const trusted$ = judged$.pipe(
    filter((event) => !isSpeech(event)),
    withoutPass(room),
  );
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
      caller: callerOf('fast', context, drafts?.watched(turn('fast')) ?? turn('fast')),
      state,
      mustYield: () => room?.keepsDraftsWaiting ?? false,
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

/** Windows that get no pass of the heavy model need no room. */
function withoutPass(room: FinalRoom | undefined): MonoTypeOperatorFunction<TranscriberEvent> {
  return tap((event) => {
    if (event.type === 'dropped' || event.type === 'trusted') room?.over(event.window);
  });
}
