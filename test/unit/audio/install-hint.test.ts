import { describe, expect, it } from 'vitest';
import { installCommand, installHint } from '../../../src/node/audio/install-hint';

const linux = (osRelease: string) => installHint({ platform: 'linux', osRelease });

describe('installHint', () => {
  it.each([
    [
      'Debian',
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n',
      'sudo apt install sox libsox-fmt-pulse',
    ],
    ['Mint', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'sudo apt install sox libsox-fmt-pulse'],
    ['Fedora', 'NAME="Fedora Linux"\nID=fedora\n', 'sudo dnf install sox'],
    [
      'Rocky',
      'ID="rocky"\nID_LIKE="rhel centos fedora"\n',
      'sudo dnf install alsa-utils alsa-plugins-pulseaudio',
    ],
    ['Manjaro', 'ID=manjaro\nID_LIKE=arch\n', 'sudo pacman -S --needed sox libpulse'],
    ['openSUSE', 'ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', 'sudo zypper install sox'],
    ['Alpine', "ID='alpine'\n", 'sudo apk add sox alsa-utils alsa-plugins-pulse'],
  ])('names the command of %s', (_name, osRelease, command) => {
    expect(linux(osRelease)).toContain(command);
    expect(installCommand({ platform: 'linux', osRelease })).toBe(command);
  });

  it('names the command of macOS and Windows', () => {
    for (const [platform, command] of [
      ['darwin', 'brew install sox'],
      ['win32', 'winget install ChrisBagwell.SoX'],
    ] as const) {
      expect(installHint({ platform, osRelease: '' })).toContain(command);
      expect(installCommand({ platform, osRelease: '' })).toBe(command);
    }
  });

  it('says what to look for on a system it does not know', () => {
    expect(linux('')).toContain('alsa-utils');
    expect(linux('ID=plan9\nVARIANT_ID=debian\n')).not.toContain('apt');
    expect(installHint({ platform: 'freebsd', osRelease: '' })).toContain('SoX');
    for (const platform of ['linux', 'freebsd'] as const)
      expect(installCommand({ platform, osRelease: '' })).toBeUndefined();
  });
});
