import { Consent, type ModelAccess } from '../../../src/vscode/cleanup/consent';

/** What is said, and what a language model makes of it. */
export const HEARD = 'So um we rename the file.';
export const CLEAN = 'So we rename the file.';

/** Nobody needs to be asked. */
export const ALLOWED: Pick<Consent, 'has' | 'ask'> = { has: () => true, ask: () => Promise.resolve() };

/**
 * Somebody does.
 * @param says what VS Code says of consent: yes of every model in this version, and nothing is known in older ones
 */
export function unasked(says: () => boolean | undefined = () => true): Consent {
  const access: ModelAccess = { canSendRequest: says, onDidChange: () => ({ dispose: () => undefined }) };
  return new Consent(access);
}
