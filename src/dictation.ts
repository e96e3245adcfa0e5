import { randomUUID } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { openCleanUp } from './clean-up';
import type { DisposalList } from './core/lifetime';
import { sureWording } from './core/text/sure-wording';
import { createWording } from './core/text/wording';
import { dictationServices, openRuntime } from './machine';
import { OrdinaryWords } from './node/ordinary-words';
import { ENGLISH_WORDS_FILE } from './node/word-list';
import { AnchorMark } from './vscode/anchor-mark';
import { Announcer } from './vscode/announcer';
import type { CommandHandlers } from './vscode/commands';
import { commandHandlers } from './vscode/command-handlers';
import { DictationController } from './vscode/controller';
import { DraftMemory } from './vscode/draft-memory';
import { DraftPreview } from './vscode/draft-preview';
import { DraftRecord } from './vscode/draft-record';
import { DraftView } from './vscode/draft-view';
import { GhostSteps } from './vscode/ghost-steps';
import { History } from './vscode/history';
import { HistoryCommands } from './vscode/history-commands';
import { HistoryFiles } from './vscode/history-files';
import { warnOfUnwrittenHistory } from './vscode/history-unwritten';
import { KeyPresses } from './vscode/key-presses';
import { LogChannel } from './vscode/log-channel';
import { offerResume } from './vscode/model-download';
import { MicrophonePlace, tellMicrophoneLost } from './vscode/microphone-place';
import { ModelOffer } from './vscode/model-offer';
import { rulesFailed } from './vscode/rules-failed';
import { SettleView } from './vscode/settle-view';
import { StrayDrafts } from './vscode/take-out-drafts';
import { TextKeeper } from './vscode/text-keeper';
import { TextSettings } from './vscode/text-settings';
import { settingChanges } from './vscode/setting-changes';
import { readSettings } from './vscode/settings';
import { setupHandlers } from './vscode/setup-commands';
import { UtteranceLog } from './vscode/voice/utterance-log';
import { VoiceControl } from './vscode/voice/voice-control';
import type { StatusBar } from './vscode/status-bar';
import type { StatusInput } from './vscode/status-view';
import { VocabularyService } from './vscode/vocabulary/vocabulary-service';

const MS_PER_SECOND = 1_000;

/** What every window has from the start; dictation goes on with it. */
export interface Shell {
  readonly context: vscode.ExtensionContext;
  /** Ends with the window; what is added here is stopped then. */
  readonly started: DisposalList;
  readonly status: StatusBar;
  /** The computer whose microphone is heard, if that may not be the one in front of the user. */
  readonly computer: string | undefined;
  /** Folder of the history. */
  readonly historyFolder: string;
}

/**
 * Puts the parts of dictation together: what the commands need, loaded with the first of them. No process is started
 * before somebody dictates.
 */
export function startDictation({
  context,
  started,
  status,
  computer,
  historyFolder,
}: Shell): CommandHandlers {
  const log = started.add(new LogChannel(() => readSettings()['log.level']));
  const runtime = started.add(openRuntime(context.extensionPath, log));
  let busy = false;
  const words = new OrdinaryWords(path.join(context.extensionPath, 'dist', ENGLISH_WORDS_FILE));
  const vocabulary = started.add(openVocabulary(words, log, () => busy));
  const textSettings = started.add(
    new TextSettings({ isOrdinaryWord: words.has, names: () => vocabulary.options }),
  );
  const scopeChanges = settingChanges('projectNames').subscribe(() => vocabulary.update());
  started.add(() => scopeChanges.unsubscribe());
  const place = new MicrophonePlace(context.globalState, computer, log);
  const services = dictationServices(runtime, {
    log,
    glossary: () => vocabulary.glossary(),
    onListen: () => place.tell(),
    onMicrophoneLost: () => {
      controller.stop();
      tellMicrophoneLost();
    },
  });
  const settle = started.add(new SettleView(() => readSettings()['draft.settle']));
  const ghosts = started.add(new GhostSteps());
  const drafts = new DraftMemory({ memory: context.workspaceState, log });
  const record = new DraftRecord(drafts);
  const view = started.add(new DraftView(() => readSettings()['draft.maxLength']));
  const mark = started.add(new AnchorMark(vscode.Uri.joinPath(context.extensionUri, 'media')));
  const announcer = started.add(new Announcer());
  const voice = started.add(new VoiceControl(readSettings));
  const utterances = started.add(new UtteranceLog());
  const preview = started.add(new DraftPreview());
  const offer = new ModelOffer(context.globalState, log);
  const history = started.add(openHistory(historyFolder, log));
  const resized = settingChanges('history.size').subscribe(() => history.resize());
  started.add(() => resized.unsubscribe());
  const cleanUp = openCleanUp(context, started, log);
  const keys: KeyPresses = started.add(
    new KeyPresses({
      start: (focus) => void controller.start({ kind: 'microphone' }, focus),
      stop: () => controller.stop(),
      silenceLimitMs: () => readSettings().stopAfterSilence * MS_PER_SECOND,
    }),
  );
  // "literal scratch that" is text: the rules must know the commands.
  const rules = createWording(() => ({
    ...textSettings.options(),
    commandsIn: (language) => voice.matcher(language),
  }));
  const wording = sureWording(rules, rulesFailed(log));
  const controller: DictationController = started.add(
    new DictationController({
      services,
      voice,
      style: () => {
        vocabulary.begin();
        const inline = readSettings()['draft.style'] === 'inline' ? ghosts : undefined;
        return { view, utterances, preview, settle, inline, record, wording };
      },
      status: {
        update: (now: StatusInput) => {
          busy = now.take !== undefined;
          status.update(now);
          announcer.update(now);
          mark.update(now.take && now.place);
          keys.update(now);
        },
      },
      keeper: new TextKeeper(history, log),
      history,
      cleanUp,
      onModels: (models) => offer.show(models),
    }),
  );
  // After the controller, so that it is closed before dictations are ended.
  started.add(record);
  const strays = started.add(new StrayDrafts({ memory: drafts, history, log }));
  strays.takeOut().catch((error: unknown) => log.warn(String(error)));
  const ended = new AbortController();
  started.add(() => ended.abort());
  offerResume(runtime.store, context.globalState, ended.signal).catch((error: unknown) =>
    log.warn(String(error)),
  );
  return {
    ...commandHandlers(controller, keys, new HistoryCommands(history), services, voice, announcer, log),
    setCleanUpKey: cleanUp.setKey,
    ...setupHandlers({
      services: {
        models: runtime.store,
        microphones: runtime.microphones,
        machine: runtime.machine,
        platform: process.platform,
        computer,
      },
      log,
      memory: context.globalState,
      extension: { id: context.extension.id, version: packageVersion(context) },
      busy: () => busy,
    }),
  };
}

/** Each window writes a file of its own, named by chance: process ids come again. */
function openHistory(folder: string, log: LogChannel): History {
  const window = randomUUID();
  const store = new HistoryFiles(folder, window);
  const size = () => readSettings()['history.size'];
  const onUnwritten = warnOfUnwrittenHistory(log);
  return new History({ store, size, now: () => Date.now(), window, log, onUnwritten });
}

/** Names come with the first dictation: nothing of the project is read before. */
function openVocabulary(words: OrdinaryWords, log: LogChannel, dictating: () => boolean): VocabularyService {
  const scope = () => readSettings().projectNames;
  return new VocabularyService({ loadWords: () => words.load(), scope, dictating, log });
}

function packageVersion(context: vscode.ExtensionContext): string {
  const { version } = context.extension.packageJSON as { readonly version: string };
  return version;
}
