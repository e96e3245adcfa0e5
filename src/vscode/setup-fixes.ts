import type { DictationError } from '../core/errors';
import { COMMANDS } from './command-ids';
import type { Translate } from './l10n-templates';
import type { Fix } from './setup-results';

/** What helps with what. Pure. */

/** Where the system hides its switch for microphones, and the volume of the one in use; Linux has no address for them. */
const SYSTEM_PAGES: Partial<
  Record<NodeJS.Platform, { readonly permission: string; readonly sound: string }>
> = {
  darwin: {
    permission: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone',
    sound: 'x-apple.systempreferences:com.apple.preference.sound?input',
  },
  win32: { permission: 'ms-settings:privacy-microphone', sound: 'ms-settings:sound' },
};

/** For systems whose package manager is not known. */
const SOX_PAGE = 'https://sourceforge.net/projects/sox/';

export function selectMicrophone(t: Translate): Fix {
  return { kind: 'command', title: t('Select Microphone'), command: COMMANDS.selectMicrophone };
}

export function manageModels(t: Translate): Fix {
  return { kind: 'command', title: t('Manage Models'), command: COMMANDS.manageModels };
}

/** The page of the system's settings where microphones are allowed, if it has one. */
export function permissionFix(platform: NodeJS.Platform, t: Translate): Fix | undefined {
  const uri = SYSTEM_PAGES[platform]?.permission;
  return uri ? { kind: 'link', title: t('Open Privacy Settings'), uri } : undefined;
}

/** Where the input volume is set; without such a page, the list of microphones, which shows the level. */
export function volumeFix(platform: NodeJS.Platform, t: Translate): Fix {
  const uri = SYSTEM_PAGES[platform]?.sound;
  return uri ? { kind: 'link', title: t('Open Sound Settings'), uri } : selectMicrophone(t);
}

/** @param command that installs a recorder program; undefined if none is known */
export function recorderFix(command: string | undefined, t: Translate): Fix {
  return command === undefined
    ? { kind: 'link', title: t('Get SoX'), uri: SOX_PAGE }
    : { kind: 'copy', title: t('Copy Command'), text: command };
}

/** What the fix for a microphone depends on. */
export interface MicrophoneFacts {
  readonly platform: NodeJS.Platform;
  /** Recorder programs that are installed. */
  readonly recorders: readonly string[];
  /** Installs one. */
  readonly installCommand: string | undefined;
}

/** A microphone could not be opened because of `error`. */
export function microphoneFix(error: DictationError, facts: MicrophoneFacts, t: Translate): Fix {
  const { platform, recorders, installCommand } = facts;
  if (error.code === 'recorder-missing') {
    if (recorders.length === 0) return recorderFix(installCommand, t);
    // There are others than the one that was chosen.
    return { kind: 'setting', title: t('Open Setting'), setting: 'microphone.recorder' };
  }
  const permission = /not allow/.test(error.message) ? permissionFix(platform, t) : undefined;
  return permission ?? selectMicrophone(t);
}

/** The engines could not be started because of `error`. */
export function enginesFix({ area }: DictationError, t: Translate): Fix {
  if (area === 'model') return manageModels(t);
  // Only the log says what the engines themselves said last.
  return { kind: 'command', title: t('Show Log'), command: COMMANDS.showLog };
}
