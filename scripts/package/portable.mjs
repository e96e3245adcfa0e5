import path from 'node:path';
import { say, SetupError } from '../setup/say.mjs';
import { readSystemNeeds, unportable } from './glibc.mjs';
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
    const needs = await readSystemNeeds(path.join(folder, 'smart-whisper.node'));
    const name = path.basename(folder);
    const others = needs.libraries.length > 0 ? ` and ${needs.libraries.join(', ')}` : '';
    say(`${name} needs glibc ${needs.glibc}${others}`);
    const reason = unportable(needs, MAX_GLIBC);
    if (strict && reason)
      throw new SetupError(
        `${name} would not load on systems that VS Code runs on: ${reason}.`,
        'Build it in a container with an old glibc and a static C++ runtime, as .github/workflows/release.yml does.',
      );
  }
}
