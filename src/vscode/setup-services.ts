import type { Machine, Microphones, ModelLibrary } from '../core/ports';

/** What setting up needs from the machine side. */
export interface SetupServices {
  readonly microphones: Microphones;
  readonly models: ModelLibrary;
  readonly machine: Machine;
  /** Platform as Node names it. */
  readonly platform: NodeJS.Platform;
}
