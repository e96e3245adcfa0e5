import type { InputLevel } from '../core/audio/input-level';
import type { InputDevice } from '../core/ports';
import type { Translate } from './l10n-templates';
import { levelBar } from './level-bars';

/** A choice of microphone. `id` is empty for the system's default. */
export interface MicrophoneChoice {
  readonly id: string;
  readonly label: string;
  readonly description: string;
}

/** Digital zeros for so long come from a muted or forbidden microphone: any real one has a noise floor. */
const ZEROS_MS = 1_000;
/** Bars of the level. */
const BARS = 12;

/**
 * What there is to choose from: the system's default, the devices, and the one that is set now even if it is not plugged in.
 * Monitors stay out unless one is in use.
 */
export function microphoneChoices(
  devices: readonly InputDevice[],
  current: string,
  t: Translate,
): MicrophoneChoice[] {
  const standard = devices.find((device) => device.isDefault);
  const listed = devices.filter((device) => !device.isMonitor || device.isDefault || device.id === current);
  const choices = [
    { id: '', label: t('System Default'), description: standard?.name ?? '' },
    ...listed.map(({ id, name, isMonitor }) => ({
      id,
      label: name,
      description: isMonitor ? t('what the loudspeakers play') : '',
    })),
  ];
  if (current !== '' && !listed.some(({ id }) => id === current)) {
    choices.push({ id: current, label: current, description: t('not found now') });
  }
  return choices.map((choice) => ({
    ...choice,
    label: choice.id === current ? `$(check) ${choice.label}` : `$(blank) ${choice.label}`,
  }));
}

/** The title of the list while a microphone is heard: its latest levels, or what is wrong with it. */
export function levelTitle(latest: readonly InputLevel[], t: Translate): string {
  const now = latest.at(-1);
  const name = t('Microphone');
  if (!now) return `${name} · ${t('opening…')}`;
  if (now.zerosMs >= ZEROS_MS) return `${name} · ${t('no sound: muted, or not allowed')}`;
  const bars = latest.slice(-BARS).map(({ rms }) => levelBar(rms));
  return `${name} · ${bars.join('').padStart(BARS, levelBar(0))}`;
}
