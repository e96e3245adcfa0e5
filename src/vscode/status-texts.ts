import type { ListeningWarning } from '../core/model';
import type { Translate } from './l10n-templates';

/** What the view is written with. */
export interface StatusTexts {
  readonly t: Translate;
  /** Translates a text that the core has put together. */
  readonly translated: (text: string) => string;
}

/** What a warning of the listening says: an icon and a few words for the status bar, a sentence for those who ask. */
export function warningTexts(warning: ListeningWarning, t: Translate) {
  switch (warning) {
    case 'silent-microphone':
      return {
        icon: '$(mute)',
        short: t('No sound'),
        long: t(
          'The microphone delivers pure silence. It may be muted, or the system does not let VS Code listen.',
        ),
      };
    case 'quiet':
      return {
        icon: '$(warning)',
        short: t('Too quiet'),
        long: t('You are hard to hear. Come closer, or raise the input volume.'),
      };
    case 'clipping':
      return {
        icon: '$(warning)',
        short: t('Too loud'),
        long: t('The microphone is overdriven. Lower the input volume.'),
      };
  }
}

/** A time in seconds, e.g. `1.2 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
