import path from 'node:path';
import { firstValueFrom } from 'rxjs';
import { Framer } from '../../../src/core/audio/framer';
import { DisposalList } from '../../../src/core/lifetime';
import { percentile } from '../../../src/core/measure/percentile';
import { totalWordErrors, wordErrors, type WordErrors } from '../../../src/core/measure/wer';
import type { Engine } from '../../../src/core/ports';
import { FRAME_SAMPLES, msToSamples } from '../../../src/core/units';
import { Lockstep } from '../../support/lockstep';
import { type Chart, writeCharts } from '../chart';
import { dictated, type Measured } from '../dictation';
import { embedded, startPair } from '../models';
import { playlist, type Playlist, spokenUtterances } from '../playlist';
import { type Row, row } from '../results';
import type { Section } from '../section';

const SHORT_RECORDINGS = Array.from({ length: 18 }, (_, index) => `t${String(index + 1).padStart(2, '0')}`);
/** Each is one dictation. */
const LISTS = {
  full: [SHORT_RECORDINGS, ['long40'], ['long90']],
  quick: [['t01', 't05', 't06', 't12', 't18']],
};
/** A pause that separates utterances; inside sentences the speakers of the recordings stay below. */
const PAUSE_MS = 300;
/** Silence left around an utterance that is cut out. */
const EDGE = msToSamples(140);
/** What is to be reached. */
const GOALS = { gapPoints: 1, upwr: 0.35, erasure: 0.3 };
const PERCENT = 100;

/**
 * The embedded pair on the recordings: what was committed, against the same heavy model given each utterance whole. In
 * lockstep with the audio, on an imagined machine: the figures do not depend on how fast this one is.
 */
export const accuracy: Section = {
  name: 'accuracy',
  about: 'words that were committed, and how much drafts change, in imagined time',
  async run({ root, quick, say }) {
    const folder = path.join(root, 'test', 'fixtures', 'recordings');
    const lists = (quick ? LISTS.quick : LISTS.full).map((names) =>
      playlist(folder, names, names.length === 1 ? (names[0] ?? '') : `${names.length} recordings`),
    );
    const started = new DisposalList();
    try {
      const engines = await startPair(started, embedded('fast', 1), embedded('heavy', 1));
      const streamed: Measured[] = [];
      const whole: Record<'fast' | 'heavy', WordErrors[]> = { fast: [], heavy: [] };
      for (const list of lists) {
        say(`${list.name}: ${list.words.length} words`);
        streamed.push(await inLockstep(list, engines));
        for (const role of ['fast', 'heavy'] as const)
          whole[role].push(await givenWhole(list, engines[role]));
      }
      const committed = totalWordErrors(streamed.map(({ wer }) => wer));
      const heavy = totalWordErrors(whole.heavy);
      const perWord = (of: (run: Measured) => number) =>
        streamed.reduce((sum, run) => sum + of(run) * run.wer.words, 0) / committed.words;
      const count = (of: (run: Measured) => number) => streamed.reduce((sum, run) => sum + of(run), 0);
      if (!quick) writeCharts(root, 'accuracy', [chart(lists, streamed, whole.heavy)]);
      return [
        row('accuracy.words', committed.words, 'words'),
        row('accuracy.wer.committed', PERCENT * committed.rate, '%'),
        row('accuracy.wer.heavy_given_whole', PERCENT * heavy.rate, '%'),
        row('accuracy.wer.fast_given_whole', PERCENT * totalWordErrors(whole.fast).rate, '%'),
        row('accuracy.streaming_gap', PERCENT * (committed.rate - heavy.rate), 'points', {
          atMost: GOALS.gapPoints,
        }),
        ...lists.map((list, index) =>
          row(
            `accuracy.wer.${list.name.replace(/ /g, '_')}`,
            PERCENT * (streamed[index]?.wer.rate ?? NaN),
            '%',
          ),
        ),
        row(
          'accuracy.upwr',
          perWord(({ upwr }) => upwr),
          'words per word',
          { atMost: GOALS.upwr },
        ),
        row(
          'accuracy.erasure',
          perWord(({ erasure }) => erasure),
          'words per word',
          {
            atMost: GOALS.erasure,
          },
        ),
        ...imagined(streamed),
        row(
          'accuracy.finals_dropped',
          count(({ lost, unverified }) => lost + unverified),
          'utterances',
          {
            atMost: 0,
          },
        ),
        row(
          'accuracy.commit_violations',
          count(({ violations }) => violations),
          'words',
          { atMost: 0 },
        ),
      ];
    } finally {
      await started.dispose();
    }
  },
};

/** Latencies on the imagined machine: for comparing two versions of the pipeline, on a busy machine too. */
function imagined(streamed: readonly Measured[]): Row[] {
  const at = (share: number, of: (run: Measured) => readonly number[]) =>
    percentile(streamed.flatMap(of), share) ?? NaN;
  return [
    row(
      'accuracy.imagined.draft.p50',
      at(0.5, ({ draftMs }) => draftMs),
      'ms',
    ),
    row(
      'accuracy.imagined.draft.p95',
      at(0.95, ({ draftMs }) => draftMs),
      'ms',
    ),
    row(
      'accuracy.imagined.draft.in_place.p95',
      at(0.95, ({ placeMs }) => placeMs),
      'ms',
    ),
    row(
      'accuracy.imagined.confirm.after_decision.p50',
      at(0.5, ({ confirmMs }) => confirmMs),
      'ms',
    ),
    row(
      'accuracy.imagined.confirm.after_speech.p50',
      at(0.5, ({ acousticMs }) => acousticMs),
      'ms',
    ),
  ];
}

async function inLockstep(
  list: Playlist,
  inner: Parameters<typeof dictated>[0]['engines'],
): Promise<Measured> {
  const lockstep = new Lockstep(inner);
  try {
    const frames = new Framer().push(list.samples);
    return await dictated({
      source: lockstep.source(list.name, frames),
      engines: lockstep.engines,
      words: list.words,
      now: () => lockstep.now(),
    });
  } finally {
    lockstep.dispose();
  }
}

/** The model's errors when it hears each utterance alone and whole, cut where the speaker paused. */
async function givenWhole({ samples, words }: Playlist, engine: Engine): Promise<WordErrors> {
  const parts: WordErrors[] = [];
  for (const utterance of spokenUtterances(words, PAUSE_MS)) {
    const [first, last] = [utterance[0], utterance.at(-1)];
    if (!first || !last) continue;
    const from = Math.max(0, Math.round(first.start) - EDGE);
    const to = Math.min(samples.length, Math.round(last.end) + EDGE);
    const audio = new Float32Array(Math.ceil((to - from) / FRAME_SAMPLES) * FRAME_SAMPLES);
    audio.set(samples.subarray(from, to));
    engine.reset();
    for (const frame of new Framer().push(audio)) engine.push(frame);
    const { text } = await firstValueFrom(
      engine.transcribe({
        role: engine.role,
        windowId: 1,
        utteranceId: 1,
        range: { start: 0, end: to - from },
        final: true,
        language: 'en',
        prompt: '',
        timestamps: engine.role === 'heavy',
      }),
    );
    parts.push(wordErrors(utterance.map((word) => word.text).join(' '), text));
  }
  return totalWordErrors(parts);
}

function chart(
  lists: readonly Playlist[],
  streamed: readonly Measured[],
  whole: readonly WordErrors[],
): Chart {
  const sum = (values: readonly number[], index: number) =>
    values.slice(0, index + 1).reduce((total, value) => total + value, 0);
  const words = lists.map((list) => list.words.length);
  const curve = (name: string, errors: readonly number[]) => ({
    name,
    points: [[0, 0] as const, ...lists.map((_, index) => [sum(words, index), sum(errors, index)] as const)],
  });
  return {
    title: 'Word errors, added up over the recordings',
    x: 'words spoken',
    y: 'errors',
    series: [
      curve(
        'committed while streaming',
        streamed.map(({ wer }) => wer.errors),
      ),
      curve(
        'heavy model, utterances whole',
        whole.map(({ errors }) => errors),
      ),
    ],
  };
}
