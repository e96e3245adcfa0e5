import { plain, type VoiceCommand } from './command';

/** Commands about what was dictated last. */
export const UTTERANCE_COMMANDS: readonly VoiceCommand[] = [
  {
    id: 'scratch-that',
    help: 'Takes back the last utterance; again, the one before it',
    phrases: {
      en: ['scratch that', 'nope that', 'strike that', 'delete that', 'forget that'],
      de: ['streich das', 'lösch das', 'vergiss das'],
      fr: ['efface ça', 'annule ça', 'oublie ça'],
      es: ['borra eso', 'olvida eso'],
    },
    action: plain({ type: 'scratch-that' }),
  },
  {
    id: 'undo',
    help: 'Undoes the last change in the editor',
    phrases: {
      en: ['undo that', 'undo'],
      de: ['rückgängig', 'mach das rückgängig'],
      fr: ['annuler', 'défais ça'],
      es: ['deshacer', 'deshaz eso'],
    },
    action: plain({ type: 'undo' }),
  },
  {
    id: 'redo',
    help: 'Does again what was undone',
    phrases: { en: ['redo that', 'redo'], de: ['wiederholen'], fr: ['rétablir'], es: ['rehacer'] },
    action: plain({ type: 'redo' }),
  },
  {
    id: 'select-that',
    help: 'Selects the last utterance',
    phrases: {
      en: ['select that'],
      de: ['markier das', 'markiere das'],
      fr: ['sélectionne ça'],
      es: ['selecciona eso'],
    },
    action: plain({ type: 'select-that' }),
  },
  {
    id: 'cap-that',
    help: 'Writes the first letters of the last utterance as capitals',
    phrases: {
      en: ['cap that', 'capitalize that', 'capitalise that'],
      de: ['das groß'],
      fr: ['majuscule ça'],
      es: ['mayúscula eso'],
    },
    action: plain({ type: 'capitalise-that' }),
  },
  {
    id: 'no-cap-that',
    help: 'Writes the last utterance in small letters',
    phrases: {
      en: ['no cap that', 'no caps that', 'lowercase that'],
      de: ['das klein'],
      fr: ['minuscule ça'],
      es: ['minúscula eso'],
    },
    action: plain({ type: 'lower-that' }),
  },
  {
    id: 'format-that',
    help: 'Writes the last utterance as a name: "format that snake"',
    phrases: {
      en: ['format that {formatter}', 'nope that was {formatter}', 'make that {formatter}'],
      de: ['formatier das {formatter}', 'formatiere das {formatter}'],
      fr: ['formate ça {formatter}', 'formate ça en {formatter}'],
      es: ['formatea eso {formatter}', 'formatea eso como {formatter}'],
    },
    action: ({ formatter }) => formatter && { type: 'format-that', formatter },
  },
  {
    id: 'correct-that',
    help: 'Offers what else was heard for the last utterance',
    phrases: {
      en: ['correct that', 'fix that'],
      de: ['korrigier das', 'korrigiere das'],
      fr: ['corrige ça'],
      es: ['corrige eso'],
    },
    action: plain({ type: 'correct-that' }),
  },
  {
    id: 'before-that',
    help: 'Moves in front of the last utterance',
    phrases: {
      en: ['before that', 'go before that'],
      de: ['geh davor'],
      fr: ['va avant ça'],
      es: ['ve antes de eso'],
    },
    action: plain({ type: 'before-that' }),
  },
  {
    id: 'after-that',
    help: 'Moves behind the last utterance',
    phrases: { en: ['go after that'], de: ['geh dahinter'], fr: ['va après ça'], es: ['ve después de eso'] },
    action: plain({ type: 'after-that' }),
  },
  {
    id: 'cancel-draft',
    help: 'Drops what is not confirmed yet; it stays in the history',
    phrases: {
      en: ['cancel that', 'cancel draft'],
      de: ['verwirf das'],
      fr: ['abandonne ça'],
      es: ['descarta eso'],
    },
    action: plain({ type: 'cancel-draft' }),
  },
];
