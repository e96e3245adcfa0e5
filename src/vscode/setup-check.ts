import { lastValueFrom, takeWhile, tap, timeout } from 'rxjs';
import { inputLevels, type InputLevel } from '../core/audio/input-level';
import { asDictationError, type DictationError } from '../core/errors';
import type { Role } from '../core/model';
import type { EngineReport, ResolvedModel } from '../core/ports';
import type { StrategyName } from '../core/session/strategies/names';
import type { Translate } from './l10n-templates';
import { enginesFix, manageModels, microphoneFix, recorderFix } from './setup-fixes';
import { judgeLevel } from './setup-level';
import { judgeHearing, judgeSpeed } from './setup-measured';
import type { CheckId, CheckResult, Fix } from './setup-results';
import type { SetupServices } from './setup-services';

/** How long the microphone is listened to, ms of sound; the user is asked to speak meanwhile. */
const LISTEN_MS = 4_000;
/** A recorder that delivers nothing for so long hangs, ms. */
const FIRST_SOUND_MS = 8_000;

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
      () => this.engines(signal),
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

  private async recorder(): Promise<void> {
    const { machine, t } = this.context;
    const programs = machine.recorders();
    const base = { id: 'recorder', title: t('Recorder') } as const;
    if (programs.length > 0) return this.report({ ...base, state: 'ok', detail: programs.join(', ') });
    const fix = recorderFix(await machine.recorderInstallCommand(), t);
    // The command is told by the error that opening the microphone fails with.
    this.report({ ...base, state: 'failed', detail: t('No recorder program is installed.'), fix });
  }

  private async microphone(signal: AbortSignal): Promise<void> {
    const { microphones, machine, platform, t, busy } = this.context;
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
      const recorders = machine.recorders();
      const installCommand = await machine.recorderInstallCommand();
      const fix = microphoneFix(known, { platform, recorders, installCommand }, t);
      this.report(this.failed('microphone', title, known, fix));
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
        this.report({ id: role, title, state: 'warning', detail, fix: manageModels(t) });
      } else {
        this.report({ id: role, title, state: 'ok', detail: this.describe(model, published) });
      }
    } catch (error) {
      const known = asDictationError(error, 'model', 'model-unreadable');
      this.report(this.failed(role, title, known, manageModels(t)));
    }
  }

  private describe(model: ResolvedModel, published: boolean): string {
    const { t } = this.context;
    return published
      ? t('{0}: complete, its hash is the published one', model.name)
      : t('{0}: sound, but of your own: no published hash to compare with', model.name);
  }

  private async engines(signal: AbortSignal): Promise<void> {
    const { machine, t, busy } = this.context;
    const title = t('Engines');
    const speed = t('Speed');
    if (busy()) {
      this.report({ id: 'engines', title, state: 'skipped', detail: this.busyText() });
      return;
    }
    this.report({ id: 'engines', title, state: 'running', detail: t('Loading and measuring the models…') });
    try {
      this.measured = await machine.measure(signal);
      this.report({ id: 'engines', title, ...judgeHearing(this.measured, t) });
      this.report({ id: 'speed', title: speed, ...judgeSpeed(this.measured, t) });
    } catch (error) {
      const known = asDictationError(error, 'engine', 'engine-failed');
      if (known.code === 'measuring-ended') {
        this.report({ id: 'engines', title, state: 'skipped', detail: this.context.errorText(known) });
        return;
      }
      this.report(this.failed('engines', title, known, enginesFix(known, t)));
      const detail = t('The models could not be measured.');
      this.report({ id: 'speed', title: speed, state: 'skipped', detail });
    }
  }

  private failed(id: CheckId, title: string, error: DictationError, fix: Fix): CheckResult {
    return { id, title, state: 'failed', detail: this.context.errorText(error), fix };
  }

  private busyText(): string {
    return this.context.t('Not checked while you dictate.');
  }
}
