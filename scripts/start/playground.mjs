import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE } from '../setup/paths.mjs';

/** Everything that belongs to `npm start`: git-ignored, kept between starts, may be deleted at any time. */
export const START_HOME = path.join(CACHE, 'start');

/** A name that VS Code opens by itself, as text, when it opens the folder (setting `workbench.startupEditor`). */
const NOTES = 'readme-notes.txt';

const TEXT = `Notes

Click on the empty line at the end, press F1, and run
"Dictation: Start Dictation". Dimmed text is a draft;
solid text is confirmed and stays.
No microphone? Run "Dictation: Dictate a Recording…".

The built-in models know about a thousand words. For
real dictation run "Dictation: Download Models".

`;

/** User settings for trying out, on top of the quiet ones. */
export const PLAY_SETTINGS = {
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  // The playground lies inside the repository, which is not what the user is here for.
  'git.openRepositoryInParentFolders': 'never',
  'workbench.startupEditor': 'readme',
};

/**
 * A folder to play in, with a file of notes. What the user wrote there stays.
 * @returns {Promise<{ folder: string, notes: string }>}
 */
export async function preparePlayground() {
  const folder = path.join(START_HOME, 'playground');
  await mkdir(folder, { recursive: true });
  const notes = path.join(folder, NOTES);
  await writeFile(notes, TEXT, { flag: 'wx' }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return { folder, notes };
}
