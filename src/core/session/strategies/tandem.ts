import { COMMIT_SURE } from '../../transcript/agreement';
import { ALWAYS } from '../../windows/turns';
import type { Strategy } from './strategy';
import { twoModels } from './two-models';

/** Both models side by side; only a final pass that takes all cores waits for the draft of its pause. */
export const tandem: Strategy = {
  sure: COMMIT_SURE,
  transcribe: (speech$, context) =>
    twoModels(speech$, context, {
      turn: () => ALWAYS,
      waits: ({ final }) => final && context.policy.finalAfterDraft,
      yieldToFinal: context.policy.yieldToFinal,
    }),
};
