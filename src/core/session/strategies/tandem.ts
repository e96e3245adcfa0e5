import { COMMIT_SURE } from '../../transcript/agreement';
import { ALWAYS } from '../../windows/turns';
import type { Strategy } from './strategy';
import { twoModels } from './two-models';

/** Both models side by side: neither waits for the other. */
export const tandem: Strategy = {
  sure: COMMIT_SURE,
  transcribe: (speech$, context) =>
    twoModels(speech$, context, {
      turn: () => ALWAYS,
      waits: () => false,
      yieldToFinal: context.policy.yieldToFinal,
    }),
};
