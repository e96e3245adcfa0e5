import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { TranscriptEvent } from '../../../src/core/model';
import type { SessionEvent } from '../../../src/core/session-types';
import { DictationError } from '../../../src/core/errors';
import { parseDictateArguments } from '../../../src/node/terminal/arguments';
import { createWording, DEFAULT_WORDING } from '../../../src/core/text/wording';
import { JsonPrinter, type JsonLine } from '../../../src/node/terminal/json-printer';
import { eventNote, Notices } from '../../../src/node/terminal/notes';
import { PlainPrinter } from '../../../src/node/terminal/plain-printer';
import type { Printer } from '../../../src/node/terminal/printer';
import { ScreenPrinter, tailOf } from '../../../src/node/terminal/screen-printer';
import { WrittenText } from '../../../src/node/terminal/written-text';

const draft = (text: string, utteranceId = 1): TranscriptEvent => ({
  type: 'draft',
  utteranceId,
  windowId: 3,
  text,
  timestamp: 16_000,
});
const commit = (
  text: string,
  more: Partial<Extract<TranscriptEvent, { type: 'commit' }>> = {},
): TranscriptEvent => ({
  type: 'commit',
  utteranceId: 1,
  windowId: 4,
  text,
  range: { start: 1600, end: 32_000 },
  timestamp: 32_000,
  correctsWindowIds: [1, 2, 3],
  final: true,
  verified: true,
  replacedDraft: '',
  ...more,
});

function output(make: (write: (text: string) => void) => Printer, events: readonly SessionEvent[]): string {
  let text = '';
  const printer = make((chunk) => (text += chunk));
  for (const event of events) printer.print(event);
  printer.end();
  return text;
}

/** What a terminal would show in the end: each line after its last carriage return, without colours. */
function screen(text: string): string[] {
  return text.split('\n').map((line) => stripVTControlCharacters(line.slice(line.lastIndexOf('\r') + 1)));
}

describe('arguments', () => {
  it('combines the models as asked, by default side by side and with every draft confirmed', () => {
    expect(parseDictateArguments(['a.wav'])).toMatchObject({ strategy: 'tandem', skipConfirmAbove: 1 });
    expect(
      parseDictateArguments(['a.wav', '--strategy', 'single', '--skip-confirm-above', '0.9']),
    ).toMatchObject({ strategy: 'single', skipConfirmAbove: 0.9 });
  });

  it('reads a file with options', () => {
    expect(parseDictateArguments(['a.wav', '--json', '--pace', 'max', '--fast', 'tiny.en'])).toMatchObject({
      file: 'a.wav',
      json: true,
      pace: 'max',
      fast: 'tiny.en',
      heavy: undefined,
      language: 'en',
    });
    expect(parseDictateArguments(['--help'])).toEqual({ kind: 'help' });
    expect(parseDictateArguments(['--download', 'tiny.en', 'small.en'])).toEqual({
      kind: 'download',
      models: ['tiny.en', 'small.en'],
      mirror: undefined,
      verbose: false,
    });
  });

  it.each([
    [[], 'Name a WAV file'],
    [['a.wav', 'b.wav'], 'One file at a time'],
    [['a.wav', '--mic'], 'not both'],
    [['a.wav', '--pace', 'fast'], 'realtime or max'],
    [['a.wav', '--device', 'x'], '--device needs --mic'],
    [['a.wav', '--strategy', 'both'], 'tandem, cascaded, single'],
    [['a.wav', '--skip-confirm-above', '2'], 'from 0 to 1'],
    [['a.wav', '--skip-confirm-above', ''], 'from 0 to 1'],
    [['a.wav', '--rules', 'some'], '--rules is'],
    [['a.wav', '--heard'], '--heard needs --json'],
    [['--nonsense'], 'nonsense'],
  ])('%j is a usage error', (argv, message) => {
    expect(() => parseDictateArguments(argv)).toThrow(message);
    expect(() => parseDictateArguments(argv)).toThrow(expect.objectContaining({ area: 'usage' }));
  });
});

describe('JSON lines', () => {
  it('prints drafts and confirmed text with their place in the audio', () => {
    const lines = output(
      (write) => new JsonPrinter(write),
      [
        { type: 'utterance', utteranceId: 1, phase: 'start', start: 1600, end: 1600 },
        draft('hello'),
        commit('Hello.', { verified: false }),
      ],
    )
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      {
        text: 'hello',
        confidence: 'draft',
        utterance_id: 1,
        window_id: 3,
        timestamp: 1000,
        start_ms: 100,
        end_ms: 1000,
      },
      {
        text: 'Hello.',
        confidence: 'confirmed',
        utterance_id: 1,
        window_id: 4,
        timestamp: 2000,
        corrects_window_ids: [1, 2, 3],
        start_ms: 100,
        end_ms: 2000,
        verified: false,
      },
    ]);
  });
});

describe('what the rules write', () => {
  const print = (languageId: string, events: readonly SessionEvent[], make = plain) => {
    const text = new WrittenText(
      createWording(() => DEFAULT_WORDING),
      languageId,
    );
    return output(
      make,
      events.map((event) => text.write(event)),
    );
  };
  const plain = (write: (text: string) => void): Printer => new PlainPrinter(write);
  const events = [
    draft('log open'),
    commit('Log open', { final: false }),
    draft('paren x close paren'),
    commit('paren x close paren.'),
    commit('Semicolon.', { utteranceId: 2 }),
  ];

  it('goes to plain text, in the language of what is dictated', () => {
    expect(print('typescript', events)).toBe('log(x)\n;\n');
    expect(print('plaintext', [commit('Yes comma no.'), commit('And so on', { utteranceId: 2 })])).toBe(
      'Yes, no.\nAnd so on\n',
    );
  });

  it('goes to JSON lines with what was heard, and tells where no blank belongs', () => {
    const lines = print('typescript', events, (write) => new JsonPrinter(write, true))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as JsonLine);
    expect(lines.map(({ text, heard, joined }) => [text, heard, joined ?? false])).toEqual([
      ['log open', 'log open', false],
      ['log', 'Log open', false],
      ['(x)', 'paren x close paren', true],
      ['(x)', 'paren x close paren.', true],
      [';', 'Semicolon.', true],
    ]);
  });

  it('breaks the line of a terminal where a new line was said', () => {
    const text = print(
      'plaintext',
      [commit('First new line second.')],
      (write) => new ScreenPrinter(write, () => 80),
    );
    expect(screen(text)).toEqual(['First', 'Second.', '']);
  });

  it('reads the language that was detected', () => {
    const text = new WrittenText(
      createWording(() => ({ ...DEFAULT_WORDING, language: 'auto' })),
      'plaintext',
    );
    const write = (event: SessionEvent) => {
      const written = text.write(event);
      return 'text' in written ? written.text : '';
    };
    expect(write(commit('Ja Komma nein'))).toBe('Ja Komma nein');
    write({ type: 'language', language: 'de' });
    expect(write(commit('Ja Komma nein', { utteranceId: 2 }))).toBe('Ja, nein');
  });
});

describe('plain text', () => {
  it('prints one line an utterance, pieces joined, nothing for an empty one', () => {
    const text = output(
      (write) => new PlainPrinter(write),
      [draft('one two'), commit('One', { final: false }), commit('two.'), commit('', { utteranceId: 2 })],
    );
    expect(text).toBe('One two.\n');
  });
});

describe('screen', () => {
  it('replaces the dim draft by the confirmed text in place', () => {
    const text = output(
      (write) => new ScreenPrinter(write, () => 80),
      [draft('helo'), draft('hello wold'), commit('Hello world.')],
    );
    expect(text).toContain('\x1b[2mhello wold\x1b[0m');
    expect(screen(text)).toEqual(['Hello world.', '']);
  });

  it('never draws a line wider than the terminal and loses no confirmed word', () => {
    const words = Array.from({ length: 30 }, (_, i) => `word${i}`);
    const events = words.flatMap((word, i) => [
      draft(words.slice(i, i + 8).join(' '), i),
      commit(word, { utteranceId: i }),
    ]);
    const text = output((write) => new ScreenPrinter(write, () => 40), events);
    const lines = screen(text);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(40);
    expect(lines.join(' ').trim().split(/\s+/)).toEqual(words);
  });

  it('shows the tail of a long draft', () => {
    expect(tailOf('one two three four', 11)).toBe('…three four');
    expect(tailOf('unbelievable', 5)).toBe('…able');
    expect(tailOf('short', 10)).toBe('short');
  });
});

describe('notices', () => {
  const problem = new DictationError('engine', 'engine-crashed', 'The process ended.', 'Try again.');

  it('tell problems and warnings that begin, without --verbose', () => {
    expect(eventNote({ type: 'problem', error: problem })).toBe('The process ended. Try again.');
    expect(eventNote({ type: 'warning', warning: 'silent-microphone', active: true })).toContain('muted');
    expect(eventNote({ type: 'warning', warning: 'silent-microphone', active: false })).toBeUndefined();
    expect(eventNote(draft('words that were said'))).toBeUndefined();
  });

  it('say each thing once, behind a line that is ended first', () => {
    const told: string[] = [];
    const stderr = new Writable({
      write(chunk: Buffer, _encoding, done) {
        told.push(chunk.toString());
        done();
      },
    });
    const notices = new Notices(stderr);
    for (const text of ['a', 'b', 'a']) notices.tell(text, () => told.push('ended'));
    expect(told).toEqual(['ended', 'dictate: a\n', 'ended', 'dictate: b\n']);
  });
});
