import { Consent, type ModelAccess } from '../../../src/vscode/cleanup/consent';

/** What is said, and what a language model makes of it. */
export const HEARD = 'So um we rename the file.';
export const CLEAN = 'So we rename the file.';

/** What VS Code says of consent; to extensions only, which the tests are not. */
const access = (canSendRequest: ModelAccess['canSendRequest']): ModelAccess => ({
  canSendRequest,
  onDidChange: () => ({ dispose: () => undefined }),
});
/** Nobody needs to be asked. */
export const ALLOWED = new Consent(access(() => true));
/** Somebody does. */
export const unasked = () => new Consent(access(() => undefined));
