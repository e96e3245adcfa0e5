import type { InputLevel } from '../core/audio/input-level';
import type { Translate } from './l10n-templates';
import { decibels } from './level-bars';
import { permissionFix, selectMicrophone, volumeFix } from './setup-fixes';
import type { CheckResult } from './setup-results';

/** Digital zeros for so long come from a muted or forbidden microphone: any real one has a noise floor. */
const ZEROS_MS = 1_500;
/** Speech whose peaks stay under this before gain is too quiet to be heard well; as the pipeline's own warning. */
const QUIET_PEAK = 0.05;
/** Speech stands out from the noise around it by more than this. */
const SPEECH_ABOVE_FLOOR_DB = 10;

/** What the level of a microphone, which was listened to while somebody was asked to speak, says of it. Pure. */
export function judgeLevel(
  level: InputLevel | undefined,
  platform: NodeJS.Platform,
  t: Translate,
): CheckResult {
  const base = { id: 'level' as const, title: t('Level') };
  const choose = selectMicrophone(t);
  if (!level)
    return { ...base, state: 'failed', detail: t('The microphone delivered no sound.'), fix: choose };
  if (level.peak === 0 && level.heardMs >= ZEROS_MS)
    return {
      ...base,
      state: 'failed',
      detail: silence(platform, t),
      fix: permissionFix(platform, t) ?? choose,
    };
  const loudness = t('peak {0} dB, background {1} dB', db(level.peak), db(level.floor));
  if (level.clipped)
    return {
      ...base,
      state: 'warning',
      detail: `${t('The microphone is overdriven. Lower the input volume.')} (${loudness})`,
      fix: volumeFix(platform, t),
    };
  if (decibels(level.loudest) - decibels(level.floor) < SPEECH_ABOVE_FLOOR_DB)
    return {
      ...base,
      state: 'warning',
      detail: `${t('Nobody was heard to speak. Check again and speak, or choose another microphone.')} (${loudness})`,
      fix: choose,
    };
  if (level.peak < QUIET_PEAK)
    return {
      ...base,
      state: 'warning',
      detail: `${t('You are hard to hear. Come closer, or raise the input volume.')} (${loudness})`,
      fix: volumeFix(platform, t),
    };
  return { ...base, state: 'ok', detail: loudness };
}

/** Digital zeros: the system keeps the microphone from us, or it is muted. */
function silence(platform: NodeJS.Platform, t: Translate): string {
  switch (platform) {
    case 'darwin':
      return t(
        'The microphone delivers pure silence: macOS does not let this editor listen, or it is muted. Allow it in System Settings → Privacy & Security → Microphone, then quit and reopen the editor.',
      );
    case 'win32':
      return t(
        'The microphone delivers pure silence: it is muted, or Windows does not let desktop apps listen. Check Settings → Privacy & security → Microphone.',
      );
    default:
      return t(
        'The microphone delivers pure silence: it is muted, or it is the wrong one. Unmute it in the sound settings, or choose another one.',
      );
  }
}

function db(magnitude: number): number {
  return Math.round(decibels(magnitude));
}
