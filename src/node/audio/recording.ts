/** What only somebody needs who opens the microphone, or looks at the microphones there are: a file of its own in the bundle. */
export { listInputDevices } from './devices/list';
export { createMicrophone } from './microphone';
