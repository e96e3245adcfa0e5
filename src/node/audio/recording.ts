import { installCommand, thisSystem } from './install-hint';

/** What only somebody needs who opens the microphone, or looks at the microphones there are: a file of its own in the bundle. */
export { listInputDevices } from './devices/list';
export { createMicrophone } from './microphone';

/** The command that installs a recorder program on this system; undefined if none is known. */
export async function recorderInstallCommand(): Promise<string | undefined> {
  return installCommand(await thisSystem());
}
