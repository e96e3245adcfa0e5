import type { VoiceAction } from './actions';
import { plain, type Spoken, type VoiceCommand } from './command';

/** More words than this are a misheard number. */
const MOST_WORDS = 100;
const counted =
  (type: 'delete-words' | 'select-words') =>
  ({ n = 1 }: Spoken): VoiceAction | undefined =>
    n >= 1 && n <= MOST_WORDS ? { type, count: n } : undefined;

/** Commands that edit and move by words and lines. */
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
  {
    id: 'go-to-line-end',
    help: 'Moves to the end of the line',
    phrases: {
      en: ['go to end of line', 'go to the end of the line', 'end of line'],
      de: ['geh zum zeilenende', 'zeilenende'],
      fr: ['va à la fin de la ligne', 'fin de ligne'],
      es: ['ve al final de la línea', 'fin de línea'],
    },
    action: plain({ type: 'go-to-line-end' }),
  },
  {
    id: 'go-to-line-start',
    help: 'Moves to the start of the line',
    phrases: {
      en: ['go to start of line', 'go to the start of the line', 'go to beginning of line', 'start of line'],
      de: ['geh zum zeilenanfang', 'zeilenanfang'],
      fr: ['va au début de la ligne', 'début de ligne'],
      es: ['ve al inicio de la línea', 'inicio de línea'],
    },
    action: plain({ type: 'go-to-line-start' }),
  },
  {
    id: 'go-to-line',
    help: 'Moves to a line: "go to line 12"',
    phrases: {
      en: ['go to line {n}', 'line {n}'],
      de: ['geh zu zeile {n}'],
      fr: ['va à la ligne {n}'],
      es: ['ve a la línea {n}'],
    },
    action: ({ n }) => (n !== undefined && n >= 1 ? { type: 'go-to-line', line: n } : undefined),
  },
  {
    id: 'go-to-file-start',
    help: 'Moves to the start of the file',
    phrases: {
      en: ['go to start of file', 'go to top', 'go to the start of the file'],
      de: ['geh zum dateianfang'],
      fr: ['va au début du fichier'],
      es: ['ve al inicio del archivo'],
    },
    action: plain({ type: 'go-to-file-start' }),
  },
  {
    id: 'go-to-file-end',
    help: 'Moves to the end of the file',
    phrases: {
      en: ['go to end of file', 'go to bottom', 'go to the end of the file'],
      de: ['geh zum dateiende'],
      fr: ['va à la fin du fichier'],
      es: ['ve al final del archivo'],
    },
    action: plain({ type: 'go-to-file-end' }),
  },
];
