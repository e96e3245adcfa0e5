import { CommandMatcher } from '../../../src/core/voice-commands/matcher';
import { VOICE_COMMANDS } from '../../../src/core/voice-commands/registry';
import { DEFAULT_TEXT_RULES } from '../../../src/core/text/rules/types';
import { createWording } from '../../../src/core/text/wording';
import { DictationController } from '../../../src/vscode/controller';
import { DraftPreview } from '../../../src/vscode/draft-preview';
import { DraftView } from '../../../src/vscode/draft-view';
import type { Focus } from '../../../src/vscode/focus';
import type { StatusInput } from '../../../src/vscode/status-view';
import { UtteranceLog } from '../../../src/vscode/voice/utterance-log';
import { closeEditors, until } from './editor';
import { MemoryHistory, ScriptedServices, SilentKeeper } from './scripted';

const matcher = new CommandMatcher(VOICE_COMMANDS, 'en');

/** A controller whose sessions are scripted, and everything that it shows, keeps and tells: for inputs of any kind. */
export class InputDesk {
  readonly services = new ScriptedServices();
  readonly keeper = new SilentKeeper();
  readonly history = new MemoryHistory();
  readonly preview = new DraftPreview();
  /** What came of each voice command. */
  readonly told: (string | undefined)[] = [];
  readonly controller: DictationController;
  private readonly view = new DraftView(() => 100);
  private readonly utterances = new UtteranceLog();
  private latest: StatusInput | undefined;

  constructor() {
    const { services, keeper, history, preview, view, utterances } = this;
    const wording = createWording(() => ({ ...DEFAULT_TEXT_RULES, wrap: false, language: 'en' }));
    this.controller = new DictationController({
      services,
      style: () => ({ view, preview, utterances, wording }),
      status: { update: (input: StatusInput) => void (this.latest = input) },
      keeper,
      history,
      voice: {
        matcher: () => matcher,
        run: () => Promise.resolve(undefined),
        tell: (_phrase, outcome) => void this.told.push(outcome),
      },
    });
  }

  /** What the status bar was given last. */
  get shown(): Partial<StatusInput> {
    return this.latest ?? {};
  }

  /** Starts where the keyboard is said to be. */
  async start(focus: Focus): Promise<void> {
    const { services, controller } = this;
    void controller.start({ kind: 'microphone' }, focus);
    await until('the session has begun', () => services.sessions.length === 1 && services.session.observed);
  }

  async dispose(): Promise<void> {
    await this.controller.dispose();
    for (const one of [this.view, this.preview, this.utterances]) one.dispose();
    await closeEditors();
  }
}
