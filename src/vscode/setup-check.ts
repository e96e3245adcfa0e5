import { lastValueFrom, takeWhile, tap, timeout } from 'rxjs';
import { inputLevels, type InputLevel } from '../core/audio/input-level';
import { asDictationError, type DictationError } from '../core/errors';
import { KEEPS_UP_MS } from '../core/machine/recommend';
import type { Role } from '../core/model';
import type { EngineReport, ResolvedModel } from '../core/ports';
import type { StrategyName } from '../core/session/strategies/names';
import { COMMANDS } from './command-ids';
import type { Translate } from './l10n-templates';
import { judgeLevel, permissionFix } from './setup-level';
import type { CheckId, CheckResult, Fix } from './setup-results';
import type { SetupServices } from './setup-services';

/** How long the microphone is listened to, ms of sound; the user is asked to speak meanwhile. */
const LISTEN_MS = 4_000;
/** A recorder that delivers nothing for so long hangs, ms. */
const FIRST_SOUND_MS = 8_000;
/** A fast model has to answer four times a second with windows of several seconds. */
const DRAFTS_KEEP_UP_MS = 80;
/** A sound model hears at least this share of the bundled recording right, a clearly spoken sentence; a broken one, none. */
const UNDERSTANDS = 0.5;

/** What a check works with. */
export interface CheckContext extends SetupServices {
  readonly t: Translate;
  /** Message and hint of an error in the user's language. */
  readonly errorText: (error: DictationError) => string;
  /** Models that the settings ask for; empty for the best there is. */
  readonly wanted: Readonly<Record<Role, string>>;
  /** How the models are combined: where one does both, none drafts only. */
  readonly strategy: StrategyName;
  /** True while somebody dictates: then the engines and the microphone are left alone. */
  readonly busy: () => boolean;
  /** Called with the level while the microphone is listened to. */
  readonly onLevel?: (level: InputLevel) => void;
}

/** Everything that dictation depends on, checked one after the other; each result as it comes, first as `running`. */
export class SetupCheck {
  /** What the engines were measured at, once they were. */
  measured: readonly EngineReport[] = [];

  constructor(
    private readonly context: CheckContext,
    private readonly report: (result: CheckResult) => void,
  ) {}

  /** Runs all checks; never rejects. Ends early, between two checks, once `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const steps = [
      () => this.computer(),
      () => this.recorder(),
      () => this.microphone(signal),
      ...(this.context.strategy === 'single' ? [] : [() => this.model('fast')]),
      () => this.model('heavy'),
      () => this.engines(),
    ];
    for (const step of steps) if (!signal.aborted) await step();
  }

  /** Worth a line only where it may not be the computer in front of the user. */
  private computer(): void {
    const { computer, t } = this.context;
    if (computer === undefined) return;
    const detail = t('{0}: its microphone is heard, wherever this window is shown', computer);
    this.report({ id: 'computer', title: t('Computer'), state: 'ok', detail });
  }

  private recorder(): void {
    const { machine, t } = this.context;
    const programs = machine.recorders();
    const title = t('Recorder');
    // Which command installs one is told by the error that opening the microphone fails with.
    if (programs.length > 0) this.report({ id: 'recorder', title, state: 'ok', detail: programs.join(', ') });
    else
      this.report({ id: 'recorder', title, state: 'failed', detail: t('No recorder program is installed.') });
  }

  private async microphone(signal: AbortSignal): Promise<void> {
    const { microphones, platform, t, busy } = this.context;
    const title = t('Microphone');
    if (busy()) {
      this.report({ id: 'microphone', title, state: 'skipped', detail: this.busyText() });
      return;
    }
    this.report({ id: 'microphone', title, state: 'running', detail: t('Say something…') });
    let latest: InputLevel | undefined;
    try {
      const source = await microphones.open();
      await lastValueFrom(
        inputLevels(source.frames$).pipe(
          timeout({ first: FIRST_SOUND_MS }),
          tap((level) => {
            latest = level;
            this.context.onLevel?.(level);
          }),
          takeWhile(({ heardMs }) => heardMs < LISTEN_MS && !signal.aborted),
        ),
        { defaultValue: undefined },
      );
      this.report({ id: 'microphone', title, state: 'ok', detail: source.name });
      this.report(judgeLevel(latest, platform, t));
    } catch (error) {
      const known = asDictationError(error, 'microphone', 'microphone-unavailable');
      const fix = /not allow/.test(known.message) ? permissionFix(platform, t) : undefined;
      this.report(this.failed('microphone', title, known, fix ?? this.command('selectMicrophone')));
      this.report({
        id: 'level',
        title: t('Level'),
        state: 'skipped',
        detail: t('There was no sound to look at.'),
      });
    }
  }

  /** Finds the model of a role and checks its file; for one of the catalogue by its hash. */
  private async model(role: Role): Promise<void> {
    const { models, wanted, t } = this.context;
    const title = role === 'fast' ? t('Model for drafts') : t('Model for confirmation');
    this.report({ id: role, title, state: 'running', detail: t('Checking the file…') });
    try {
      const model = await models.resolve(role, wanted[role] || undefined);
      const published = (await models.list()).some(
        ({ path, state }) => path === model.path && state !== 'custom',
      );
      if (model.origin === 'embedded') {
        const detail = t('{0}: built in, enough for a first try only', model.name);
        this.report({ id: role, title, state: 'warning', detail, fix: this.command('manageModels') });
      } else {
        this.report({ id: role, title, state: 'ok', detail: this.describe(model, published) });
      }
    } catch (error) {
      const known = asDictationError(error, 'model', 'model-unreadable');
      this.report(this.failed(role, title, known, this.command('manageModels')));
    }
  }

  private describe(model: ResolvedModel, published: boolean): string {
    const { t } = this.context;
    return published
      ? t('{0}: complete, its hash is the published one', model.name)
      : t('{0}: sound, but of your own: no published hash to compare with', model.name);
  }

  private async engines(): Promise<void> {
    const { machine, t, busy } = this.context;
    const title = t('Engines');
    const speed = t('Speed');
    if (busy()) {
      this.report({ id: 'engines', title, state: 'skipped', detail: this.busyText() });
      return;
    }
    this.report({ id: 'engines', title, state: 'running', detail: t('Loading and measuring the models…') });
    try {
      this.measured = await machine.measure();
      const loads = this.measured.map(({ model, loadMs, variant }) =>
        t('{0} loaded in {1} ms ({2})', model, loadMs, variant),
      );
      this.report({ id: 'engines', title, ...this.judgeHearing(loads.join('; ')) });
      this.report({ id: 'speed', title: speed, ...this.judgeSpeed() });
    } catch (error) {
      this.report(this.failed('engines', title, asDictationError(error, 'engine', 'engine-failed')));
      const detail = t('The models could not be measured.');
      this.report({ id: 'speed', title: speed, state: 'skipped', detail });
    }
  }

  /** The models were given a sentence that is known: did they hear it? */
  private judgeHearing(loads: string): Pick<CheckResult, 'state' | 'detail' | 'fix'> {
    const { t } = this.context;
    const deaf = this.measured.filter(({ heard }) => heard.right < UNDERSTANDS * heard.words);
    if (deaf.length === 0) return { state: 'ok', detail: loads };
    const found = deaf.map(({ model, heard: { right, words } }) =>
      t('{0} heard {1} of {2} words of a test sentence right.', model, right, words),
    );
    const advice = t('The file may be damaged, or not fit this engine: choose another model.');
    const detail = [...found, advice].join(' ');
    return { state: 'failed', detail, fix: this.command('manageModels') };
  }

  private judgeSpeed(): Pick<CheckResult, 'state' | 'detail' | 'fix'> {
    const { t } = this.context;
    const figures = this.measured
      .map(({ model, msPerSecond }) => t('{0}: {1} ms for a second of speech', model, msPerSecond))
      .join('; ');
    const slow = this.measured.some(
      ({ role, msPerSecond }) => msPerSecond > (role === 'fast' ? DRAFTS_KEEP_UP_MS : KEEPS_UP_MS),
    );
    if (!slow) return { state: 'ok', detail: figures };
    const advice = t('Slower than speech needs: text will lag behind. Choose smaller models.');
    return { state: 'warning', detail: `${figures}. ${advice}`, fix: this.command('manageModels') };
  }

  private failed(id: CheckId, title: string, error: DictationError, fix?: Fix): CheckResult {
    const detail = this.context.errorText(error);
    return { id, title, state: 'failed', detail, ...(fix ? { fix } : {}) };
  }

  private command(name: 'selectMicrophone' | 'manageModels'): Fix {
    const { t } = this.context;
    const title = name === 'manageModels' ? t('Manage Models') : t('Select Microphone');
    return { kind: 'command', title, command: COMMANDS[name] };
  }

  private busyText(): string {
    return this.context.t('Not checked while you dictate.');
  }
}
