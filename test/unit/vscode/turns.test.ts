import { describe, expect, it } from 'vitest';
import type { HeardPiece } from '../../../src/core/text/wording';
import { Turns } from '../../../src/vscode/voice/turns';

const piece = (text: string): HeardPiece => ({ utteranceId: 1, text, final: true, replacedDraft: text });

describe('what is said, in its turn', () => {
  const open = () => {
    const log: string[] = [];
    const done = new Map<string, () => void>();
    const turns = new Turns<string>({
      write: ({ text }) => log.push(text),
      carryOut: (command) => {
        log.push(`${command}…`);
        return new Promise<void>((resolve) => done.set(command, resolve)).then(() => void log.push(command));
      },
    });
    const finish = async (command: string) => {
      done.get(command)?.();
      await new Promise(setImmediate);
    };
    return { log, turns, finish };
  };

  it('is written at once while no command is under way', () => {
    const { log, turns } = open();
    turns.piece(piece('one'));
    expect(log).toEqual(['one']);
    expect(turns.pieces).toEqual([]);
  });

  it('waits for the commands before it', async () => {
    const { log, turns, finish } = open();
    turns.command('a');
    turns.piece(piece('one'));
    turns.command('b');
    turns.piece(piece('two'));
    expect(log).toEqual(['a…']);
    expect(turns.pieces.map(({ text }) => text)).toEqual(['one', 'two']);
    await finish('a');
    expect(log).toEqual(['a…', 'a', 'one', 'b…']);
    const all = turns.finish();
    await finish('b');
    await all;
    expect(log).toEqual(['a…', 'a', 'one', 'b…', 'b', 'two']);
    turns.piece(piece('three'));
    expect(log.at(-1)).toBe('three');
  });

  it('is forgotten when dictation is cancelled, but for the command under way', async () => {
    const { log, turns, finish } = open();
    turns.command('a');
    turns.command('b');
    turns.piece(piece('one'));
    turns.clear();
    await finish('a');
    await turns.finish();
    expect(log).toEqual(['a…', 'a']);
  });
});
