import { plain, type VoiceCommand } from './command';
import { EDITING_COMMANDS } from './editing-commands';
import { MOVING_COMMANDS } from './moving-commands';
import { UTTERANCE_COMMANDS } from './utterance-commands';

export type { Spoken, VoiceCommand } from './command';

/** Commands about dictation itself. */
const SESSION_COMMANDS: readonly VoiceCommand[] = [
  {
    id: 'stop-dictation',
    help: 'Stops dictation; what was said before is still confirmed',
    phrases: {
      en: ['stop dictation', 'stop dictating', 'end dictation'],
      de: ['diktat beenden', 'beende das diktat', 'diktat stopp'],
      fr: ['arrête la dictée', 'fin de la dictée'],
      es: ['detén el dictado', 'terminar dictado'],
    },
    action: plain({ type: 'stop-dictation' }),
  },
  {
    id: 'stop-listening',
    help: 'Closes the microphone',
    phrases: {
      en: ['stop listening', 'microphone off'],
      de: ['hör auf zuzuhören', 'mikrofon aus'],
      fr: ["arrête d'écouter", 'coupe le micro'],
      es: ['deja de escuchar', 'apaga el micrófono'],
    },
    action: plain({ type: 'stop-listening' }),
  },
  {
    id: 'show-commands',
    help: 'Shows what can be said',
    phrases: {
      en: ['show voice commands', 'what can i say', 'help me dictate'],
      de: ['zeig die sprachbefehle', 'was kann ich sagen'],
      fr: ['montre les commandes vocales', 'que puis je dire'],
      es: ['muestra los comandos de voz', 'qué puedo decir'],
    },
    action: plain({ type: 'show-commands' }),
  },
];

/** The built-in commands as the help groups them. */
export const COMMAND_GROUPS = [
  { title: 'What you said last', commands: UTTERANCE_COMMANDS },
  { title: 'Words, lines and places', commands: [...EDITING_COMMANDS, ...MOVING_COMMANDS] },
  { title: 'Dictation', commands: SESSION_COMMANDS },
] as const;

/** The built-in commands. The first phrase of each language is the one the help shows. */
export const VOICE_COMMANDS: readonly VoiceCommand[] = COMMAND_GROUPS.flatMap(({ commands }) => commands);
