/** What is read of a project, so that a large one costs no more than a small one. */
export interface IndexLimits {
  /** Files whose names are known. */
  readonly listed: number;
  /** Files that are read. */
  readonly files: number;
  /** Of one file; longer ones are generated or data. */
  readonly bytesPerFile: number;
  /** Of all files together. */
  readonly bytes: number;
  /** Names in memory, at about 2 KB each. */
  readonly names: number;
}

/** A project of some 300,000 lines fits; of a larger one the files nearest to where one dictates are known. */
export const INDEX_LIMITS: IndexLimits = {
  listed: 10_000,
  files: 2_000,
  bytesPerFile: 256 * 1024,
  bytes: 12 * 1024 * 1024,
  names: 20_000,
};

/** No text, or text that nobody writes by hand. Its file name is known all the same. */
const NOT_READ =
  /\.(?:png|jpe?g|gif|webp|avif|ico|icns|bmp|tiff?|svg|pdf|zip|t?gz|bz2|xz|zst|7z|rar|jar|war|whl|vsix|exe|dll|so|dylib|a|o|obj|lib|class|pyc|pyd|wasm|node|bin|dat|db|sqlite3?|onnx|pt|gguf|ggml|npy|npz|parquet|mp[34]|m4a|wav|flac|ogg|opus|webm|mov|avi|ttf|otf|woff2?|eot|map|snap|lock|log|csv|tsv|min\.(?:js|css|mjs))$/iu;
const LOCK_FILES: ReadonlySet<string> = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'go.sum',
]);
/** Style sheets and markup: names with dashes are one name there. */
const KEBAB = /\.(?:css|scss|sass|less|styl|html?|xhtml|vue|svelte|astro)$/iu;

/** Characters at the start that tell text from data. */
const LOOKED_AT = 4_096;
/** People break lines before this; a file whose lines are as long on average, or with one far longer, was made by a program. */
const AVERAGE_LINE = 250;
const LONGEST_LINE = 5_000;

/** True if a file of this name may hold names that people use. */
export function isWorthReading(fileName: string): boolean {
  return !NOT_READ.test(fileName) && !LOCK_FILES.has(fileName);
}

/** True if names with dashes count as one name. */
export function hasKebabNames(fileName: string): boolean {
  return KEBAB.test(fileName);
}

/** The text of a file; `undefined` if it is data, or text that a program has written. */
export function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.subarray(0, LOOKED_AT).includes(0)) return undefined;
  const text = new TextDecoder().decode(bytes);
  return isGenerated(text) ? undefined : text;
}

function isGenerated(text: string): boolean {
  let lines = 0;
  for (let start = 0; start < text.length; lines++) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    if (end - start > LONGEST_LINE) return true;
    start = end + 1;
  }
  return text.length > AVERAGE_LINE * 4 && text.length / lines > AVERAGE_LINE;
}
