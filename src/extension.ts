import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { catchError, EMPTY, from, switchMap } from 'rxjs';
import * as vscode from 'vscode';
import { chosenMicrophoneFailed, switchingSource } from './core/audio/switching-source';
import type { Cleaner } from './core/cleanup/cleaner';
import { DisposalList } from './core/lifetime';
import type { AudioSource } from './core/ports';
import type { Session } from './core/session-types';
import { createWording } from './core/text/wording';
import { sharedMicrophone } from './node/audio/shared-microphone';
import { OrdinaryWords } from './node/ordinary-words';
import { endpointCleaner } from './node/cleanup/endpoint';
import { microphoneClaimsDir, userModelsDir } from './node/paths';
import { Runtime, type RuntimeSettings } from './node/runtime';
import { ENGLISH_WORDS_FILE } from './node/word-list';
import { AnchorMark } from './vscode/anchor-mark';
import { Announcer } from './vscode/announcer';
import { cleanUpKey, setCleanUpKey } from './vscode/cleanup/key';
import { languageModelCleaner } from './vscode/cleanup/language-model';
import { registerCommands } from './vscode/commands';
import { commandHandlers } from './vscode/command-handlers';
import { DictationController } from './vscode/controller';
import { DraftPreview } from './vscode/draft-preview';
import { DraftRecord, takeOutStrayDrafts } from './vscode/draft-record';
import { DraftView } from './vscode/draft-view';
import { GhostSteps } from './vscode/ghost-steps';
import { History } from './vscode/history';
import { HistoryCommands } from './vscode/history-commands';
import { HistoryFiles } from './vscode/history-files';
import { KeyPresses } from './vscode/key-presses';
import { LogChannel } from './vscode/log-channel';
import { offerResume } from './vscode/model-download';
import { MicrophonePlace, microphoneComputer, tellMicrophoneLost } from './vscode/microphone-place';
import { ModelOffer } from './vscode/model-offer';
import { showError } from './vscode/notifications';
import { SettleView } from './vscode/settle-view';
import { TextKeeper } from './vscode/text-keeper';
import { TextSettings } from './vscode/text-settings';
import type { DictationServices } from './vscode/services';
import type { Settings } from './vscode/setting-list';
import { listeningOptions, readSettings, settingChanges } from './vscode/settings';
import { setupHandlers } from './vscode/setup-commands';
import { UtteranceLog } from './vscode/voice/utterance-log';
import { VoiceControl } from './vscode/voice/voice-control';
import { StatusBar } from './vscode/status-bar';
import type { StatusInput } from './vscode/status-view';
import { VocabularyService } from './vscode/vocabulary/vocabulary-service';

const MS_PER_MINUTE = 60_000;
const MS_PER_SECOND = 1_000;

/** What is active; VS Code calls `deactivate` without telling what for. */
const active = new Set<DisposalList>();

/** Puts the parts together. Nothing runs before the first dictation. */
export function activate(context: vscode.ExtensionContext): void {
  const started = new DisposalList();
  active.add(started);
  const log = started.add(new LogChannel(() => readSettings()['log.level']));
  const runtime = started.add(
    new Runtime({
      root: context.extensionPath,
      modelsDir: userModelsDir(),
      log,
      logLevel: () => readSettings()['log.level'],
      settings: () => runtimeSettings(readSettings()),
      mirror: () => readSettings()['models.mirror'] || undefined,
    }),
  );
  let busy = false;
  const words = new OrdinaryWords(path.join(context.extensionPath, 'dist', ENGLISH_WORDS_FILE));
  const vocabulary = started.add(openVocabulary(words, log, () => busy));
  const textSettings = started.add(
    new TextSettings({ isOrdinaryWord: words.has, names: () => vocabulary.options }),
  );
  const scopeChanges = settingChanges('projectNames').subscribe(() => vocabulary.update());
  started.add(() => scopeChanges.unsubscribe());
  const computer = microphoneComputer(context.extension);
  const place = new MicrophonePlace(context.globalState, computer);
  const services = dictationServices(runtime, log, vocabulary, async () => {
    place.tell();
    return sharedMicrophone(await openMicrophone(runtime, log), {
      folder: microphoneClaimsDir(),
      log,
      onLost: () => {
        controller.stop();
        tellMicrophoneLost();
      },
    });
  });
  const settle = started.add(new SettleView(() => readSettings()['draft.settle']));
  const ghosts = started.add(new GhostSteps());
  const record = new DraftRecord(context.workspaceState);
  const view = started.add(new DraftView(() => readSettings()['draft.maxLength']));
  const status = started.add(new StatusBar(computer));
  const mark = started.add(new AnchorMark(vscode.Uri.joinPath(context.extensionUri, 'media')));
  const announcer = started.add(new Announcer());
  const voice = started.add(new VoiceControl(readSettings));
  const utterances = started.add(new UtteranceLog());
  const preview = started.add(new DraftPreview());
  const offer = new ModelOffer(context.globalState);
  const history = started.add(openHistory(context, log));
  const resized = settingChanges('history.size').subscribe(() => history.resize());
  started.add(() => resized.unsubscribe());
  const keys: KeyPresses = started.add(
    new KeyPresses({
      start: (focus) => void controller.start({ kind: 'microphone' }, focus),
      stop: () => controller.stop(),
      silenceLimitMs: () => readSettings().stopAfterSilence * MS_PER_SECOND,
    }),
  );
  // "literal scratch that" is text: the rules must know the commands.
  const wording = createWording(() => ({
    ...textSettings.options(),
    commandsIn: (language) => voice.matcher(language),
  }));
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
      cleanUp: {
        cleaner: () => chosenCleaner(context.secrets, readSettings()),
        timeoutMs: () => readSettings()['cleanup.timeout'],
      },
      onModels: (models) => offer.show(models),
    }),
  );
  started.add(
    registerCommands({
      ...commandHandlers(controller, keys, new HistoryCommands(history), services, voice, log),
      setCleanUpKey: () => setCleanUpKey(context.secrets, readSettings()['cleanup.endpoint']),
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
    }),
  );
  // After the controller, so that it is closed before dictations are ended.
  started.add(record);
  takeOutStrayDrafts(context.workspaceState).catch((error: unknown) => log.warn(String(error)));
  offerResume(runtime.store, context.globalState).catch((error: unknown) => log.warn(String(error)));
}

/** Ends everything that runs; VS Code waits for it. */
export async function deactivate(): Promise<void> {
  const started = [...active];
  active.clear();
  await Promise.all(started.map((list) => list.dispose()));
}

/** Each window writes a file of its own, named by chance: process ids come again. */
function openHistory(context: vscode.ExtensionContext, log: LogChannel): History {
  const window = randomUUID();
  const store = new HistoryFiles(path.join(context.globalStorageUri.fsPath, 'history'), window);
  const size = () => readSettings()['history.size'];
  const history = new History({ store, size, now: () => Date.now(), window, log });
  // Zero may have been chosen while no window was open.
  if (size() === 0) history.resize();
  return history;
}

/** The language model that the user has chosen to tidy up what is said; usually none. */
function chosenCleaner(secrets: vscode.SecretStorage, settings: Settings): Cleaner | undefined {
  const model = settings['cleanup.model'];
  const url = settings['cleanup.endpoint'];
  switch (settings['cleanup.provider']) {
    case 'off':
      return undefined;
    case 'vscode':
      return languageModelCleaner(model);
    case 'endpoint':
      return endpointCleaner({ url, model, key: () => cleanUpKey(secrets, url), fetch: globalThis.fetch });
  }
}

/** Names come with the first dictation: nothing of the project is read before. */
function openVocabulary(words: OrdinaryWords, log: LogChannel, dictating: () => boolean): VocabularyService {
  const scope = () => readSettings().projectNames;
  return new VocabularyService({ loadWords: () => words.load(), scope, dictating, log });
}

function dictationServices(
  runtime: Runtime,
  log: LogChannel,
  vocabulary: VocabularyService,
  microphone: () => Promise<AudioSource>,
): DictationServices {
  return {
    log,
    models: runtime.store,
    demoRecording: runtime.demoRecording,
    openSource: (request, heardUpTo) =>
      request.kind === 'microphone' ? microphone() : runtime.openFile(request.path, request.pace, heardUpTo),
    prepare: async () => {
      const [{ createSession }, prepared] = await Promise.all([import('./core/session'), runtime.prepare()]);
      const { engines, fast, heavy, strategy, policy, slowAdvice } = prepared;
      return {
        models: { fast, heavy },
        createSession: (source) => {
          const settings = readSettings();
          const { language } = settings;
          const listening = listeningOptions(settings);
          const how = { listening, strategy, slowAdvice };
          const all = { ...policy, glossary: () => vocabulary.glossary() };
          const session = createSession({ source, engines, language, ...how, policy: all });
          return keepingEngines(session, runtime);
        },
      };
    },
  };
}

/**
 * The microphone of the settings; a dictation goes on with another one as soon as it is chosen, and with the former if that one
 * cannot be used.
 */
async function openMicrophone(runtime: Runtime, log: LogChannel): Promise<AudioSource> {
  const failed = (error: unknown) => {
    showError(chosenMicrophoneFailed(error), log).catch((cause: unknown) => log.warn(String(cause)));
  };
  const others$ = settingChanges('microphone.device', 'microphone.recorder').pipe(
    switchMap(() =>
      from(runtime.openMicrophone()).pipe(
        catchError((error: unknown) => {
          failed(error);
          return EMPTY;
        }),
      ),
    ),
  );
  return switchingSource(await runtime.openMicrophone(), others$, failed);
}

function packageVersion(context: vscode.ExtensionContext): string {
  const { version } = context.extension.packageJSON as { readonly version: string };
  return version;
}

function runtimeSettings(settings: Settings): RuntimeSettings {
  return {
    fast: settings['models.fast'] || undefined,
    heavy: settings['models.heavy'] || undefined,
    language: settings.language,
    recorder: settings['microphone.recorder'],
    device: settings['microphone.device'] || undefined,
    idleReleaseMs: settings['engine.idleRelease'] * MS_PER_MINUTE || Infinity,
    strategy: settings.strategy,
    skipConfirmAbove: settings.skipConfirmAbove,
    threads: threads(settings['engine.fastThreads'], settings['engine.heavyThreads']),
  };
}

/** The engines live at least as long as the session does. */
function keepingEngines(session: Session, runtime: Runtime): Session {
  return {
    events$: runtime.during(session.events$),
    stop: () => session.stop(),
    confirmNow: () => session.confirmNow(),
    heardUpTo: () => session.heardUpTo(),
    stats: () => session.stats(),
  };
}

/** Zero means: share the cores automatically. */
function threads(fast: number, heavy: number): RuntimeSettings['threads'] {
  return { ...(fast > 0 && { fast }), ...(heavy > 0 && { heavy }) };
}
