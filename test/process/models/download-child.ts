/** A process of its own that downloads: `CATALOG EMBEDDED_DIR MODELS_DIR MIRROR NAME`; prints the last progress as JSON. */
import { lastValueFrom } from 'rxjs';
import { createModelStore } from '../../../src/node/models/store';

const [catalogPath = '', embeddedDir = '', modelsDir = '', mirror = '', name = ''] = process.argv.slice(2);
const quiet = (): void => undefined;
const store = createModelStore({
  catalogPath,
  embeddedDir,
  modelsDir,
  mirror: () => mirror,
  log: { error: quiet, warn: quiet, info: quiet, debug: quiet },
  tuning: { lock: { pollMs: 20, staleMs: 10_000 } },
});
lastValueFrom(store.download(name)).then(
  (progress) => console.log(JSON.stringify(progress)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
