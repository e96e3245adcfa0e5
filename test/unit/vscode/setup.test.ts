import { EMPTY, from, NEVER, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { DictationError } from '../../../src/core/errors';
import type { Frame } from '../../../src/core/model';
import type { EngineReport, ModelOrigin, StoredModel } from '../../../src/core/ports';
import type { StrategyName } from '../../../src/core/session/strategies/names';
import { FRAME_SAMPLES } from '../../../src/core/units';
import { english } from '../../../src/vscode/l10n-templates';
import { SetupCheck, type CheckContext } from '../../../src/vscode/setup-check';
import { microphoneFix, recorderFix } from '../../../src/vscode/setup-fixes';
import { CHECKS, withResult, type CheckResult } from '../../../src/vscode/setup-results';

/** Five seconds of frames, `speech` in the middle of `noise`. */
function sound(noise: number, speech: number) {
  const frames = Array.from({ length: 160 }, (_, index): Frame => {
    const level = index > 40 && index < 90 ? speech : noise;
    const samples = Float32Array.from({ length: FRAME_SAMPLES }, (_, i) => (i % 2 === 0 ? level : -level));
    return { start: index * FRAME_SAMPLES, samples };
  });
  return from(frames);
}
const measured = (msPerSecond: number, right = 15): EngineReport[] =>
  (['fast', 'heavy'] as const).map((role) => ({
    role,
    model: `m-${role}`,
    variant: 'linux-x64-avx2',
    loadMs: 120,
    msPerSecond,
    heard: { right: role === 'heavy' ? right : 15, words: 15 },
  }));

interface Machine {
  readonly frames$?: ReturnType<typeof sound>;
  readonly recorders?: string[];
  /** Command that installs a recorder; empty if none is known. */
  readonly install?: string;
  readonly origin?: ModelOrigin;
  readonly platform?: NodeJS.Platform;
  readonly msPerSecond?: number;
  /** Words of the test sentence that the heavy model heard, of 15. */
  readonly right?: number;
  readonly modelError?: DictationError;
  readonly engineError?: DictationError;
  readonly busy?: boolean;
  readonly strategy?: StrategyName;
  readonly computer?: string;
  /** Called with what ends the measuring. */
  readonly onMeasure?: (signal: AbortSignal | undefined) => void;
}

async function check(
  machine: Machine,
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly CheckResult[]> {
  let results: readonly CheckResult[] = [];
  const { frames$ = sound(0.001, 0.3), recorders = ['arecord'], origin = 'downloaded' } = machine;
  const context: CheckContext = {
    microphones: {
      list: async () => [],
      open: async () => ({ name: 'microphone (arecord)', frames$ }),
    },
    models: {
      resolve: async (role) => {
        if (machine.modelError) throw machine.modelError;
        return { role, name: `m-${role}`, path: role, origin, longestWindow: 1, languages: ['en'] };
      },
      list: async () => [{ path: 'fast', state: 'installed' } as StoredModel],
      pairs: () => [],
      defaultPair: () => ['', ''],
      has: async () => true,
      isDownloading: () => Promise.resolve(false),
      download: () => EMPTY,
      installFromFile: () => Promise.reject(new Error('not used')),
      delete: async () => undefined,
    },
    machine: {
      facts: () => ({ cores: 4, memoryBytes: 1 }),
      recorders: () => recorders,
      recorderInstallCommand: async () => (machine.install ?? 'apt install sox') || undefined,
      measure: async (ended) => {
        machine.onMeasure?.(ended);
        const error = machine.modelError ?? machine.engineError;
        if (error) throw error;
        return measured(machine.msPerSecond ?? 20, machine.right);
      },
    },
    platform: machine.platform ?? 'linux',
    computer: machine.computer,
    t: english,
    errorText: (error) => error.userText,
    wanted: { fast: '', heavy: '' },
    strategy: machine.strategy ?? 'tandem',
    busy: () => machine.busy ?? false,
  };
  const setup = new SetupCheck(context, (result) => (results = withResult(results, result)));
  await setup.run(signal);
  return results;
}
const states = (results: readonly CheckResult[]) => results.map(({ id, state }) => `${id} ${state}`);
const one = (results: readonly CheckResult[], id: string) => results.find((result) => result.id === id);

describe('SetupCheck', () => {
  it('is content with a machine where everything works', async () => {
    const results = await check({});
    expect(states(results)).toEqual([
      'recorder ok',
      'microphone ok',
      'level ok',
      'fast ok',
      'heavy ok',
      'engines ok',
      'speed ok',
    ]);
    expect(one(results, 'fast')?.detail).toContain('hash is the published one');
    expect(one(results, 'heavy')?.detail).toContain('of your own');
    expect(one(results, 'speed')?.detail).toContain('m-heavy: 20 ms for a second of speech');
  });

  it('does not ask for a model that drafts where one does both', async () => {
    const results = await check({ strategy: 'single' });
    expect(one(results, 'fast')).toBeUndefined();
    expect(one(results, 'heavy')).toMatchObject({ state: 'ok' });
  });

  it('begins with the computer that is heard where that may be another one', async () => {
    const [first] = await check({ computer: 'build-7' });
    expect(first).toMatchObject({ id: 'computer', state: 'ok' });
    expect(first?.detail).toContain('build-7');
  });

  it('names what is wrong with the microphone and goes on with the rest', async () => {
    const error = new DictationError('microphone', 'microphone-unavailable', 'It broke.', 'Mend it.');
    const results = await check({ frames$: throwError(() => error), recorders: [] });
    expect(states(results).slice(0, 4)).toEqual([
      'recorder failed',
      'microphone failed',
      'level skipped',
      'fast ok',
    ]);
    expect(one(results, 'microphone')).toMatchObject({
      detail: 'It broke. Mend it.',
      fix: { command: 'tandem.selectMicrophone' },
    });
  });

  it('leads to the privacy settings when the system forbids the microphone', async () => {
    const message = 'The system does not allow access to the microphone.';
    const error = new DictationError('microphone', 'microphone-unavailable', message);
    const results = await check({ frames$: throwError(() => error), platform: 'win32' });
    expect(one(results, 'microphone')?.fix).toMatchObject({ uri: 'ms-settings:privacy-microphone' });
  });

  it('recognises digital zeros as a forbidden microphone, and leads to the switch of macOS', async () => {
    const results = await check({ frames$: sound(0, 0), platform: 'darwin' });
    expect(one(results, 'level')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('macOS does not let this editor listen') as string,
      fix: { uri: expect.stringContaining('Privacy_Microphone') as string },
    });
  });

  it('reports a model that is missing, and does not claim to have measured it', async () => {
    const modelError = new DictationError('model', 'model-missing', 'Gone.', 'Get it.');
    const results = await check({ modelError });
    expect(states(results).slice(3)).toEqual([
      'fast failed',
      'heavy failed',
      'engines failed',
      'speed skipped',
    ]);
  });

  it('warns of the built-in models and of models that are too slow', async () => {
    const results = await check({ origin: 'embedded', msPerSecond: 900 });
    expect(states(results).slice(3)).toEqual([
      'fast warning',
      'heavy warning',
      'engines ok',
      'speed warning',
    ]);
    expect(one(results, 'speed')?.fix).toMatchObject({ command: 'tandem.manageModels' });
  });

  it('finds a model that loads and answers, but hears nonsense', async () => {
    const engines = one(await check({ right: 2 }), 'engines');
    expect(engines).toMatchObject({ state: 'failed', fix: { command: 'tandem.manageModels' } });
    expect(engines?.detail).toMatch(/^m-heavy heard 2 of 15 words of a test sentence right\. The file/);
    expect(one(await check({ right: 8 }), 'engines')?.state).toBe('ok');
  });

  it("says so when a dictation ended the measuring: that is nobody's fault", async () => {
    const engineError = new DictationError('engine', 'measuring-ended', 'A dictation began.', 'Check again.');
    const results = await check({ engineError });
    expect(states(results).slice(3)).toEqual(['fast ok', 'heavy ok', 'engines skipped']);
    expect(one(results, 'engines')?.detail).toBe('A dictation began. Check again.');
  });

  it('measures no longer than somebody wants to know', async () => {
    const closed = new AbortController();
    const asked: (AbortSignal | undefined)[] = [];
    await check({ onMeasure: (signal) => void asked.push(signal) }, closed.signal);
    expect(asked).toEqual([closed.signal]);
  });

  it('leaves microphone and engines alone while somebody dictates', async () => {
    const results = await check({ busy: true, frames$: NEVER as ReturnType<typeof sound> });
    expect(states(results)).toEqual([
      'recorder ok',
      'microphone skipped',
      'fast ok',
      'heavy ok',
      'engines skipped',
    ]);
  });
});

describe('what helps', () => {
  const failed = (area: 'microphone' | 'model' | 'engine', code: string, message = 'It broke.') =>
    new DictationError(area, code, message);
  const noRecorder = throwError(() => failed('microphone', 'recorder-missing'));
  const forbidden = throwError(() =>
    failed('microphone', 'microphone-unavailable', 'The system does not allow access.'),
  );
  const broken = throwError(() => failed('microphone', 'microphone-unavailable'));
  const troubles: readonly Machine[] = [
    { recorders: [], frames$: noRecorder },
    { recorders: [], frames$: noRecorder, install: '' },
    { frames$: noRecorder },
    { frames$: forbidden },
    { frames$: broken },
    { frames$: EMPTY },
    { frames$: sound(0, 0) },
    { frames$: sound(0.001, 1) },
    { frames$: sound(0.001, 0.02) },
    { frames$: sound(0.1, 0.1) },
    { modelError: failed('model', 'model-missing') },
    { engineError: failed('engine', 'addon') },
    { engineError: failed('model', 'model-refused') },
    { origin: 'embedded', msPerSecond: 900 },
    { right: 2 },
  ];
  const bad = ({ state }: CheckResult) => state === 'failed' || state === 'warning';

  it.each(['linux', 'darwin', 'win32', 'freebsd'] as const)(
    'is offered with all that is not as it should be, on %s',
    async (platform) => {
      const found: CheckResult[] = [];
      for (const trouble of troubles) {
        const results = (await check({ ...trouble, platform })).filter(bad);
        expect(results, JSON.stringify(trouble)).not.toEqual([]);
        found.push(...results);
      }
      expect(found.filter(({ fix }) => !fix)).toEqual([]);
      // Of every check but that of the computer, which only informs, a failure was among them.
      expect(CHECKS.filter((id) => !found.some((result) => result.id === id))).toEqual(['computer']);
    },
  );

  it('is the command that installs a recorder, where there is none to choose a microphone with', async () => {
    const copy = { kind: 'copy', text: 'brew install sox' };
    const results = await check({ recorders: [], frames$: noRecorder, install: 'brew install sox' });
    expect(one(results, 'recorder')?.fix).toMatchObject(copy);
    expect(one(results, 'microphone')?.fix).toMatchObject(copy);
    expect(recorderFix(undefined, english)).toMatchObject({ kind: 'link' });
  });

  it('is the setting that asks for a recorder which is not installed, where others are', () => {
    const facts = { platform: 'linux', recorders: ['arecord'], installCommand: 'apt install sox' } as const;
    expect(microphoneFix(failed('microphone', 'recorder-missing'), facts, english)).toMatchObject({
      kind: 'setting',
      setting: 'microphone.recorder',
    });
  });

  it('is the log for engines that do not start, and other models for models that cannot be used', async () => {
    const fixOf = async (error: DictationError) => one(await check({ engineError: error }), 'engines')?.fix;
    expect(await fixOf(failed('engine', 'addon'))).toMatchObject({ command: 'tandem.showLog' });
    expect(await fixOf(failed('model', 'model-refused'))).toMatchObject({ command: 'tandem.manageModels' });
  });

  it('is the volume of the system for a voice that is too loud or too quiet, or the list that shows the level', async () => {
    for (const speech of [1, 0.02]) {
      const fixOn = async (platform: NodeJS.Platform) =>
        one(await check({ frames$: sound(0.001, speech), platform }), 'level')?.fix;
      expect(await fixOn('darwin')).toMatchObject({ uri: expect.stringContaining('sound') as string });
      expect(await fixOn('win32')).toMatchObject({ uri: 'ms-settings:sound' });
      expect(await fixOn('linux')).toMatchObject({ command: 'tandem.selectMicrophone' });
    }
  });
});
