import type { CheckResult } from './setup-results';

/** What stands at the head of a report. */
export interface ReportFacts {
  readonly extension: string;
  readonly editor: string;
  readonly system: string;
  readonly cores: number;
  readonly memoryBytes: number;
}

/** What must not leave the machine. */
export interface PrivateData {
  /** Names of the user and of the machine, the home folder, and ids and names of devices. */
  readonly words: readonly string[];
}

const GIB = 1024 ** 3;
const MARKS = { ok: '✓', warning: '!', failed: '✗', skipped: '–', running: '…' } as const;

/** The report as Markdown, for a bug report. Without private data. Pure. */
export function reportText(
  facts: ReportFacts,
  results: readonly CheckResult[],
  secrets: PrivateData,
): string {
  const lines = [
    '### Tandem Dictation: setup',
    '',
    `- Tandem Dictation ${facts.extension}, ${facts.editor}`,
    `- ${facts.system}, ${facts.cores} cores, ${Math.round(facts.memoryBytes / GIB)} GiB`,
    '',
    ...results.map(({ state, title, detail }) => `- ${MARKS[state]} **${title}** ${detail}`),
    '',
  ];
  return withoutPrivateData(lines.join('\n'), secrets);
}

/** Absolute paths: all but the name of the file goes. A drive, a share or a slash at the beginning of a word. */
const PATHS = /(^|[\s"'(=:])((?:[A-Za-z]:[\\/]|\\\\|~?\/)(?:[^\s"'()<>|:]*[\\/])?)([^\s"'()<>|:\\/]*)/g;
/** Device ids of PulseAudio and ALSA, which hold serial numbers. */
const DEVICE_IDS = /\b(?:alsa|bluez|usb)_(?:input|output|card)\.[^\s"',;)]+/g;
/** E-mail addresses, and hardware addresses of Bluetooth devices. */
const ADDRESSES = /[\w.+-]+@[\w-]+\.[\w.-]+|\b(?:[0-9A-F]{2}[:_-]){5}[0-9A-F]{2}\b/gi;
/** Shorter words are part of too many others. */
const SHORTEST_SECRET = 3;

/** Takes paths, device ids, addresses and the given words out of a text. */
export function withoutPrivateData(text: string, { words }: PrivateData): string {
  let clean = text;
  // The home folder, which may hold blanks, before the paths, which end at one.
  const longestFirst = [...words].sort((a, b) => b.length - a.length);
  for (const word of longestFirst) {
    if (word.length >= SHORTEST_SECRET) clean = clean.replaceAll(word, '<private>');
  }
  clean = clean
    .replace(DEVICE_IDS, '<device>')
    .replace(ADDRESSES, '<address>')
    .replace(PATHS, (_, before: string, _folder: string, name: string) => `${before}…/${name}`);
  return clean;
}
