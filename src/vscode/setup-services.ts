import type { Machine, Microphones, ModelLibrary } from '../core/ports';

/** What setting up needs from the machine side. */
export interface SetupServices {
  readonly microphones: Microphones;
  readonly models: ModelLibrary;
  readonly machine: Machine;
  /** The computer whose microphone is heard, if that may not be the one in front of the user. */
  readonly computer?: string | undefined;
  /** Platform as Node names it. */
  readonly platform: NodeJS.Platform;
}
