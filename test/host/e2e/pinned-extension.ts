import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../../../scripts/setup/paths.mjs';

interface CatalogEntry {
  name: string;
  bytes: number;
  sha256: string;
  sha1: string;
}

/**
 * Makes a folder with the extension, whose catalogue pins `content` for the model `name`. Its scripts are copied: VS Code knows an
 * extension by where its script really lies.
 */
export async function pinnedExtension(scratch: string, name: string, content: Buffer): Promise<string> {
  const folder = path.join(scratch, 'extension');
  await mkdir(path.join(folder, 'models'), { recursive: true });
  const filter = (file: string) => !file.endsWith('.map');
  await cp(path.join(ROOT, 'dist'), path.join(folder, 'dist'), { recursive: true, filter });
  const parts = (await readdir(ROOT)).filter((part) => /^(media|l10n|package\.(nls\.)?.*json)$/.test(part));
  for (const part of parts) await symlink(path.join(ROOT, part), path.join(folder, part));
  await symlink(path.join(ROOT, 'models', 'embedded'), path.join(folder, 'models', 'embedded'));
  const catalog = JSON.parse(await readFile(path.join(ROOT, 'models', 'catalog.json'), 'utf8')) as {
    models: CatalogEntry[];
  };
  const digest = (kind: string) => createHash(kind).update(content).digest('hex');
  for (const model of catalog.models.filter((one) => one.name === name))
    Object.assign(model, { bytes: content.length, sha256: digest('sha256'), sha1: digest('sha1') });
  await writeFile(path.join(folder, 'models', 'catalog.json'), JSON.stringify(catalog));
  return folder;
}
