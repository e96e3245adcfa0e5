import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Host } from './host';

/** The user's own settings of the extension, which neither a workspace nor another machine may choose, changed in their file. */
export class UserSettings {
  constructor(private readonly host: Pick<Host, 'folder'>) {}

  /** Where they lie. */
  get file(): string {
    return path.join(this.host.folder, '..', 'user-data', 'User', 'settings.json');
  }

  /** Replaces all settings of the extension; they count in windows that are opened or reloaded afterwards. */
  async set(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const before = JSON.parse(await readFile(this.file, 'utf8')) as Readonly<Record<string, unknown>>;
    const others = Object.entries(before).filter(([name]) => !name.startsWith('tandem.'));
    await writeFile(this.file, JSON.stringify({ ...Object.fromEntries(others), ...settings }));
  }
}
