import { readFile } from 'node:fs/promises';
import JSZip from 'jszip';

/** A file in a package. */
export interface PackedFile {
  /** Path below the extension's folder. */
  readonly name: string;
  readonly content: Buffer;
}

/** What a VSIX installs, sorted by name; the packaging itself (manifest of the gallery, content types) is left out. */
export async function readVsix(file: string): Promise<PackedFile[]> {
  const zip = await JSZip.loadAsync(await readFile(file));
  const entries = Object.values(zip.files).filter(({ dir, name }) => !dir && name.startsWith('extension/'));
  const files = await Promise.all(
    entries.map(async (entry) => ({
      name: entry.name.slice('extension/'.length),
      content: await entry.async('nodebuffer'),
    })),
  );
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}
