import type { VoiceAction } from './actions';
import { plain, type Spoken, type VoiceCommand } from './command';

/** More words than this are a misheard number. */
const MOST_WORDS = 100;
const counted =
  (type: 'delete-words' | 'delete-next-words' | 'select-words') =>
  ({ n = 1 }: Spoken): VoiceAction | undefined =>
    n >= 1 && n <= MOST_WORDS ? { type, count: n } : undefined;

/** Commands that edit and select by words and lines. */
export const EDITING_COMMANDS: readonly VoiceCommand[] = [
  {
    id: 'delete-words',
    help: 'Deletes words before the cursor: "delete last 3 words"',
    phrases: {
      en: [
        'delete last word',
        'delete the last word',
        'delete last {n} words',
        'delete the last {n} words',
        'delete {n} words',
        'clear left {n} words',
      ],
      de: [
        'lösch das letzte wort',
        'lösche das letzte wort',
        'lösch die letzten {n} wörter',
        'lösche die letzten {n} wörter',
        'lösch {n} wörter',
        'lösche {n} wörter',
      ],
      fr: ['efface le dernier mot', 'efface les {n} derniers mots', 'efface {n} mots'],
      es: ['borra la última palabra', 'borra las últimas {n} palabras', 'borra {n} palabras'],
    },
    action: counted('delete-words'),
  },
  {
    id: 'delete-next-words',
    help: 'Deletes words behind the cursor: "delete next 3 words"',
    phrases: {
      en: [
        'delete next word',
        'delete the next word',
        'delete next {n} words',
        'delete the next {n} words',
        'clear right {n} words',
      ],
      de: [
        'lösch das nächste wort',
        'lösche das nächste wort',
        'lösch die nächsten {n} wörter',
        'lösche die nächsten {n} wörter',
      ],
      fr: ['efface le mot suivant', 'efface les {n} mots suivants'],
      es: ['borra la palabra siguiente', 'borra las {n} palabras siguientes'],
    },
    action: counted('delete-next-words'),
  },
  {
    id: 'select-words',
    help: 'Selects words before the cursor: "select last 3 words"',
    phrases: {
      en: ['select last word', 'select last {n} words', 'select the last {n} words', 'select left {n} words'],
      de: ['markier das letzte wort', 'markier die letzten {n} wörter', 'markiere die letzten {n} wörter'],
      fr: ['sélectionne le dernier mot', 'sélectionne les {n} derniers mots'],
      es: ['selecciona la última palabra', 'selecciona las últimas {n} palabras'],
    },
    action: counted('select-words'),
  },
  {
    id: 'delete-line',
    help: 'Deletes the line',
    phrases: {
      en: ['delete line', 'delete the line', 'delete this line'],
      de: ['lösch die zeile', 'lösche die zeile'],
      fr: ['efface la ligne'],
      es: ['borra la línea'],
    },
    action: plain({ type: 'delete-line' }),
  },
  {
    id: 'select-line',
    help: 'Selects the line',
    phrases: {
      en: ['select line', 'select the line', 'select this line'],
      de: ['markier die zeile', 'markiere die zeile'],
      fr: ['sélectionne la ligne'],
      es: ['selecciona la línea'],
    },
    action: plain({ type: 'select-line' }),
  },
  {
    id: 'new-line-above',
    help: 'Opens a line above',
    phrases: {
      en: ['new line above', 'line above'],
      de: ['neue zeile darüber', 'neue zeile oben'],
      fr: ['nouvelle ligne au dessus'],
      es: ['nueva línea arriba'],
    },
    action: plain({ type: 'new-line-above' }),
  },
  {
    id: 'new-line-below',
    help: 'Opens a line below',
    phrases: {
      en: ['new line below', 'line below'],
      de: ['neue zeile darunter', 'neue zeile unten'],
      fr: ['nouvelle ligne en dessous'],
      es: ['nueva línea abajo'],
    },
    action: plain({ type: 'new-line-below' }),
  },
];
