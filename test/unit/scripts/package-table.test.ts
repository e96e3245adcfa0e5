import { describe, expect, it } from 'vitest';
import {
  installCommand,
  missingNeeds,
  NEEDS,
  packageNames,
  type System,
} from '../../../scripts/setup/package-table.mjs';

function system(overrides: Partial<System> = {}): System {
  return { manager: 'apt', root: false, hasProgram: () => false, hasPackage: () => false, ...overrides };
}

describe('missingNeeds', () => {
  it('lists everything of the purpose on a bare Debian', () => {
    expect(packageNames(missingNeeds(['build'], system()), 'apt')).toEqual([
      'g++',
      'make',
      'cmake',
      'python3',
    ]);
    expect(packageNames(missingNeeds(['host'], system()), 'apt')).toEqual([
      'sox',
      'libsox-fmt-pulse',
      'alsa-utils',
      'libasound2-plugins',
      'pulseaudio',
      'pulseaudio-utils',
      'chromium',
      'fonts-dejavu-core',
    ]);
  });

  it('is content with any program of a kind', () => {
    const clang = new Set(['clang++', 'make', 'cmake', 'python3']);
    expect(missingNeeds(['build'], system({ hasProgram: (name) => clang.has(name) }))).toEqual([]);
    expect(missingNeeds(['microphone'], system({ hasProgram: (name) => name === 'arecord' }))).toEqual([]);
  });

  it('looks for libraries by package, and only where they are packages of their own', () => {
    const programs = () => true;
    const debian = missingNeeds(['host'], system({ hasProgram: programs }));
    expect(packageNames(debian, 'apt')).toEqual([
      'libsox-fmt-pulse',
      'libasound2-plugins',
      'fonts-dejavu-core',
    ]);
    expect(missingNeeds(['host'], system({ manager: 'dnf', hasProgram: programs }))).toEqual([]);
    expect(missingNeeds(['host'], system({ hasProgram: programs, hasPackage: () => true }))).toEqual([]);
  });

  it('knows Debian names for everything', () => {
    for (const need of NEEDS) expect(need.packages.apt, need.programs[0]).toBeTruthy();
  });
});

describe('installCommand', () => {
  const build = missingNeeds(['build'], system());

  it.each([
    ['apt', false, 'linux', 'sudo apt-get install -y --no-install-recommends g++ make cmake python3'],
    ['apt', true, 'linux', 'apt-get install -y --no-install-recommends g++ make cmake python3'],
    ['dnf', false, 'linux', 'sudo dnf install -y gcc-c++ make cmake python3'],
    ['pacman', false, 'linux', 'sudo pacman -S --needed gcc make cmake python'],
    ['brew', false, 'darwin', 'xcode-select --install && brew install cmake python3'],
    [undefined, false, 'linux', 'install with your package manager: c++, make, cmake, python3'],
  ] as const)('for %s (root: %s) on %s', (manager, root, platform, expected) => {
    expect(installCommand(build, { manager, root }, platform)).toBe(expected);
  });

  it('names the build tools of Windows', () => {
    expect(installCommand(build, { manager: 'winget', root: false }, 'win32')).toBe(
      'winget install Microsoft.VisualStudio.2022.BuildTools && winget install Kitware.CMake Python.Python.3.13',
    );
  });

  it('names each package once', () => {
    const missing = missingNeeds(['microphone', 'host'], system());
    const names = packageNames(missing, 'apt');
    expect(names).toEqual([...new Set(names)]);
  });
});
