import path from 'node:path';
import { say, SetupError } from '../setup/say.mjs';
import { compareVersions, readSystemNeeds } from './glibc.mjs';
import { MAX_GLIBC } from './targets.mjs';

/**
 * Says which Linux systems the compiled addons run on.
 * @param {readonly string[]} folders one per variant
 * @param {boolean} strict fail if they need more than a published package may
 * @returns {Promise<void>}
 */
export async function checkPortable(folders, strict) {
  if (process.platform !== 'linux') return;
  for (const folder of folders) {
    const { glibc, libraries } = await readSystemNeeds(path.join(folder, 'smart-whisper.node'));
    const name = path.basename(folder);
    say(`${name} needs glibc ${glibc}${libraries.length > 0 ? ` and ${libraries.join(', ')}` : ''}`);
    const fits = compareVersions(glibc, MAX_GLIBC) <= 0 && libraries.length === 0;
    if (strict && !fits)
      throw new SetupError(
        `${name} needs more than glibc ${MAX_GLIBC}, and would not load on systems that VS Code runs on.`,
        'Build it in a container with an old glibc and a static C++ runtime, as .github/workflows/release.yml does.',
      );
  }
}
