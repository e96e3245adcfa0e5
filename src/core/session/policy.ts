import type { PipelinePolicy } from '../session-types';
import { TRUST_NOTHING } from './strategies/trust';

/** How the pipeline decides unless told otherwise. */
export const DEFAULT_POLICY: PipelinePolicy = {
  agreement: true,
  speculate: true,
  prompt: true,
  glossary: () => '',
  allCoresUpTo: 0,
  yieldToFinal: false,
  skipConfirmAbove: TRUST_NOTHING,
};
