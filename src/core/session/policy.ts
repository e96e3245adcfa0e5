import type { PipelinePolicy } from '../session-types';

/** How the pipeline decides unless told otherwise. */
export const DEFAULT_POLICY: PipelinePolicy = {
  agreement: true,
  speculate: true,
  prompt: true,
  glossary: () => '',
  yieldToFinal: false,
};
