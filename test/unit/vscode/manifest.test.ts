import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS, CONTEXT_KEYS, EDITOR_LISTENS } from '../../../src/vscode/command-ids';
import { SETTINGS, type NumberSetting, type SettingName } from '../../../src/vscode/setting-list';

interface Property {
  readonly type: string;
  readonly default: unknown;
  readonly scope: string;
  readonly ignoreSync?: boolean;
  readonly order: number;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}
interface Manifest {
  readonly icon: string;
  readonly galleryBanner: { readonly color: string; readonly theme: string };
  readonly extensionKind: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: string;
      readonly restrictedConfigurations: readonly string[];
    };
    readonly virtualWorkspaces: boolean;
  };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly when?: string;
      readonly args?: string;
    }[];
    readonly menus: Record<string, readonly { readonly command: string; readonly when?: string }[]>;
    readonly colors: readonly { readonly id: string }[];
    readonly configuration: readonly {
      readonly title: string;
      readonly order: number;
      readonly properties: Record<string, Property>;
    }[];
  };
}
const root = new URL('../../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const nls = JSON.parse(read('package.nls.json')) as Record<string, string>;
/** As VS Code reads it in English: `%key%` stands for a text of package.nls.json. */
const manifest = JSON.parse(read('package.json'), (_, value: unknown) =>
  typeof value === 'string' ? value.replace(/^%(.+)%$/, (_whole, key: string) => nls[key] ?? '') : value,
) as Manifest;
const { contributes } = manifest;
const properties = Object.assign({}, ...contributes.configuration.map((group) => group.properties)) as Record<
  string,
  Property
>;

describe('commands', () => {
  it('are the same in the manifest and in the code', () => {
    expect(contributes.commands.map(({ command }) => command).sort()).toEqual(Object.values(COMMANDS).sort());
  });

  it('stand in the category Dictation', () => {
    expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(['Dictation']));
  });

  it('are the only ones that keys and menus run, under context keys that exist', () => {
    const uses = [...contributes.keybindings, ...Object.values(contributes.menus).flat()];
    for (const { command, when = '' } of uses) {
      expect(Object.values(COMMANDS)).toContain(command);
      for (const [key] of when.matchAll(/tandem\.\w+/g)) expect(Object.values(CONTEXT_KEYS)).toContain(key);
    }
  });

  it('have one key that never starts a second voice input unasked: VS Code tells that it listens by these names', () => {
    const whens = contributes.keybindings
      .filter(({ command }) => command === COMMANDS.toggle)
      .map(({ when = '', args }) => ({ when, args }));
    const asking = whens.filter(({ args }) => args === EDITOR_LISTENS);
    expect(asking).toHaveLength(1);
    for (const listens of ['speechToTextInProgress', 'chatSpeechToTextRecording']) {
      expect(asking[0]?.when).toContain(`&& ${listens}`);
      const plain = whens.filter(({ args }) => args === undefined);
      for (const { when } of plain) expect(when).toContain(`!${listens}`);
    }
  });

  it('are never bound to Escape, which is pressed all day long to close something', () => {
    for (const { key } of contributes.keybindings) expect(key).not.toMatch(/escape/i);
  });
});

describe('settings', () => {
  const names = Object.keys(SETTINGS) as SettingName[];

  it('are shown in the order in which they stand in the manifest, group by group', () => {
    const counted = (orders: readonly number[]) => orders.map((_, index) => index + 1);
    const groups = contributes.configuration.map(({ order }) => order);
    expect(groups).toEqual(counted(groups));
    for (const { title, properties: group } of contributes.configuration) {
      const orders = Object.values(group).map(({ order }) => order);
      expect(orders, title).toEqual(counted(orders));
    }
  });

  it('are the same in the manifest and in the code', () => {
    expect(Object.keys(properties).sort()).toEqual(names.map((name) => `tandem.${name}`).sort());
  });

  it.each(names)('%s has the same default, scope and limits in both, and is described', (name) => {
    const [setting, property] = [SETTINGS[name], properties[`tandem.${name}`]];
    expect(property).toMatchObject({ default: setting.default, scope: setting.scope });
    expect(property?.markdownDescription).toMatch(/\.$/);
    if ('min' in setting) {
      expect(property).toMatchObject({ minimum: setting.min, maximum: setting.max });
      expect(setting.read(setting.min - 1)).toBe(setting.min);
      expect(setting.read(setting.max + 1)).toBe(setting.max);
      expect(property?.type).toBe(setting.isInteger ? 'integer' : 'number');
    }
    for (const value of property?.enum ?? []) expect(setting.read(value)).toBe(value);
    expect(property?.enumDescriptions?.length).toBe(property?.enum?.length);
  });

  it.each(names.filter((name) => properties[`tandem.${name}`]?.type === 'integer'))(
    '%s is a whole number, whatever fraction the settings file holds',
    (name) => {
      const setting = SETTINGS[name] as NumberSetting;
      expect(setting.read(setting.min + 0.4)).toBe(setting.min);
      expect(setting.read(setting.min + 1.5)).toBe(setting.min + 2);
    },
  );

  it.each(names)('%s falls back to its default when the settings file holds something else', (name) => {
    for (const wrong of [null, undefined, {}, [], Number.NaN, () => 0]) {
      expect(SETTINGS[name].read(wrong)).toBe(SETTINGS[name].default);
    }
  });

  const own = names.filter((name) => SETTINGS[name].scope === 'application');

  it('that a workspace must not choose are restricted in untrusted ones', () => {
    expect([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort()).toEqual(
      own.map((name) => `tandem.${name}`).sort(),
    );
  });

  it.each(names)('%s is synchronised only if it says nothing of the machine', (name) => {
    expect(properties[`tandem.${name}`]?.ignoreSync).toBe(own.includes(name) || undefined);
  });

  it('that name programs, files, devices, addresses or commands belong to the user of this computer alone', () => {
    const delicate = /^(microphone|models|engine|cleanup|history)\.|^voiceCommands\.custom$/;
    for (const name of names.filter((one) => delicate.test(one))) expect(own).toContain(name);
    // `machine` would be the other computer's in a remote window, and `devcontainer.json` may write those.
    for (const { scope } of Object.values(properties)) expect(['application', 'window']).toContain(scope);
  });
});

describe('texts of the manifest', () => {
  const raw = JSON.parse(read('package.json')) as { contributes: unknown };
  const READ_BY_PEOPLE = /^(title|category|description|markdownDescription|patternErrorMessage|altText)$/;
  const LISTS = /^(enumDescriptions|markdownEnumDescriptions)$/;
  const shown: string[] = [];
  const collect = (value: unknown, key = ''): void => {
    if (typeof value === 'string' && READ_BY_PEOPLE.test(key)) shown.push(value);
    if (Array.isArray(value))
      for (const one of value) {
        if (typeof one === 'string' && LISTS.test(key)) shown.push(one);
        else collect(one);
      }
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) collect(one, name);
  };
  collect(raw.contributes);

  it('all stand in package.nls.json, and nothing else does', () => {
    expect(shown.filter((text) => !/^%.+%$/.test(text))).toEqual([]);
    const used = new Set([...read('package.json').matchAll(/"%(.+?)%"/g)].map(([, key]) => key));
    expect([...used].sort()).toEqual(Object.keys(nls).sort());
  });

  it.each(['de', 'zh-cn'])('are all translated: %s', (language) => {
    const translated = JSON.parse(read(`package.nls.${language}.json`)) as Record<string, string>;
    expect(Object.keys(translated).sort()).toEqual(Object.keys(nls).sort());
    const links = (text: string) =>
      [...text.matchAll(/\((command:[^)]*)\)|`#?([\w.]+)#?`/g)].map(([, uri]) => uri);
    for (const [key, text] of Object.entries(translated)) {
      expect(text.trim(), key).not.toBe('');
      expect(links(text).length, key).toBe(links(nls[key] ?? '').length);
      expect(links(text), key).toEqual(links(nls[key] ?? ''));
    }
  });
});

describe('pictures of the first steps', () => {
  const folder = new URL('media/walkthrough/', root);
  it.each(readdirSync(folder))(
    '%s takes every colour from the theme, in a way that the page allows',
    (name) => {
      const svg = readFileSync(new URL(name, folder), 'utf8');
      // The page that shows it forbids styles: theme-aware are attributes only.
      expect(svg).not.toMatch(/style=|<style|#[0-9a-f]{3,8}"/i);
      for (const [, colour] of svg.matchAll(/(?:fill|stroke)="([^"]+)"/g))
        expect(colour).toMatch(/^(none|var\(--vscode-[\w-]+, .+\))$/);
    },
  );
});

describe('the manifest', () => {
  it('says that dictation runs where the microphone is, and in a browser where the files are', () => {
    // First `ui`: with files of another machine the own one is heard. `workspace`, since a browser runs no programs.
    expect(manifest.extensionKind).toEqual(['ui', 'workspace']);
  });

  it('says that dictation works in virtual workspaces, and in untrusted ones within limits', () => {
    expect(manifest.capabilities).toMatchObject({
      virtualWorkspaces: true,
      untrustedWorkspaces: { supported: 'limited' },
    });
  });

  it('has a banner on which the text of the gallery can be read, around its icon', () => {
    const { color, theme } = manifest.galleryBanner;
    const icon = read('media/icon.svg');
    expect(icon).toContain(color);
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255);
    // Relative luminance, roughly: white text is for what is darker than half of it.
    expect(0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5 ? 'dark' : 'light').toBe(theme);
  });

  it('names files that are there', () => {
    expect(existsSync(new URL(manifest.icon, root))).toBe(true);
  });

  it('contributes the colours that drafts and settled words are drawn with', () => {
    const source = ['draft-view', 'settle-view']
      .map((name) => readFileSync(new URL(`src/vscode/${name}.ts`, root), 'utf8'))
      .join('');
    for (const { id } of contributes.colors) expect(source).toContain(`'${id}'`);
  });
});
