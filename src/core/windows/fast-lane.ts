import { concat, defer, EMPTY, type Observable, of, type OperatorFunction, tap } from 'rxjs';
import type { DropReason, Window } from '../model';
import type { TranscriptState } from '../transcript/state';
import { msToSamples } from '../units';
import { latestWins } from './lane';
import { isDecided, isHeldBack, unheardFront } from './scope';
import {
  callEach,
  type Caller,
  callOnce,
  callTwice,
  free,
  hasVoice,
  MIN_VOICED,
  pieces,
  type TranscriberEvent,
} from './transcriber';

/** A draft is made anew only when so much more was said; at a pause, for anything that was. */
const MIN_NEW_VOICED = msToSamples(200);

/** Work for the fast model: a draft, or the last chance of an utterance that the heavy model could not confirm. */
export interface FastItem {
  readonly window: Window;
  readonly rescue: boolean;
}

/** What the fast lane asks of its surroundings. */
export interface FastLaneOptions {
  readonly caller: Caller;
  readonly state: () => TranscriptState;
  /** True while a final pass needs all cores. */
  readonly mustYield: () => boolean;
  /** Draft at every pause, even if all of it was drafted while it was spoken: only then is it known how the sentence ends. */
  readonly everyPause: boolean;
}

/** How much of an utterance a call was given. */
type Voiced = Pick<Window, 'utteranceId' | 'voiced'>;

const NOTHING: Voiced = { utteranceId: 0, voiced: 0 };

/** Drafts: latest wins, only when enough new speech arrived. A rescue is never dropped and ends with `unconfirmed`. */
export function fastLane(options: FastLaneOptions): OperatorFunction<FastItem, TranscriberEvent> {
  const { caller, state } = options;
  return (items$) => {
    /** The last call that was made, and the last that was answered. */
    let asked: Voiced = NOTHING;
    let answered: Voiced = NOTHING;
    /** The last pause that there was. */
    let paused: Voiced = NOTHING;

    const newSince = (last: Voiced, window: Window) =>
      window.voiced - (last.utteranceId === window.utteranceId ? last.voiced : 0);

    /** True for a window with no more speech than the pause before it: it must not take the place of the pause's own draft. */
    const isSilence = ({ speculative, utteranceId, voiced }: Window) =>
      !speculative && utteranceId === paused.utteranceId && voiced <= paused.voiced;

    const leastNew = ({ speculative }: Window) => {
      if (!speculative) return MIN_NEW_VOICED;
      return options.everyPause ? 0 : 1;
    };

    const refuse = ({ window, rescue }: FastItem): DropReason | undefined => {
      if (rescue) return undefined;
      if (isDecided(state(), window)) return 'decided';
      if (!hasVoice(window)) return 'little-voice';
      if (isSilence(window) || newSince(asked, window) < leastNew(window)) return 'nothing-new';
      return options.mustYield() ? 'yielded' : undefined;
    };

    const heard = (window: Window, calls: typeof callOnce): Observable<TranscriberEvent> => {
      asked = window;
      return calls(caller, window).pipe(
        tap(({ type }) => {
          if (type === 'heard') asked = answered = window;
          // Else the next window would be taken for one with nothing new.
          else if (type === 'failed') asked = answered;
        }),
      );
    };

    // First the end, if the draft lacks it, then backwards whatever was said before the first draft.
    const rescue = (window: Window): Observable<TranscriberEvent> => {
      const unconfirmed = of<TranscriberEvent>({ type: 'unconfirmed', window });
      if (!hasVoice(window)) return unconfirmed;
      // More than the window was heard where a split cut the utterance: which words lie behind it is only a guess.
      const isDrawn = newSince(answered, window) === 0 && !isHeldBack(state(), window);
      const end = isDrawn ? EMPTY : heard(window, callTwice);
      const front = defer(() => {
        const unheard = unheardFront(state(), window);
        if (unheard.end - unheard.start < MIN_VOICED) return EMPTY;
        return callEach(caller, window, [...pieces(unheard, caller.engine.longestWindow)].reverse());
      });
      return concat(end, front, unconfirmed);
    };

    const project = ({ window, rescue: last }: FastItem) => (last ? rescue(window) : heard(window, callOnce));

    return items$.pipe(
      tap(({ window }) => {
        if (window.speculative) paused = window;
      }),
      latestWins<FastItem, TranscriberEvent>({
        project,
        refuse,
        dropped: ({ window }, reason) => ({ type: 'dropped', role: 'fast', window, reason }),
        isUrgent: (item) => item.rescue,
        supersedes: (newer, item) => newer.window.utteranceId === item.window.utteranceId,
        open$: free(caller),
      }),
    );
  };
}
