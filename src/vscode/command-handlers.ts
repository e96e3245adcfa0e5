import type { Announcer } from './announcer';
import { askAboutBuiltInSpeech } from './built-in-speech';
import { EDITOR_LISTENS, SCREEN_READER } from './command-ids';
import type { CommandHandlers } from './commands';
import type { SetupCommandName } from './setup-commands';
import type { DictationController } from './controller';
import { focusOf } from './focus';
import { startInCommitMessage, startInTerminal } from './start-elsewhere';
import type { HistoryCommands } from './history-commands';
import type { KeyPresses } from './key-presses';
import type { LogChannel } from './log-channel';
import { chooseRecording, recordingRequest } from './recordings';
import type { DictationServices } from './services';
import { addToVocabulary } from './vocabulary/add-word';
import { showVoiceCommands } from './voice/command-list';
import type { VoiceControl } from './voice/voice-control';

/** What each command does. */
export function commandHandlers(
  controller: DictationController,
  keys: Pick<KeyPresses, 'press'>,
  history: HistoryCommands,
  services: DictationServices,
  voice: Pick<VoiceControl, 'vocabulary'>,
  announcer: Pick<Announcer, 'readerNoticed'>,
  log: LogChannel,
): Omit<CommandHandlers, SetupCommandName | 'setCleanUpKey'> {
  return {
    // Not returned: the command is done when dictation has begun, not when it ends.
    start: () => void controller.start(),
    toggle: (who) => {
      if (who === EDITOR_LISTENS) return askAboutBuiltInSpeech(() => void controller.start());
      if (who === SCREEN_READER) announcer.readerNoticed();
      return keys.press(focusOf(who));
    },
    startInTerminal: () => void startInTerminal(controller),
    startInCommitMessage: () => void startInCommitMessage(controller),
    confirmNow: () => controller.confirmNow(),
    stop: () => controller.stop(),
    cancel: () => controller.cancel(),
    showLog: () => log.show(),
    showHistory: () => history.show(),
    insertLast: () => history.insertLast(),
    addToVocabulary: () => addToVocabulary(),
    showVoiceCommands: () => showVoiceCommands(voice.vocabulary()),
    /** Resolves when the recording is dictated, so that whoever plays a file to it knows when to look. */
    dictateRecording: async (uri, options) => {
      const demo = services.demoRecording;
      const request = recordingRequest(uri, options, demo) ?? (await chooseRecording(demo));
      if (request) await controller.start(request);
    },
  };
}
