import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Host } from './host';

/** A loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;

/**
 * Settings of machine scope, which no workspace may choose, changed while a window is open. They count for extensions as soon as the
 * window obeys them itself: with each change line numbers go or come.
 */
export class MachineSettings {
  private numbered = true;

  constructor(private readonly host: Pick<Host, 'folder' | 'page'>) {}

  /** Where they lie. */
  get file(): string {
    return path.join(this.host.folder, '..', 'user-data', 'Machine', 'settings.json');
  }

  /** Replaces them all. Resolves once they count; a file must be open in an editor. */
  async set(settings: Readonly<Record<string, unknown>>): Promise<void> {
    this.numbered = !this.numbered;
    const lineNumbers = this.numbered ? {} : { 'editor.lineNumbers': 'off' };
    await writeFile(this.file, JSON.stringify({ ...settings, ...lineNumbers }));
    const state = this.numbered ? 'visible' : 'detached';
    await this.host.page.locator('.line-numbers').first().waitFor({ state, timeout: PATIENCE_MS });
  }
}
