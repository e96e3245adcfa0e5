export { createSession } from './session/session';
export { DEFAULT_POLICY } from './session/policy';
