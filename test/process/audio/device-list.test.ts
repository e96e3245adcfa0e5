import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listInputDevices } from '../../../src/node/audio/devices/list';
import {
  missingForVirtualMicrophone,
  startVirtualMicrophone,
  type VirtualMicrophone,
} from '../../support/virtual-microphone';

const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
const missing = missingForVirtualMicrophone();
if (missing.length > 0)
  console.warn(`SKIPPED: the list of real microphones. Install: apt-get install ${missing.join(' ')}`);

describe.skipIf(missing.length > 0)('the microphones of a real sound server', () => {
  let microphone: VirtualMicrophone;
  beforeAll(async () => {
    microphone = await startVirtualMicrophone();
  });
  afterAll(() => microphone?.stop());

  it('are listed, the default marked', async () => {
    const env = { ...process.env, ...microphone.env };
    const devices = await listInputDevices(silent, { platform: 'linux', env });
    expect(devices).toEqual([
      expect.objectContaining({ id: 'vmic.monitor', isDefault: true, isMonitor: true }),
    ]);
  });
});

it('is an empty list where no program can tell', async () => {
  // The program of macOS has one place, which is asked there whatever the PATH.
  const platforms = (['linux', 'darwin', 'win32', 'freebsd'] as const).filter(
    (platform) => platform !== 'darwin' || process.platform !== 'darwin',
  );
  for (const platform of platforms) {
    const host = { platform, env: { PATH: '/nonexistent', SystemRoot: '/nonexistent' } };
    expect(await listInputDevices(silent, host)).toEqual([]);
  }
});
