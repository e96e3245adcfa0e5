/** Vitest's projects of the unit tests: those that share their modules, and those that replace some. */
export const UNIT_PROJECTS = /** @type {const} */ (['unit', 'unit-alone']);

/**
 * Arguments with which vitest runs the tests of one kind.
 * @param {'unit' | 'process'} kind
 * @returns {string[]}
 */
export function projectArguments(kind) {
  const projects = kind === 'unit' ? UNIT_PROJECTS : [kind];
  return projects.flatMap((name) => ['--project', name]);
}
