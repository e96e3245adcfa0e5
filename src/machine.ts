import { catchError, EMPTY, from, switchMap } from 'rxjs';
import { chosenMicrophoneFailed, switchingSource } from './core/audio/switching-source';
import type { AudioSource } from './core/ports';
import type { Session } from './core/session-types';
import { sharedMicrophone } from './node/audio/shared-microphone';
import { microphoneClaimsDir, userModelsDir } from './node/paths';
import { Runtime, type RuntimeSettings } from './node/runtime';
import type { LogChannel } from './vscode/log-channel';
import { showError } from './vscode/notifications';
import type { DictationServices } from './vscode/services';
import { settingChanges } from './vscode/setting-changes';
import type { Settings } from './vscode/setting-list';
import { listeningOptions, readSettings } from './vscode/settings';

const MS_PER_MINUTE = 60_000;

/** What the editor side decides about the machine side. */
export interface MachineParts {
  readonly log: LogChannel;
  /** Names that the heavy model should expect. */
  readonly glossary: () => string;
  /** Called before the microphone is opened. */
  readonly onListen: () => void;
  /** Called when another window takes the microphone. */
  readonly onMicrophoneLost: () => void;
}

/**
 * Models, engines and sound as the settings want them.
 * @param root folder of the extension
 */
export function openRuntime(root: string, log: LogChannel): Runtime {
  return new Runtime({
    root,
    modelsDir: userModelsDir(),
    log,
    logLevel: () => readSettings()['log.level'],
    settings: () => runtimeSettings(readSettings()),
    mirror: () => readSettings()['models.mirror'] || undefined,
  });
}

/** What the editor side needs of the machine side. */
export function dictationServices(runtime: Runtime, parts: MachineParts): DictationServices {
  const { log } = parts;
  const microphone = async () => {
    parts.onListen();
    return sharedMicrophone(await openMicrophone(runtime, log), {
      folder: microphoneClaimsDir(),
      log,
      onLost: parts.onMicrophoneLost,
    });
  };
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
          const all = { ...policy, glossary: parts.glossary };
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
