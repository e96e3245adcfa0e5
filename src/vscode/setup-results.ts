import type { CommandId } from './command-ids';
import type { SettingName } from './setting-list';

/** What is checked, in this order. */
export const CHECKS = [
  'computer',
  'recorder',
  'microphone',
  'level',
  'fast',
  'heavy',
  'engines',
  'speed',
] as const;
export type CheckId = (typeof CHECKS)[number];

/** What helps. */
export type Fix =
  | { readonly kind: 'command'; readonly title: string; readonly command: CommandId }
  /** A page of the system's settings, or of the web. */
  | { readonly kind: 'link'; readonly title: string; readonly uri: string }
  /** A command for a terminal, to be copied: nothing is changed on the system but by its user. */
  | { readonly kind: 'copy'; readonly title: string; readonly text: string }
  | { readonly kind: 'setting'; readonly title: string; readonly setting: SettingName };

/** What was found; whatever is not as it should be comes with something that helps. */
export type Finding =
  | { readonly state: 'running' | 'ok'; readonly detail: string; readonly fix?: undefined }
  /** It could not be checked, because another check failed. */
  | { readonly state: 'skipped'; readonly detail: string; readonly fix?: undefined }
  | { readonly state: 'warning' | 'failed'; readonly detail: string; readonly fix: Fix };

/** What one check came to. `detail` says what was found and what to do about it. */
export type CheckResult = Finding & { readonly id: CheckId; readonly title: string };

/** `result` in the place of the former one with the same id, in the order of {@link CHECKS}. */
export function withResult(results: readonly CheckResult[], result: CheckResult): readonly CheckResult[] {
  return CHECKS.flatMap((id) => (id === result.id ? [result] : results.filter((one) => one.id === id)));
}
