import { EngineHost } from './host';
import { loadWhisperModel, type ModelLoader } from './loader';

/** Exit code for a program that was started in a way it is not meant for. */
const EXIT_USAGE = 2;

/** Makes this process an engine: serves the parent on its IPC channel until the parent ends it, or ends. */
export function runEngineProcess(loadModel: ModelLoader = loadWhisperModel): void {
  if (!process.send) {
    process.stderr.write('This is the engine process of Tandem Dictation; it is started by the product.\n');
    process.exitCode = EXIT_USAGE;
    return;
  }
  // SIGKILL, not exit(): exit() waits for native threads, and nothing here needs to be saved.
  const exit = () => process.kill(process.pid, 'SIGKILL');
  const send = (message: object) => {
    // Fails only when the parent is gone; 'disconnect' then ends the process.
    process.send?.(message, undefined, undefined, () => undefined);
  };
  const host = new EngineHost({ send, exit }, loadModel);
  process.on('message', (message) => host.receive(message));
  // The parent ended, however it did: an engine without one must not stay.
  process.on('disconnect', exit);
  // Ctrl-C in a terminal, or closing it, reaches the whole group; the product decides when engines end, so that pending words
  // are confirmed.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
}
