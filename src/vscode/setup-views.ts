/** What only somebody needs who sets dictation up: a file of its own in the bundle. */
export { selectMicrophone } from './microphones';
export { ModelManager } from './model-manager';
export { checkSetup } from './setup';
