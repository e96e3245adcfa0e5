import { describe, expect, it } from 'vitest';
import { english } from '../../../src/vscode/l10n-templates';
import { manageModels } from '../../../src/vscode/setup-fixes';
import { reportText, withoutPrivateData } from '../../../src/vscode/setup-report';
import type { CheckResult } from '../../../src/vscode/setup-results';

describe('the report', () => {
  const facts = {
    extension: '0.1.0',
    editor: 'VS Code 1.100',
    system: 'linux x64',
    cores: 4,
    memoryBytes: 8 * 1024 ** 3,
  };
  const result: CheckResult = {
    id: 'fast',
    title: 'Model for drafts',
    state: 'failed',
    fix: manageModels(english),
    detail: 'The model file /home/ada/models/my.bin cannot be read: (arecord: alsa_input.usb-Yeti_SN123-00)',
  };

  it('says what was found', () => {
    const text = reportText(facts, [result], { words: [] });
    expect(text).toContain('linux x64, 4 cores, 8 GiB');
    expect(text).toContain('✗ **Model for drafts** The model file …/my.bin cannot be read');
  });

  it.each([
    ['/home/ada/.local/share/x.bin', '…/x.bin'],
    ['C:\\Users\\Ada L\\x.bin', '…/Ada L\\x.bin'],
    ['at /Users/ada/Library/Models', 'at …/Models'],
    ['~/models/x.bin', '…/x.bin'],
    ['alsa_input.usb-Blue_Yeti_797_2019-00.analog-stereo busy', '<device> busy'],
    ['bluez_input.AA_BB_CC_DD_EE_FF.0', '<device>'],
    ['mail ada@example.org', 'mail <address>'],
    ['headset AA:BB:CC:DD:EE:FF', 'headset <address>'],
    ['small.en-q8_0: 120 ms/s, 3/4', 'small.en-q8_0: 120 ms/s, 3/4'],
  ])('%s becomes %s', (text, expected) => {
    expect(withoutPrivateData(text, { words: [] })).toBe(expected);
  });

  it('holds no name of user, machine or device', () => {
    const words = ['ada', 'ada-laptop', 'Yeti of Ada', 'x'];
    const text = withoutPrivateData('ada on ada-laptop hears Yeti of Ada, max', { words });
    expect(text).toBe('<private> on <private> hears <private>, max');
  });
});
