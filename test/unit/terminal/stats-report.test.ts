import { describe, expect, it } from 'vitest';
import { StatsReport } from '../../../src/node/terminal/stats-report';
import { say } from '../../support/fake-engine';
import { play, type Scenario } from '../../support/marbles-session';

/** What `--stats` prints of a dictation. */
async function reported(scenario: Scenario, reference?: string) {
  const { told, session, fast, heavy } = play(scenario);
  const report = new StatsReport({ fast, heavy });
  try {
    for (const { event } of told) report.observe(event);
    return await report.result(session.stats(), reference);
  } finally {
    report.dispose();
  }
}

describe('the figures of a dictation in the terminal', () => {
  const said = [...say('well I think', 500), ...say('that it works', 1_850)];

  it('tell how often the final pass was begun at a pause, and to what end', async () => {
    const stats = await reported({ said, heavy: { callMs: () => 100 } });
    expect(stats).toMatchObject({ speculation: { kept: 1, thrown: 1 }, utterances: 1 });
    const without = await reported({ said, policy: { speculate: false } });
    expect(without.speculation).toEqual({ kept: 0, thrown: 0 });
  });

  it('tell how many words the final pass would have changed had they not been committed', async () => {
    const text = 'the quick brown fox jumps over the lazy dog';
    const scenario: Scenario = {
      said: say(text, 500),
      heavy: {
        callMs: () => 100,
        answer: ({ final }, heard) =>
          heard.map((word) => (final && word.text === 'quick' ? { ...word, text: 'thick' } : word)),
      },
    };
    const stats = await reported(scenario, text);
    expect(stats).toMatchObject({ disagreed: 1, commitViolations: 0, wer: 0 });
    expect((await reported({ said: say(text, 500) })).disagreed).toBe(0);
  });

  it('have a word error rate only where it is known what was said', async () => {
    expect((await reported({ said }, 'well I think that it worked')).wer).toBeCloseTo(1 / 6);
    expect(await reported({ said })).not.toHaveProperty('wer');
  });
});
