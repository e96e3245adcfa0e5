/** A problem that the person at the terminal can solve: `message` says what happened, `hint` what to do. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {string} [hint]
   */
  constructor(message, hint = '') {
    super(message);
    this.name = 'SetupError';
    this.hint = hint;
  }
}

/**
 * One line of progress on stderr, so that stdout stays clean for results.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Text that must not be overlooked in a long log.
 * @param {string[]} lines
 */
export function shout(lines) {
  const rule = '!'.repeat(78);
  say(['', rule, ...lines.map((line) => `!! ${line}`), rule, ''].join('\n'));
}

/**
 * Runs an entry point to its end: a {@link SetupError} is printed as two plain lines, anything else with its stack.
 * @param {() => Promise<number>} entry resolves to the exit code
 */
export async function runEntry(entry) {
  try {
    process.exitCode = await entry();
  } catch (error) {
    if (error instanceof SetupError) say(`\n${error.message}${error.hint ? `\n${error.hint}` : ''}`);
    else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  }
}
