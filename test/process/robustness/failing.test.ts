import { copyFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Disposable } from '../../../src/core/lifetime';
import type { Role, TranscribeRequest } from '../../../src/core/model';
import type { SessionEvent } from '../../../src/core/session-types';
import { conduct, type Conducted } from '../../support/conductor';
import { embeddedModel, engineOptions, reached } from '../../support/engines';
import { EMBEDDED_WINDOWS, embeddedPair, type Pair } from '../../support/pipeline';
import { isAlive } from '../../support/processes';
import {
  AUDIO,
  confirming,
  drafting,
  expectNothingLost,
  expectSettled,
  IDLE_FRAME,
  kill,
  DRAFTED,
  once,
  partly,
  SPEECH_FRAME,
  starve,
  unverified,
} from '../../support/robustness';

describe('an engine that is stopped in its tracks', () => {
  /** Longer than any call of these models, also on a machine that is busy with something else. */
  const DEADLINE_MS = 3_000;

  it.skipIf(process.platform === 'win32').each<[Role, string, (request: TranscribeRequest) => boolean]>([
    ['fast', 'a draft call', drafting],
    ['heavy', 'a partial pass', partly],
    ['heavy', 'a final', confirming],
  ])('%s, in %s: ended at its deadline, and nothing is lost', async (role, _name, test) => {
    const pair = embeddedPair({
      fast: { deadlineMs: () => DEADLINE_MS },
      heavy: { deadlineMs: () => DEADLINE_MS },
    });
    try {
      pair.fast.start();
      pair.heavy.start();
      await Promise.all([reached(pair.fast, 'ready'), reached(pair.heavy, 'ready')]);
      const stopped = pair[role].pid ?? 0;
      const outcome = await conduct(pair, AUDIO, {
        policy: { speculate: false },
        duringCall: once<[TranscribeRequest, number, Pair]>(
          (request) => test(request),
          (_request, _number, on) => kill(on, role, 'SIGSTOP'),
        ),
      });
      expectNothingLost(outcome);
      expect(outcome.problems).toEqual(['engine-deadline']);
      expect(unverified(outcome)).toEqual([]);
      expect(isAlive(stopped)).toBe(false);
      // Only finals are worth a second try: for the others there is a newer window by then.
      expect(outcome.stats.retried).toBe(test === confirming ? 1 : 0);
    } finally {
      await Promise.all([pair.fast.dispose(), pair.heavy.dispose()]);
    }
  });
});

describe('an engine that gets hardly any computing time', () => {
  /** Far more than any call takes. */
  const PATIENT_MS = 120_000;
  /** What the starved call would take alone, as a share of its deadline: it has to compute, but for less than half of that. */
  const SHARE_OF_DEADLINE = 0.25;
  /** The starved call lasts so many deadlines, each with what the supervisor leaves a late answer. */
  const DEADLINES = 3;
  const LATE_ANSWER_MS = 250;
  /** Shorter ones would be about the supervisor's own allowances. */
  const LEAST_DEADLINE_MS = 250;

  it.skipIf(process.platform === 'win32')('heavy, in a final: waited for, not ended', async () => {
    let deadlineMs = PATIENT_MS;
    // The priority of the test: what keeps this machine busy otherwise is not to starve it even more.
    const pair = embeddedPair({
      heavy: { priority: 0, deadlineMs: ({ final }) => (final ? deadlineMs : PATIENT_MS) },
    });
    let starving: Disposable | undefined;
    /** A dictation; `act` is done in its first final pass. Returns how long that took, too. */
    const withFirstFinal = async (act: () => void) => {
      let [began, ended] = [0, 0];
      const outcome = await conduct(pair, AUDIO, {
        policy: { speculate: false },
        duringCall: once<[TranscribeRequest]>(confirming, () => {
          began = performance.now();
          // It is under way with its deadline; the next one has all the time.
          deadlineMs = PATIENT_MS;
          act();
        }),
        onEvent: once<[SessionEvent]>(
          (event) => event.type === 'commit' && event.final,
          () => {
            ended = performance.now();
            void starving?.dispose();
          },
        ),
      });
      return { outcome, tookMs: ended - began };
    };
    try {
      pair.fast.start();
      pair.heavy.start();
      await Promise.all([reached(pair.fast, 'ready'), reached(pair.heavy, 'ready')]);
      const { tookMs } = await withFirstFinal(() => undefined);
      const deadline = Math.max(LEAST_DEADLINE_MS, tookMs / SHARE_OF_DEADLINE);
      deadlineMs = deadline;
      const { pid } = pair.heavy;
      const { outcome } = await withFirstFinal(() => {
        starving = starve(pair, 'heavy', tookMs / (DEADLINES * (deadline + LATE_ANSWER_MS)));
      });
      expectNothingLost(outcome);
      expect(outcome.problems).toEqual([]);
      expect(unverified(outcome)).toEqual([]);
      expect(pair.heavy.pid).toBe(pid);
    } finally {
      await starving?.dispose();
      await Promise.all([pair.fast.dispose(), pair.heavy.dispose()]);
    }
  });
});

describe('an engine that fails for good', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-robust-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A pair whose models are files of its own, which may go away. */
  const ownPair = (name: string) => {
    const files = {
      fast: path.join(folder, `${name}-fast.bin`),
      heavy: path.join(folder, `${name}-heavy.bin`),
    };
    for (const role of ['fast', 'heavy'] as const) copyFileSync(embeddedModel(role), files[role]);
    const model = (role: Role) => ({
      ...engineOptions(role).model,
      path: files[role],
      longestWindow: EMBEDDED_WINDOWS[role],
    });
    return {
      pair: embeddedPair({ fast: { model: model('fast') }, heavy: { model: model('heavy') } }),
      files,
    };
  };
  const using = async (name: string, test: (own: ReturnType<typeof ownPair>) => Promise<void>) => {
    const own = ownPair(name);
    try {
      await test(own);
    } finally {
      await Promise.all([own.pair.fast.dispose(), own.pair.heavy.dispose()]);
    }
  };
  const ready = async ({ fast, heavy }: Pair) => {
    fast.start();
    heavy.start();
    await Promise.all([reached(fast, 'ready'), reached(heavy, 'ready')]);
  };
  const verifying = ({ events }: Conducted) =>
    events.flatMap((event) => (event.type === 'status' ? [event.status.verifying] : []));
  /** What the fast model alone understands: more words may be wrong, but all are there. */
  const expectDrafts = (outcome: Conducted) => {
    expectNothingLost(outcome, '', DRAFTED);
    expect(outcome.error).toBeUndefined();
    expect(outcome.commits.filter(({ final }) => final).every(({ verified }) => !verified)).toBe(true);
    expect(verifying(outcome).at(-1)).toBe(false);
  };

  it('heavy, absent from the start: drafts are committed as what they are, and it is told once', () =>
    using('absent', async ({ pair, files }) => {
      rmSync(files.heavy);
      const outcome = await conduct(pair, AUDIO);
      expectDrafts(outcome);
      expect(outcome.problems).toEqual(['model-missing']);
    }));

  it.each<[string, (file: string) => void, string]>([
    ['removed', (file) => rmSync(file), 'model-missing'],
    ['cut short', (file) => truncateSync(file, 100_000), 'model-corrupt'],
  ])('heavy, its file %s after it was loaded and the process dead', (name, spoil, code) =>
    using(name, async ({ pair, files }) => {
      await ready(pair);
      const outcome = await conduct(pair, AUDIO, {
        beforeFrame: (index, on) => {
          if (index !== IDLE_FRAME) return;
          spoil(files.heavy);
          kill(on, 'heavy');
        },
      });
      expectDrafts(outcome);
      expect(outcome.problems).toEqual(['engine-crashed', code]);
    }),
  );

  it('heavy, killed whenever it is ready: given up, its utterances are committed as drafts', async () => {
    const pair = embeddedPair({ heavy: { times: { backOff: 1, failures: 3 } } });
    try {
      await ready(pair);
      const outcome = await conduct(pair, AUDIO, {
        onState: (role, { phase }, on) => {
          if (role === 'heavy' && phase === 'ready') queueMicrotask(() => kill(on, 'heavy'));
        },
      });
      expectDrafts(outcome);
      expect(outcome.problems.filter((code) => code === 'engine-crashed')).toHaveLength(3);
    } finally {
      await Promise.all([pair.fast.dispose(), pair.heavy.dispose()]);
    }
  });

  it('fast, in the middle of a sentence: what was said is confirmed, then the dictation ends with the reason', () =>
    using('fast', async ({ pair, files }) => {
      await ready(pair);
      const outcome = await conduct(pair, AUDIO, {
        beforeFrame: (index, on) => {
          if (index !== SPEECH_FRAME) return;
          rmSync(files.fast);
          kill(on, 'fast');
        },
      });
      expectSettled(outcome);
      expect(outcome.error).toMatchObject({ area: 'model', code: 'model-missing' });
      expect(outcome.error?.userText).toMatch(/fast model.*Download/s);
      expect(unverified(outcome)).toEqual([]);
      expect(outcome.text).toMatch(/^that is what/i);
    }));

  it('both: a clear error, and the words that were shown are handed back', () =>
    using('both', async ({ pair, files }) => {
      await ready(pair);
      const outcome = await conduct(pair, AUDIO, {
        beforeFrame: (index, on) => {
          if (index !== SPEECH_FRAME) return;
          for (const role of ['fast', 'heavy'] as const) {
            rmSync(files[role]);
            kill(on, role);
          }
        },
      });
      expectSettled(outcome);
      expect(outcome.error?.hint).not.toBe('');
      const shown = outcome.drafts.at(-1) ?? '';
      expect(shown).not.toBe('');
      const handedBack = outcome.commits.filter((commit) => commit.text !== '');
      expect(handedBack.map(({ verified }) => verified)).toEqual([false]);
      expect(outcome.text.toLowerCase()).toContain(shown.toLowerCase());
    }));
});
