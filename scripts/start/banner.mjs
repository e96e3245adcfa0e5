/** @typedef {import('./microphone.mjs').MicrophoneCheck} MicrophoneCheck */

/** Columns of text beside the names; fits a terminal of 80. */
const WIDTH = 66;

/**
 * What to do next, for the person at the terminal.
 * @param {object} state
 * @param {string | undefined} state.url where to open VS Code in a browser; undefined if its window is open
 * @param {MicrophoneCheck} state.microphone
 * @returns {string}
 */
export function banner({ url, microphone }) {
  const rows = [
    ['Open', url ? `${url}  in a browser` : 'the window of VS Code that has just appeared'],
    ['Dictate', 'click into the text, press F1, run "Dictation: Start Dictation", speak'],
    ...microphoneRows(microphone, url !== undefined),
    ['End', 'Ctrl-C here'],
  ];
  return [
    '',
    'Tandem Dictation is ready.',
    '',
    ...rows.flatMap(([name = '', text = '']) =>
      wrap(text).map((line, index) => `  ${(index === 0 ? name : '').padEnd(9)} ${line}`),
    ),
    '',
  ].join('\n');
}

/**
 * @param {MicrophoneCheck} microphone
 * @param {boolean} inBrowser
 * @returns {string[][]}
 */
function microphoneRows(microphone, inBrowser) {
  if (microphone.heard) {
    const whose = inBrowser ? 'that of this machine, not of the one the browser runs on' : 'of this machine';
    return [['Hears', `the ${microphone.name}, ${whose}`]];
  }
  return [
    ['Hears', 'no microphone on this machine.'],
    ['', microphone.why],
    ['Instead', 'run "Dictation: Dictate a Recording…" to play the bundled recording into it'],
  ];
}

/**
 * @param {string} text
 * @returns {string[]} lines of at most {@link WIDTH} characters, longer only where one word is
 */
function wrap(text) {
  const lines = [''];
  for (const word of text.split(/ +|\n/)) {
    const last = lines[lines.length - 1] ?? '';
    if (last && last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}
