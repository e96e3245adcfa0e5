// Run as a bundled child process by the tests: `FOLDER` claims the microphone and prints what happens, until stdin ends.
import { MicrophoneLease } from '../../../src/node/audio/microphone-lease';

const silent = { error: () => {}, warn: console.error, info: () => {}, debug: () => {} };
const [, , folder = ''] = process.argv;
const lease = new MicrophoneLease({ folder, log: silent, onLost: () => console.log('lost') });
console.log('claimed');
process.stdin.on('data', () => void lease.whenAlone(60_000).then(() => console.log('alone')));
process.stdin.on('end', () => {
  lease.dispose();
  console.log('released');
});
