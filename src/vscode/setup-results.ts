import type { CommandId } from './command-ids';

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
  /** A page of the system's settings. */
  | { readonly kind: 'link'; readonly title: string; readonly uri: string };

/** What one check came to. `skipped`: it could not be made, because another one failed. */
export interface CheckResult {
  readonly id: CheckId;
  readonly title: string;
  readonly state: 'running' | 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found and what to do about it. */
  readonly detail: string;
  readonly fix?: Fix;
}

/** `result` in the place of the former one with the same id, in the order of {@link CHECKS}. */
export function withResult(results: readonly CheckResult[], result: CheckResult): readonly CheckResult[] {
  return CHECKS.flatMap((id) => (id === result.id ? [result] : results.filter((one) => one.id === id)));
}
