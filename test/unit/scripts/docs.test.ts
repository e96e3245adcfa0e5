import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(__dirname, '..', '..', '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const DOCS = [
  'README.md',
  'media/PRIVACY.md',
  '.github/CONTRIBUTING.md',
  '.github/SECURITY.md',
  'models/README.md',
  'models/embedded/README.md',
  'scripts/native/README.md',
];
const manifest = JSON.parse(read('package.json')) as {
  contributes: {
    commands: { title: string }[];
    configuration: { properties: Record<string, unknown> }[];
  };
  scripts: Record<string, string>;
};
const nls = JSON.parse(read('package.nls.json')) as Record<string, string>;
const titles = manifest.contributes.commands.map(({ title }) => nls[title.replaceAll('%', '')]);
const settings = manifest.contributes.configuration.flatMap(({ properties }) => Object.keys(properties));

describe.each(DOCS)('%s', (file) => {
  const text = read(file);
  const prose = text.replace(/^```[^]*?^```/gm, '');

  it('links to files that are there', () => {
    for (const [, link = ''] of prose.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      expect(existsSync(path.join(ROOT, path.dirname(file), link)), link).toBe(true);
    }
  });

  it('names commands, settings and scripts that exist', () => {
    for (const [, title = ''] of prose.matchAll(/\*\*Dictation: ([^*]+)\*\*/g))
      expect(titles, title).toContain(title.trim());
    for (const [, name = ''] of prose.matchAll(/`(tandem\.[A-Za-z.]+\*?)`/g)) {
      const known = [...settings, 'tandem.listening', 'tandem.loading', 'tandem.pending'];
      const found = name.endsWith('*')
        ? known.some((one) => one.startsWith(name.slice(0, -1)))
        : known.includes(name);
      expect(found, name).toBe(true);
    }
    for (const [, script = ''] of text.matchAll(/npm run (?:-s )?([a-z:]+)/g))
      expect(Object.keys(manifest.scripts), script).toContain(script);
  });
});

/** What writes something that lasts, and the words by which it is told of. */
const KEEPS: Readonly<Record<string, string | undefined>> = {
  'src/node/audio/microphone-lease.ts': 'the folder `microphone`',
  'src/node/models/digests.ts': '`digests.json`',
  'src/node/models/library.ts': '~/.local/share/tandem-dictation/models',
  'src/node/models/lock.ts': 'which process is at them',
  'src/node/models/part-file.ts': 'parts of downloads',
  'src/vscode/cleanup/key.ts': 'secret storage',
  'src/vscode/draft-memory.ts': 'place, length and a hash, no text',
  'src/vscode/history-commands.ts': 'clipboard',
  'src/vscode/history-files.ts': 'the folder `history`',
  'src/vscode/line-sinks.ts': 'clipboard',
  'src/vscode/log-channel.ts': 'log folder',
  'src/vscode/microphone-place.ts': 'the computer whose microphone you were told of',
  'src/vscode/microphones.ts': '`tandem.microphone.device`',
  'src/vscode/model-manager.ts': '`tandem.models.heavy`',
  'src/vscode/model-offer.ts': 'hints you saw',
  'src/vscode/save-unchanged.ts': 'your document',
  'src/vscode/setup-commands.ts': 'measured speed',
  'src/vscode/setup-mend.ts': 'clipboard',
  'src/vscode/setup.ts': 'report to the clipboard',
  'src/vscode/text-keeper.ts': 'clipboard',
  'src/vscode/unfinished-downloads.ts': 'models whose download is not finished',
  'src/vscode/vocabulary/add-word.ts': '`.vscode/dictation.txt`',
};
const WRITES = [
  /\b(?:writeFile|writeFileSync|appendFile|copyFile|cp|createWriteStream|createOutputChannel)\(/,
  /\bopen\(.*O_CREAT/,
  /\b(?:memory|secrets)\s*\.(?:update|store)\(/,
  /\bclipboard\.writeText\(/,
  /\bConfigurationTarget\./,
];

describe('what is stored where', () => {
  const files = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll(path.sep, '/')}`)
    .filter((file) => file.endsWith('.ts'));

  it('names everything that the code keeps', () => {
    const keeping = files.filter((file) => WRITES.some((pattern) => pattern.test(read(file)))).sort();
    expect(keeping).toEqual(Object.keys(KEEPS).sort());
    const privacy = read('media/PRIVACY.md');
    for (const [file, words = ''] of Object.entries(KEEPS)) expect(privacy, file).toContain(words);
  });
});

describe('the page of the extension', () => {
  it('has no picture that marketplaces refuse', () => {
    for (const [, picture = ''] of read('README.md').matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
      expect(picture).toMatch(/\.(png|gif)$/);
  });

  it('has pictures that a page loads quickly', () => {
    const folder = path.join(ROOT, 'media', 'readme');
    // Over a slow line, 1 Mbit/s, the animation is there in some ten seconds.
    for (const name of readdirSync(folder))
      expect(readFileSync(path.join(folder, name)).length, name).toBeLessThanOrEqual(1.5 * 1024 * 1024);
  });
});

describe('forms for issues', () => {
  const folder = path.join(ROOT, '.github', 'ISSUE_TEMPLATE');
  const forms = readdirSync(folder).filter((name) => name !== 'config.yml');

  it.each(forms)('%s is one that GitHub can show', (name) => {
    const form = load(readFileSync(path.join(folder, name), 'utf8')) as {
      name: string;
      description: string;
      body: { type: string; id: string; attributes: { label: string; options?: string[] } }[];
    };
    expect(form.name).toBeTruthy();
    expect(form.description).toBeTruthy();
    const ids = form.body.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { type, attributes } of form.body) {
      expect(['textarea', 'input', 'dropdown', 'markdown', 'checkboxes']).toContain(type);
      expect(attributes.label).toBeTruthy();
      if (type === 'dropdown') expect(attributes.options?.length).toBeGreaterThan(1);
    }
  });
});
