/**
 * What the project needs from the operating system, and what each system calls it. Pure: looking and installing are in
 * `system-packages.mjs`.
 */

/** @typedef {'build' | 'microphone' | 'host'} Purpose what a thing is needed for */
/** @typedef {'apt' | 'dnf' | 'pacman' | 'zypper' | 'apk' | 'brew' | 'winget'} Manager */

/**
 * @typedef {object} Need
 * @property {Purpose} purpose
 * @property {readonly string[]} programs any one of these will do; empty for a library
 * @property {Partial<Record<Manager, string>>} packages
 */

/** @type {readonly Need[]} */
export const NEEDS = [
  need('build', ['c++', 'g++', 'clang++'], {
    apt: 'g++',
    dnf: 'gcc-c++',
    pacman: 'gcc',
    zypper: 'gcc-c++',
    apk: 'g++',
  }),
  need('build', ['make', 'gmake'], same('make', ['apt', 'dnf', 'pacman', 'zypper', 'apk'])),
  need('build', ['cmake'], {
    ...same('cmake', ['apt', 'dnf', 'pacman', 'zypper', 'apk', 'brew']),
    winget: 'Kitware.CMake',
  }),
  need('build', ['python3', 'python'], {
    ...same('python3', ['apt', 'dnf', 'zypper', 'apk', 'brew']),
    pacman: 'python',
    winget: 'Python.Python.3.13',
  }),
  need('microphone', ['sox', 'rec', 'arecord'], {
    ...same('sox', ['apt', 'dnf', 'pacman', 'zypper', 'apk', 'brew']),
    winget: 'ChrisBagwell.SoX',
  }),
  // The host tests speak into a virtual microphone of PulseAudio and drive the workbench with Chromium.
  need('host', ['sox'], { apt: 'sox', dnf: 'sox', pacman: 'sox', zypper: 'sox', apk: 'sox' }),
  need('host', [], { apt: 'libsox-fmt-pulse' }),
  need('host', ['arecord'], { ...same('alsa-utils', ['apt', 'dnf', 'pacman', 'zypper', 'apk']) }),
  need('host', [], { apt: 'libasound2-plugins' }),
  need('host', ['pulseaudio'], same('pulseaudio', ['apt', 'dnf', 'pacman', 'zypper', 'apk'])),
  need('host', ['pactl'], {
    apt: 'pulseaudio-utils',
    dnf: 'pulseaudio-utils',
    pacman: 'libpulse',
    zypper: 'pulseaudio-utils',
    apk: 'pulseaudio-utils',
  }),
  need(
    'host',
    ['chromium', 'chromium-browser', 'google-chrome'],
    same('chromium', ['apt', 'dnf', 'pacman', 'zypper', 'apk']),
  ),
  // Without a font the screenshots show boxes.
  need('host', [], { apt: 'fonts-dejavu-core' }),
];

/**
 * @param {Purpose} purpose
 * @param {readonly string[]} programs
 * @param {Need['packages']} packages
 * @returns {Need}
 */
function need(purpose, programs, packages) {
  return { purpose, programs, packages };
}

/**
 * @param {string} name
 * @param {readonly Manager[]} managers
 * @returns {Need['packages']}
 */
function same(name, managers) {
  return Object.fromEntries(managers.map((manager) => [manager, name]));
}

/**
 * @typedef {object} System
 * @property {Manager | undefined} manager
 * @property {boolean} root
 * @property {(program: string) => boolean} hasProgram
 * @property {(name: string) => boolean} hasPackage asked only for libraries, which no program betrays
 */

/**
 * The needs that this system does not meet. A library without a program to look for counts as there when the package
 * manager has no name for it.
 * @param {readonly Purpose[]} purposes
 * @param {System} system
 * @returns {Need[]}
 */
export function missingNeeds(purposes, system) {
  return NEEDS.filter((item) => {
    if (!purposes.includes(item.purpose)) return false;
    if (item.programs.length > 0) return !item.programs.some((program) => system.hasProgram(program));
    const name = system.manager && item.packages[system.manager];
    return name !== undefined && !system.hasPackage(name);
  });
}

/** @type {Record<Manager, string>} */
const INSTALL = {
  apt: 'apt-get install -y --no-install-recommends',
  dnf: 'dnf install -y',
  pacman: 'pacman -S --needed',
  zypper: 'zypper install -y',
  apk: 'apk add',
  brew: 'brew install',
  winget: 'winget install',
};

/** Managers that a user runs without `sudo`. */
const UNPRIVILEGED = new Set(['brew', 'winget']);

/**
 * The command that installs what is missing, to be pasted into a terminal.
 * @param {readonly Need[]} missing
 * @param {Pick<System, 'manager' | 'root'>} system
 * @param {NodeJS.Platform} platform
 * @returns {string} one or more commands joined by `&&`, or plain words where no manager is known
 */
export function installCommand(missing, { manager, root }, platform) {
  const names = packageNames(missing, manager);
  const commands = [];
  const compilerMissing = missing.some(
    ({ programs }) => programs.includes('c++') || programs.includes('make'),
  );
  if (compilerMissing && platform === 'darwin') commands.push('xcode-select --install');
  if (compilerMissing && platform === 'win32')
    commands.push('winget install Microsoft.VisualStudio.2022.BuildTools');
  if (manager && names.length > 0) {
    const sudo = root || UNPRIVILEGED.has(manager) ? '' : 'sudo ';
    commands.push(`${sudo}${INSTALL[manager]} ${names.join(' ')}`);
  }
  if (commands.length > 0) return commands.join(' && ');
  return `install with your package manager: ${missing.map(({ programs }) => programs[0]).join(', ')}`;
}

/**
 * Names of the packages for `missing`, each once.
 * @param {readonly Need[]} missing
 * @param {Manager | undefined} manager
 * @returns {string[]}
 */
export function packageNames(missing, manager) {
  const names = missing.map(({ packages }) => manager && packages[manager]);
  return [...new Set(names.filter((name) => name !== undefined))];
}
