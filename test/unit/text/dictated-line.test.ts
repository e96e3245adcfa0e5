import { describe, expect, it } from 'vitest';
import { DictatedLine } from '../../../src/core/text/dictated-line';

function lineOf(...texts: readonly string[]): DictatedLine {
  const line = new DictatedLine();
  texts.forEach((text, index) => line.wrote(index + 1, text));
  return line;
}

/** Does what a step back means to the text, as whoever writes the line does. */
function stepBack(line: DictatedLine): string {
  const { stepBack: change, text } = line;
  if (!change) throw new Error('There is no step.');
  line.steppedBack();
  return change.type === 'write' ? text + change.text : text.slice(0, text.length - change.text.length);
}

describe('a line that was dictated', () => {
  it('knows its utterances, whose pieces belong together', () => {
    const line = lineOf('git commit', ' --amend');
    line.wrote(2, ' --no-edit');
    line.wrote(3, '');
    expect(line.text).toBe('git commit --amend --no-edit');
    expect(line.lastUtterance).toBe(' --amend --no-edit');
    line.tookBack(line.lastUtterance.length);
    expect(line.lastUtterance).toBe('git commit');
    line.tookBack(line.lastUtterance.length);
    expect([line.text, line.lastUtterance]).toEqual(['', '']);
  });

  it('knows its last words, across utterances, and with the blank before them', () => {
    const line = lineOf('echo one', ' two');
    expect(line.lastWords(1)).toBe(' two');
    expect(line.lastWords(2)).toBe(' one two');
    expect(line.lastWords(9)).toBe('echo one two');
    line.tookBack(' one two'.length);
    expect(line.text).toBe('echo');
    expect(line.lastUtterance).toBe('echo');
    expect(new DictatedLine().lastWords(1)).toBe('');
  });

  it('goes back step by step, whatever the steps were', () => {
    const line = lineOf('echo', ' one', ' two');
    line.tookBack(' two'.length);
    line.tookBack('cho one'.length);
    expect(line.text).toBe('e');
    expect(stepBack(line)).toBe('echo one');
    expect(line.text).toBe('echo one');
    expect(stepBack(line)).toBe('echo one two');
    expect(line.lastUtterance).toBe(' two');
    for (const text of ['echo one', 'echo', '']) {
      expect(stepBack(line)).toBe(text);
      expect(line.text).toBe(text);
    }
    expect(line.stepBack).toBeUndefined();
  });

  it('forgets what stands on another line', () => {
    const line = lineOf('ls');
    line.beginNew();
    expect([line.text, line.lastUtterance, line.stepBack]).toEqual(['', '', undefined]);
    line.tookBack(2);
    line.steppedBack();
    expect([line.text, line.stepBack]).toEqual(['', undefined]);
  });
});
