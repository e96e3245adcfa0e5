import os from 'node:os';
import * as vscode from 'vscode';
import type { EngineReport } from '../core/ports';
import { errorText, t } from './l10n';
import { levelBar } from './level-bars';
import { readSettings } from './settings';
import { SetupCheck } from './setup-check';
import { mend } from './setup-mend';
import { reportText } from './setup-report';
import { withResult, type CheckResult, type Fix } from './setup-results';
import type { SetupServices } from './setup-services';

/** Characters that surely fit into a line of the list. */
const LINE_LENGTH = 70;
/** Bars of the level while the microphone is checked. */
const BARS = 12;
const ICONS: Readonly<Record<CheckResult['state'], string>> = {
  running: '$(loading~spin)',
  ok: '$(pass)',
  warning: '$(warning)',
  failed: '$(error)',
  skipped: '$(circle-slash)',
};

/** What the window around the check provides. */
export interface SetupHost {
  /** True while somebody dictates. */
  readonly busy: () => boolean;
  /** Version of the extension. */
  readonly version: string;
  /** Called with what was measured. */
  readonly onMeasured: (reports: readonly EngineReport[]) => void;
}

interface Item extends vscode.QuickPickItem {
  readonly result: CheckResult;
}

/**
 * Checks everything that dictation depends on and shows the results as they come, in a list where a result that needs
 * something done does it when it is chosen. Resolves to the results when the list is closed.
 */
export async function checkSetup(services: SetupServices, host: SetupHost): Promise<readonly CheckResult[]> {
  const view = new SetupView(services, host);
  try {
    return await view.show();
  } finally {
    view.dispose();
  }
}

class SetupView implements vscode.Disposable {
  private readonly pick = vscode.window.createQuickPick<Item>();
  private readonly copy: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('copy'),
    tooltip: t('Copy Report'),
  };
  private readonly again: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('refresh'),
    tooltip: t('Check Again'),
  };
  private results: readonly CheckResult[] = [];
  private running = new AbortController();

  constructor(
    private readonly services: SetupServices,
    private readonly host: SetupHost,
  ) {
    this.pick.title = t('Check Setup');
    this.pick.placeholder = t('Choose a line to read it as a whole and to mend what it says');
    this.pick.buttons = [this.copy, this.again];
    // Another window may be needed to mend something.
    this.pick.ignoreFocusOut = true;
    this.pick.matchOnDetail = true;
  }

  show(): Promise<readonly CheckResult[]> {
    const { pick } = this;
    return new Promise((resolve) => {
      pick.onDidTriggerButton((button) => {
        if (button === this.copy) void this.copyReport();
        else void this.check();
      });
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        if (item) void this.open(item.result);
      });
      pick.onDidHide(() => resolve(this.results));
      pick.show();
      void this.check();
    });
  }

  dispose(): void {
    this.running.abort();
    this.pick.dispose();
  }

  private async check(): Promise<void> {
    this.running.abort();
    const running = new AbortController();
    this.running = running;
    this.results = [];
    this.pick.busy = true;
    const settings = readSettings();
    let bars = '';
    const check = new SetupCheck(
      {
        ...this.services,
        t,
        errorText,
        busy: this.host.busy,
        wanted: { fast: settings['models.fast'], heavy: settings['models.heavy'] },
        strategy: settings.strategy,
        onLevel: ({ rms }) => {
          bars = (bars + levelBar(rms)).slice(-BARS);
          if (!running.signal.aborted) this.pick.title = `${t('Check Setup')} · ${bars}`;
        },
      },
      (result) => {
        if (running.signal.aborted) return;
        this.results = withResult(this.results, result);
        this.draw();
      },
    );
    await check.run(running.signal);
    if (running.signal.aborted) return;
    if (check.measured.length > 0) this.host.onMeasured(check.measured);
    this.pick.busy = false;
    this.pick.title = `${t('Check Setup')} · ${this.verdict()}`;
  }

  private draw(): void {
    this.pick.items = this.results.map((result) => ({
      result,
      label: `${ICONS[result.state]} ${result.title}`,
      detail: result.detail,
      ...(result.fix ? { description: `$(arrow-right) ${result.fix.title}` } : {}),
    }));
  }

  private verdict(): string {
    const has = (state: CheckResult['state']) => this.results.some((result) => result.state === state);
    if (has('failed')) return t('something does not work');
    return has('warning') ? t('works, but could be better') : t('everything works');
  }

  /** A text that a line of the list cuts off is shown as a whole first. */
  private async open({ title, detail, fix }: CheckResult): Promise<void> {
    if (detail.length <= LINE_LENGTH && fix) return this.mend(fix);
    this.pick.hide();
    const buttons = fix ? [fix.title] : [];
    const chosen = await vscode.window.showInformationMessage(`${title}: ${detail}`, ...buttons);
    if (chosen && fix) await this.mend(fix);
  }

  private async mend(fix: Fix): Promise<void> {
    this.pick.hide();
    await mend(fix);
  }

  private async copyReport(): Promise<void> {
    const { machine, microphones } = this.services;
    const devices = await microphones.list();
    const facts = {
      ...machine.facts(),
      extension: this.host.version,
      editor: `${vscode.env.appName} ${vscode.version}`,
      system: `${os.platform()} ${os.arch()} ${os.release()}`,
    };
    const words = [os.homedir(), os.hostname(), userName(), ...devices.flatMap(({ id, name }) => [id, name])];
    await vscode.env.clipboard.writeText(reportText(facts, this.results, { words }));
    this.pick.title = `${t('Check Setup')} · ${t('report copied')}`;
  }
}

/** A user without an entry in the system's list has no name to hide. */
function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return '';
  }
}
