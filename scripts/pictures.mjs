// `npm run pictures`: takes the pictures of the README anew (media/readme/) and draws the icon, in a real VS Code without a
// display. Look at them before committing.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepareTests } from './setup/prepare.mjs';
import { runEntry } from './setup/say.mjs';
import { bundleHostTests, HOST_OUT } from './test/bundle.mjs';

await runEntry(async () => {
  await prepareTests({ product: true, purpose: 'host' });
  await bundleHostTests();
  /** @type {typeof import('../test/host/pictures/pictures.ts')} */
  const { takePictures } = await import(pathToFileURL(path.join(HOST_OUT, 'pictures.mjs')).href);
  await takePictures();
  return 0;
});
