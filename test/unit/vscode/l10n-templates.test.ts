import { describe, expect, it } from 'vitest';
import { english, SentenceTranslator } from '../../../src/vscode/l10n-templates';

describe('english', () => {
  it('puts the arguments in, and leaves what has none', () => {
    expect(english('{1} of {0}{2}', 'a', 3)).toBe('3 of a{2}');
  });
});

describe('SentenceTranslator', () => {
  const translator = new SentenceTranslator({
    'The model {0} is not on this machine.': 'Das Modell {0} fehlt auf diesem Rechner.',
    'The model {0} is damaged: {1}.': '{1} – deshalb ist das Modell {0} beschädigt.',
    'It is not a file': 'Es ist keine Datei',
    'No microphone was found.': 'Es wurde kein Mikrofon gefunden.',
    'Recording failed: {0}': 'Aufnahme gescheitert: {0}',
    'Check it. Then try again.': 'Prüfen und neu versuchen.',
    '{0} of {1}': '{0} von {1}',
  });

  it.each([
    ['No microphone was found.', 'Es wurde kein Mikrofon gefunden.'],
    ['The model tiny.en is not on this machine.', 'Das Modell tiny.en fehlt auf diesem Rechner.'],
    // Arguments change places, and are translated themselves.
    [
      'The model a.b is damaged: it is not a file.',
      'Es ist keine Datei – deshalb ist das Modell a.b beschädigt.',
    ],
    ['Recording failed: no microphone was found.', 'Aufnahme gescheitert: Es wurde kein Mikrofon gefunden.'],
    [
      'No microphone was found. Check it. Then try again.',
      'Es wurde kein Mikrofon gefunden. Prüfen und neu versuchen.',
    ],
    ['Nobody knows this. No microphone was found.', 'Nobody knows this. Es wurde kein Mikrofon gefunden.'],
    ['1 MB of 2 MB', '1 MB von 2 MB'],
    ['Nobody knows this.', 'Nobody knows this.'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(translator.translate(text)).toBe(expected);
  });

  it('takes characters of regular expressions in a key literally', () => {
    const strange = new SentenceTranslator({ 'a.b (c) [{0}]*': 'x{0}' });
    expect(strange.translate('a.b (c) [1]*')).toBe('x1');
    expect(strange.translate('aXb (c) [1]*')).toBe('aXb (c) [1]*');
  });
});
