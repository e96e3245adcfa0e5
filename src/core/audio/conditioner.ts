import type { Frame, Level } from '../model';
import type { ListeningOptions } from '../session-types';
import { SAMPLE_RATE } from '../units';
import { GainControl } from './gain-control';
import { HumFilter } from './hum-filter';
import { peakOf, rmsOf } from './levels';

/**
 * Corner of the high-pass that takes a constant offset out of the signal, Hz. So far below any voice that it does not even
 * turn its phase.
 */
const OFFSET_CORNER_HZ = 0.5;
const OFFSET_POLE = 1 - (2 * Math.PI * OFFSET_CORNER_HZ) / SAMPLE_RATE;

/** One frame made ready for the detector and the models. */
export interface Conditioned {
  /** Same position and length; the audio itself is never gated. */
  readonly frame: Frame;
  readonly level: Level;
  /** True if the frame is too quiet to begin speech: outside speech its probability of voice counts as 0. */
  readonly gated: boolean;
}

/** Hum filter, automatic gain, level meter and noise gate. With gain switched off the samples pass untouched. */
export class Conditioner {
  private readonly control: GainControl | undefined;
  private readonly hum = new HumFilter();
  /** State of the offset filter: its last input (none before the first sample) and output. */
  private lastInput: number | undefined;
  private lastOutput = 0;

  constructor(private readonly options: Pick<ListeningOptions, 'gain' | 'gate'>) {
    this.control = options.gain.enabled ? new GainControl(options.gain) : undefined;
  }

  /** Takes the next frame of the microphone. */
  push(frame: Frame): Conditioned {
    const { gate } = this.options;
    const samples = this.control ? this.control.apply(this.cleaned(frame.samples)) : frame.samples;
    const peak = peakOf(samples);
    const level: Level = {
      start: frame.start,
      peak,
      rms: rmsOf(samples),
      gain: this.control?.gain ?? 1,
      inputPeak: peakOf(frame.samples),
    };
    // As loud as it would be with the speaker's peaks at the target, whatever part of that gain the audio gets.
    const loudness = this.control ? (peak / this.control.gain) * this.control.fullGain : peak;
    return {
      frame: { start: frame.start, samples },
      level,
      gated: gate.enabled && loudness < gate.threshold,
    };
  }

  private cleaned(samples: Float32Array): Float32Array {
    return this.hum.apply(this.withoutOffset(samples));
  }

  /** One-pole high-pass (DC blocker, Julius O. Smith, "Introduction to Digital Filters"). */
  private withoutOffset(samples: Float32Array): Float32Array {
    const output = new Float32Array(samples.length);
    // The first frame's mean is the first guess of the offset: the filter takes a third of a second to find it.
    let input = this.lastInput ?? samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
    let last = this.lastOutput;
    for (let i = 0; i < samples.length; i++) {
      const sample = samples[i] ?? 0;
      last = sample - input + OFFSET_POLE * last;
      input = sample;
      output[i] = last;
    }
    this.lastInput = input;
    this.lastOutput = last;
    return output;
  }
}
