import { COMMIT_SURE } from '../../transcript/agreement';
import { DraftWatch } from '../../windows/draft-watch';
import { ALWAYS } from '../../windows/turns';
import type { Strategy } from './strategy';
import { FinalRoom } from './final-room';
import { twoModels } from './two-models';

/**
 * Both models side by side, but for final passes that are quick with all cores: the draft of the pause comes before them
 * unless it is late, others wait.
 * An utterance that the heavy model has lost is the exception: its last draft waits for nobody.
 */
export const tandem: Strategy = {
  sure: COMMIT_SURE,
  transcribe: (speech$, context) => {
    const drafts = new DraftWatch(context.scheduler);
    const room = new FinalRoom(context, drafts);
    return twoModels(speech$, context, {
      turn: () => ALWAYS,
      waits: (window) => room.isGiven(window),
      drafts,
      room,
    });
  },
};
