import { readFile } from 'node:fs/promises';

/** What the operating system says about itself, as far as the choice of an install command needs it. */
export interface SystemFacts {
  readonly platform: NodeJS.Platform;
  /** Content of `/etc/os-release`; empty where there is none. */
  readonly osRelease: string;
}

/** Distribution ids (`ID` or `ID_LIKE` of os-release) → the command that installs a recorder that reaches its sound server. */
const LINUX_COMMANDS: readonly (readonly [ids: readonly string[], command: string])[] = [
  // Before `fedora`, which these name in ID_LIKE: their own repositories have no SoX.
  [['rhel', 'centos', 'rocky', 'almalinux'], 'sudo dnf install alsa-utils alsa-plugins-pulseaudio'],
  [['fedora'], 'sudo dnf install sox'],
  // Debian packs SoX's sound drivers separately.
  [['debian', 'ubuntu'], 'sudo apt install sox libsox-fmt-pulse'],
  [['arch'], 'sudo pacman -S --needed sox libpulse'],
  [['suse', 'opensuse'], 'sudo zypper install sox'],
  [['alpine'], 'sudo apk add sox alsa-utils alsa-plugins-pulse'],
  [['nixos'], 'nix-env -iA nixos.sox'],
];

/** What the system that this process runs on says about itself. */
export async function thisSystem(platform: NodeJS.Platform = process.platform): Promise<SystemFacts> {
  return { platform, osRelease: await readFile('/etc/os-release', 'utf8').catch(() => '') };
}

/** The command, for a terminal, that installs a recorder program on this system; undefined if none is known. Pure. */
export function installCommand({ platform, osRelease }: SystemFacts): string | undefined {
  switch (platform) {
    case 'darwin':
      return 'brew install sox';
    case 'win32':
      return 'winget install ChrisBagwell.SoX';
    case 'linux': {
      const ids = distributionIds(osRelease);
      return LINUX_COMMANDS.find(([known]) => known.some((id) => ids.includes(id)))?.[1];
    }
    default:
      return undefined;
  }
}

/** The sentence that tells how to install a recorder program on this system, with the exact command. Pure. */
export function installHint(system: SystemFacts): string {
  const command = installCommand(system);
  switch (system.platform) {
    case 'darwin':
      return `Install SoX with: ${command}`;
    case 'win32':
      return `Install SoX with: ${command} (or: choco install sox.portable), then restart the editor.`;
    case 'linux':
      if (command) return `Install one with: ${command}`;
      return 'Install SoX (sox) or the ALSA utilities (alsa-utils) with the package manager of this system.';
    default:
      return 'Install SoX (sox) with the package manager of this system.';
  }
}

/** `ID` and the words of `ID_LIKE`; openSUSE's `opensuse-tumbleweed` names `opensuse` and `suse` in the latter. */
function distributionIds(osRelease: string): string[] {
  return osRelease.split('\n').flatMap((line) => {
    const [, value] = /^(?:ID|ID_LIKE)=["']?([^"']*)["']?\s*$/.exec(line) ?? [];
    return value ? value.split(/\s+/) : [];
  });
}
