import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The addon as a plain `npm install smart-whisper` makes it, if it was built before (the section `engine` does, but for a quick run). */
export function builtPlainAddon(root: string): string | undefined {
  const manifest = path.join(root, 'node_modules', 'smart-whisper', 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const addon = path.join(root, '.cache/native', `plain-${version}`, 'build/Release/smart-whisper.node');
  return existsSync(addon) ? addon : undefined;
}
