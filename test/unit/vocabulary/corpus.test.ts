import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { dictateUtterances, readUtterances, type Outcome } from '../../bench/vocabulary-corpus';

const root = path.resolve(import.meta.dirname, '../../..');

function sum(outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number {
  return outcomes.reduce((total, outcome) => total + of(outcome), 0);
}

describe.each(['tuning', 'heldout'] as const)('the %s half of the corpus', (half) => {
  const outcomes = dictateUtterances(root, readUtterances(root, half));
  it('is large enough to tell something', () => {
    expect(outcomes.length).toBeGreaterThanOrEqual(100);
    expect(sum(outcomes, ({ utterance }) => utterance.names.length)).toBeGreaterThanOrEqual(100);
  });
  it('has nine names in ten right', () => {
    const right =
      sum(outcomes, (outcome) => outcome.right) / sum(outcomes, ({ utterance }) => utterance.names.length);
    expect(right).toBeGreaterThanOrEqual(0.9);
  });
  it('has at most one ordinary word in two hundred wrong', () => {
    const wrong =
      sum(outcomes, (outcome) => outcome.wrong) / sum(outcomes, ({ utterance }) => utterance.words.length);
    expect(wrong).toBeLessThanOrEqual(0.005);
  });
});
