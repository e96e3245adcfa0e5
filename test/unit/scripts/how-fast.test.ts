import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { howFast, readmeWithFigures, withTable } from '../../../scripts/how-fast.mjs';

const row = (figure: string, value: number, unit: string, goal: string | null, ok = true) => ({
  figure,
  value,
  unit,
  goal,
  ok,
});

describe('the table "How fast"', () => {
  it('agrees with the results in the repository', async () => {
    expect(readFileSync('README.md', 'utf8')).toBe(await readmeWithFigures());
  });

  it('shows what was reached, and does not hide what was missed', () => {
    const table = howFast([
      row('latency.draft.p50', 420, 'ms', '<= 450'),
      row('latency.draft.p95', 1_200, 'ms', '<= 900', false),
      row('latency.naive.confirm_factor', 9.5, 'times', '>= 4'),
    ]);
    const cells = table.split('\n').map((line) =>
      line
        .split('|')
        .slice(2, 4)
        .map((cell) => cell.trim()),
    );
    expect(cells.slice(2)).toEqual([
      ['420 ms', '≤ 450'],
      ['1200 ms', '≤ 900, missed'],
      ['9.5 ×', '≥ 4'],
    ]);
  });

  it('tells the worst of several, and nothing of what was not measured', () => {
    const soak = (host: number, ok = true) => [
      row('soak.memory.host.change', host, '%', '<= 5', ok),
      row('soak.memory.fast.change', 2, '%', '<= 5'),
      row('soak.memory.heavy.change', 1, '%', '<= 5'),
    ];
    expect(howFast(soak(0.5))).toContain('| 2 % |');
    expect(howFast(soak(7, false))).toContain('| 7 % | ≤ 5, missed |');
    expect(howFast(soak(7).slice(1)).split('\n')).toHaveLength(2);
  });

  it('goes between the markers of the README', () => {
    const readme = 'before\n<!-- how-fast: made by `npm run bench` -->\nold\n<!-- /how-fast -->\nafter\n';
    expect(withTable(readme, 'new')).toBe(
      'before\n<!-- how-fast: made by `npm run bench` -->\n\nnew\n\n<!-- /how-fast -->\nafter\n',
    );
    expect(() => withTable('nothing', 'new')).toThrow('no place');
  });
});
