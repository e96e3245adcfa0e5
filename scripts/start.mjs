// `npm start`: VS Code with the extension, ready to dictate, on a fresh clone too. With a display it opens a window,
// without one it serves VS Code to a browser. Ctrl-C ends everything that was started.
import { banner } from './start/banner.mjs';
import { findDesktopVscode, openDesktop } from './start/desktop.mjs';
import { checkMicrophone } from './start/microphone.mjs';
import { hasDisplay, parseStartOptions } from './start/options.mjs';
import { preparePlayground } from './start/playground.mjs';
import { openWeb } from './start/web.mjs';
import { prepare } from './setup/prepare.mjs';
import { runEntry, say } from './setup/say.mjs';

await runEntry(async () => {
  const options = parseStartOptions(process.argv.slice(2));
  await prepare('microphone');
  const playground = await preparePlayground();
  const microphone = await checkMicrophone();
  const interrupted = nextInterrupt();

  const program =
    !options.web && hasDisplay(process.platform, process.env) ? await findDesktopVscode() : undefined;
  if (!program && !options.web) say('There is no VS Code to open in a window here: serving it to a browser.');
  const opened = program
    ? await openDesktop(program, playground)
    : await openWeb({ folder: playground.folder, port: options.port });
  try {
    console.log(banner({ url: opened.url, microphone }));
    if (!options.exitAfterReady) await Promise.race([interrupted, opened.ended]);
  } finally {
    await opened.stop();
  }
  return 0;
});

/**
 * Resolves when the user or the system asks this process to end. A second request ends it at once.
 * @returns {Promise<void>}
 */
function nextInterrupt() {
  return new Promise((resolve) => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.once(signal, () => resolve());
  });
}
