import type { Level, ListeningWarning } from '../model';
import { FRAME_SAMPLES, msToSamples } from '../units';
import { CLIPPED_PEAK } from './levels';

/** Speech whose peaks stay under this (before gain) is too quiet to be heard well. */
const QUIET_PEAK = 0.05;
/** Speech above this is loud enough again; 3 dB higher, so that the warning does not flutter. */
const QUIET_CLEARED_PEAK = 0.07;
/** Speech (pauses not counted) that has to be quiet before the warning, and loud before it goes. */
const QUIET_SAMPLES = msToSamples(2_000);
const QUIET_CLEARED_SAMPLES = msToSamples(300);

/** Digital zeros for so long come from a muted or forbidden microphone: any real one has a noise floor. */
const SILENT_SAMPLES = msToSamples(3_000);

/** So many clipped frames within the span are a level that is too high, and not one knock on the desk. */
const CLIPPED_FRAMES = 5;
const CLIPPED_SPAN_SAMPLES = msToSamples(2_000);
/** Without a clipped frame for so long the warning goes. */
const CLIPPED_CLEARED_SAMPLES = msToSamples(5_000);

/** A warning that has begun or ended. */
export interface WarningChange {
  readonly warning: ListeningWarning;
  readonly active: boolean;
}

/** Watches the input level and tells each problem once when it begins and once when it is over. */
export class ListeningMonitor {
  private readonly active = new Set<ListeningWarning>();
  private quietSamples = 0;
  private loudSamples = 0;
  private zeroSamples = 0;
  /** Starts of the latest clipped frames, oldest first; at most {@link CLIPPED_FRAMES}. */
  private clipped: number[] = [];

  /** Takes the level of one frame and whether it was speech. */
  push(level: Level, voiced: boolean): WarningChange[] {
    return [
      ...this.change('quiet', this.isQuiet(level, voiced)),
      ...this.change('silent-microphone', this.isSilent(level)),
      ...this.change('clipping', this.isClipping(level)),
    ];
  }

  private isQuiet({ inputPeak }: Level, voiced: boolean): boolean {
    if (voiced) {
      this.quietSamples = inputPeak < QUIET_PEAK ? this.quietSamples + FRAME_SAMPLES : 0;
      // Quiet frames between loud ones are normal speech: they do not reset this count, only a fresh warning does.
      if (inputPeak >= QUIET_CLEARED_PEAK) this.loudSamples += FRAME_SAMPLES;
    }
    if (!this.active.has('quiet')) {
      this.loudSamples = 0;
      return this.quietSamples >= QUIET_SAMPLES;
    }
    return this.loudSamples < QUIET_CLEARED_SAMPLES;
  }

  private isSilent({ inputPeak }: Level): boolean {
    this.zeroSamples = inputPeak === 0 ? this.zeroSamples + FRAME_SAMPLES : 0;
    return this.zeroSamples >= SILENT_SAMPLES;
  }

  private isClipping({ start, inputPeak }: Level): boolean {
    if (inputPeak >= CLIPPED_PEAK) this.clipped = [...this.clipped, start].slice(-CLIPPED_FRAMES);
    const latest = this.clipped.at(-1);
    if (latest === undefined) return false;
    if (this.active.has('clipping')) return start - latest < CLIPPED_CLEARED_SAMPLES;
    return (
      this.clipped.length === CLIPPED_FRAMES && start - (this.clipped[0] ?? start) < CLIPPED_SPAN_SAMPLES
    );
  }

  private change(warning: ListeningWarning, active: boolean): WarningChange[] {
    if (active === this.active.has(warning)) return [];
    if (active) this.active.add(warning);
    else this.active.delete(warning);
    return [{ warning, active }];
  }
}
