import { COMMIT_SURE } from '../../transcript/agreement';
import { Turns } from '../../windows/turns';
import type { Strategy } from './strategy';
import { twoModels } from './two-models';

/**
 * One after the other: the heavy model hears a stretch once the fast one is done with it, and never do both work at once. Each
 * then has all cores and the whole memory bandwidth to itself, where there is too little of them for two.
 */
export const cascaded: Strategy = {
  sure: COMMIT_SURE,
  transcribe: (speech$, context) => {
    const turns = new Turns();
    return twoModels(speech$, context, {
      turn: (role) => turns.of(role),
      waits: () => true,
    });
  },
};
