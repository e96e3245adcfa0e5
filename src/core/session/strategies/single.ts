import { map, mergeMap } from 'rxjs';
import { COMMIT_SURE } from '../../transcript/agreement';
import { heavyLane } from '../../windows/heavy-lane';
import type { TranscriberEvent } from '../../windows/transcriber';
import { ALWAYS } from '../../windows/turns';
import type { SpeechEvent } from '../../windows/windower';
import { callerOf, isLost, learning } from './lanes';
import type { Strategy } from './strategy';

/**
 * One model that drafts and confirms: it hears every window, as far as it keeps up. Of its words those are committed that it is
 * sure of and says twice in a row; the rest is the draft, until its final pass over the utterance.
 */
export const single: Strategy = {
  // Measured with 0.9 instead (`npm run bench -- strategies`): just as many errors, and the text is confirmed later.
  sure: COMMIT_SURE,
  transcribe: (speech$, context) => {
    const { state, speculation, finalsOnly } = context;
    return speech$.pipe(
      map(forOneModel),
      heavyLane({
        caller: callerOf('heavy', context, ALWAYS),
        state,
        // Nobody else drafts: as often as it can.
        interval: () => 0,
        finalsOnly,
        speculation,
      }),
      learning(context),
      // Nobody else can be asked.
      mergeMap((event): TranscriberEvent[] =>
        isLost(event) ? [event, { type: 'unconfirmed', window: event.window }] : [event],
      ),
    );
  },
};

/** Every window is the one model's. */
function forOneModel(event: SpeechEvent): SpeechEvent {
  return event.type === 'window' ? { ...event, window: { ...event.window, heavy: true } } : event;
}
