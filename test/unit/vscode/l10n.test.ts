import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SentenceTranslator, type Bundle } from '../../../src/vscode/l10n-templates';
import { sentences, translatedTexts } from '../../support/texts';

const ROOT = path.join(__dirname, '../../..');
const LANGUAGES = ['de', 'zh-cn'];
const read = (file: string) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as Bundle;
const english = read('l10n/bundle.l10n.json');
const placeholders = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(String).sort();

/** Text rules and vocabulary hold what people say, not what they read; a terminal is in English; a prompt is for a model. */
const NO_MESSAGES = [
  'src/node/terminal',
  'src/core/text',
  'src/core/vocabulary',
  'src/core/cleanup/prompt.ts',
];

describe('the bundles', () => {
  it('are those of the languages that are promised', () => {
    const files = readdirSync(path.join(ROOT, 'l10n')).sort();
    const expected = ['', ...LANGUAGES.map((language) => `.${language}`)].map(
      (language) => `bundle.l10n${language}.json`,
    );
    expect(files).toEqual(expected.sort());
  });

  it('are where VS Code is told to look for them', () => {
    expect(read('package.json')['l10n']).toBe('./l10n');
  });

  it.each(LANGUAGES)('%s has every text, translated, with the same arguments', (language) => {
    const bundle = read(`l10n/bundle.l10n.${language}.json`);
    expect(Object.keys(bundle).sort()).toEqual(Object.keys(english).sort());
    for (const [key, translation] of Object.entries(bundle)) {
      expect(translation.trim(), key).not.toBe('');
      expect(placeholders(translation), key).toEqual(placeholders(key));
    }
  });

  it('hold every text that the editor side translates, which are all literals', () => {
    const { texts, unclear } = translatedTexts('src/vscode');
    expect(unclear).toEqual([]);
    expect([...texts].filter((text) => !(text in english))).toEqual([]);
  });

  it.each(['src/node', 'src/core', 'src/engine', 'src/vscode'])('hold every sentence of %s', (folder) => {
    const missing = [...sentences(folder, NO_MESSAGES)].filter(([text]) => !(text in english));
    expect(missing).toEqual([]);
  });

  it('hold no text that nobody uses', () => {
    const { texts } = translatedTexts('src/vscode');
    const source = ['src/node', 'src/core', 'src/engine', 'src/vscode'].flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(path.join(ROOT, folder, name), 'utf8')),
    );
    const all = source.join('\n').toLowerCase();
    // Templates are looked for by their longest piece, fragments begin with a small letter.
    const pieces = (text: string) =>
      text.split(/\{\d+\}/).map((piece) => piece.replace(/^[\s.:;,()]+|[\s.:;,()]+$/g, ''));
    const longest = (text: string) => pieces(text).reduce((a, b) => (b.length > a.length ? b : a), '');
    // A sentence that is put together may stand in the bundle as a whole.
    const templates = ['src/node', 'src/core', 'src/engine'].flatMap((folder) =>
      [...sentences(folder, NO_MESSAGES).keys()].filter((text) => text.includes('{1}')),
    );
    const isMade = (key: string) =>
      templates.some((text) => {
        const literal = text.split(/\{\d+\}/).map((piece) => piece.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
        return new RegExp(`^${literal.join('.+')}$`).test(key);
      });
    const unused = Object.keys(english).filter(
      (key) => !texts.has(key) && !all.includes(longest(key).toLowerCase()) && !isMade(key),
    );
    expect(unused).toEqual([]);
  });
});

describe('messages of other processes, in German', () => {
  const translator = new SentenceTranslator(read('l10n/bundle.l10n.de.json'));
  it.each([
    [
      'The microphone could not be opened: no microphone was found.',
      'Das Mikrofon ließ sich nicht öffnen: Es wurde kein Mikrofon gefunden.',
    ],
    [
      'The model file /m/x.bin is damaged or is not a Whisper model: it is not a file.',
      'Die Modelldatei /m/x.bin ist beschädigt oder kein Whisper-Modell: sie ist keine Datei.',
    ],
    [
      'The process of the confirming model did not load its model and was ended.',
      'Der Prozess für das bestätigende Modell lud sein Modell nicht und wurde beendet.',
    ],
    [
      'There is not enough room in /m: 2 MB more are needed and 1 MB are free.',
      'In /m ist nicht genug Platz: 2 MB werden noch gebraucht, 1 MB sind frei.',
    ],
    [
      'The fast model (tiny.en) cannot be used. The model file is damaged: it does not begin like a ggml model.',
      'Das schnelle Modell (tiny.en) ist nicht brauchbar. Die Modelldatei ist beschädigt: sie beginnt nicht wie ein ggml-Modell.',
    ],
  ])('%s', (text, expected) => {
    expect(translator.translate(text)).toBe(expected);
  });
});
