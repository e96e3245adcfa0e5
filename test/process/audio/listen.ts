// Run as a bundled child process by the tests: listens to the microphone and prints one JSON line a frame.
import { rmsOf } from '../../../src/core/audio/levels';
import { isDictationError } from '../../../src/core/errors';
import { createMicrophone, type RecorderProgram } from '../../../src/node/audio/microphone';

const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const fail = (error: unknown) => {
  print({ error: isDictationError(error) ? error.code : String(error) });
  process.exitCode = 3;
  process.stdin.destroy();
};
const programs: readonly string[] = ['sox', 'rec', 'arecord'] satisfies RecorderProgram[];
const isProgram = (name: string): name is RecorderProgram => programs.includes(name);

const [, , wanted = 'auto'] = process.argv;
createMicrophone({ program: isProgram(wanted) ? wanted : 'auto', log: silent }).then(({ frames$ }) => {
  const listening = frames$.subscribe({
    next: ({ start, samples }) => print({ start, rms: rmsOf(samples) }),
    error: fail,
  });
  // The parent closes the pipe: stop listening; the process has to end by itself then.
  process.stdin.on('end', () => listening.unsubscribe()).resume();
}, fail);
