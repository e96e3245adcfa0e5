import { COMMIT_SURE } from '../../transcript/agreement';
import { ALWAYS } from '../../windows/turns';
import type { Strategy } from './strategy';
import { twoModels } from './two-models';

/** Both models side by side, but for final passes that take all cores: the draft of the pause comes before them, others wait. */
export const tandem: Strategy = {
  sure: COMMIT_SURE,
  transcribe: (speech$, context) =>
    twoModels(speech$, context, {
      turn: () => ALWAYS,
      waits: ({ final }) => final && context.policy.finalAfterDraft,
      yieldToFinal: context.policy.yieldToFinal,
    }),
};
