import type { VoiceAction } from './actions';
import { plain, type Spoken, type VoiceCommand } from './command';

const byLines =
  (direction: 1 | -1) =>
  ({ n = 1 }: Spoken): VoiceAction | undefined =>
    n >= 1 ? { type: 'go-by-lines', lines: direction * n } : undefined;

/** Commands that move the place. */
export const MOVING_COMMANDS: readonly VoiceCommand[] = [
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
    id: 'go-up',
    help: 'Moves up by lines: "go up 3 lines"',
    phrases: {
      en: ['go up {n} lines', 'go up {n} line', 'go up a line'],
      de: [
        'geh {n} zeilen hoch',
        'geh {n} zeilen nach oben',
        'geh eine zeile hoch',
        'geh eine zeile nach oben',
      ],
      fr: ['monte de {n} lignes', "monte d'une ligne"],
      es: ['sube {n} líneas', 'sube una línea'],
    },
    action: byLines(-1),
  },
  {
    id: 'go-down',
    help: 'Moves down by lines: "go down 3 lines"',
    phrases: {
      en: ['go down {n} lines', 'go down {n} line', 'go down a line'],
      de: [
        'geh {n} zeilen runter',
        'geh {n} zeilen nach unten',
        'geh eine zeile runter',
        'geh eine zeile nach unten',
      ],
      fr: ['descends de {n} lignes', "descends d'une ligne"],
      es: ['baja {n} líneas', 'baja una línea'],
    },
    action: byLines(1),
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
