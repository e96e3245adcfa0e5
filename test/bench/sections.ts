import { accuracy } from './accuracy/section';
import { engine } from './engine/section';
import { latency } from './latency/section';
import type { Section } from './section';
import { soak } from './soak/section';
import { startup } from './startup/section';
import { strategies } from './strategies';
import { text } from './text';
import { vocabulary } from './vocabulary';

/** All sections, in the order in which they run: first those that tell times, then those in imagined time. */
export const SECTIONS: readonly Section[] = [
  engine,
  latency,
  startup,
  text,
  vocabulary,
  soak,
  accuracy,
  strategies,
];
