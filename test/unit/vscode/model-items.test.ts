import { describe, expect, it } from 'vitest';
import type { Advice } from '../../../src/core/machine/recommend';
import type { StoredModel } from '../../../src/core/ports';
import { english } from '../../../src/vscode/l10n-templates';
import { modelLines, sizeText } from '../../../src/vscode/model-items';

const model = (name: string, more: Partial<StoredModel> = {}): StoredModel => ({
  name,
  roles: ['heavy'],
  bytes: 264_000_000,
  ramMiB: 512,
  languages: ['en'],
  state: 'absent',
  receivedBytes: 0,
  path: name,
  ...more,
});
const advice: Advice[] = [
  { fast: 'tiny', heavy: 'small', verdict: 'recommended' },
  { fast: 'base', heavy: 'medium', verdict: 'cores' },
];
const lines = (models: StoredModel[], inUse: string[] = []) =>
  modelLines(models, advice, new Set(inUse), english);

describe('modelLines', () => {
  it('puts the recommended first, then what is there, then the rest', () => {
    const models = [model('medium'), model('mine', { state: 'custom' }), model('small'), model('tiny')];
    expect(lines(models).map((line) => `${line.group} ${line.model.name}`)).toEqual([
      'recommended small',
      'recommended tiny',
      'installed mine',
      'other medium',
    ]);
  });

  it.each([
    [model('small'), '$(cloud-download) small', 'confirms · 264 MB · en'],
    [model('small', { state: 'installed' }), '$(check) small', 'confirms · 264 MB · en'],
    [
      model('small', { state: 'partial', receivedBytes: 100_000_000 }),
      '$(debug-pause) small',
      'confirms · 264 MB · en · 37 % downloaded',
    ],
    [
      model('small', { state: 'broken' }),
      '$(warning) small',
      'confirms · 264 MB · en · damaged: download it again',
    ],
    [
      model('mine', { state: 'custom', roles: ['fast', 'heavy'], languages: ['en', 'de', 'fr', 'es'] }),
      '$(check) mine',
      'drafts or confirms · 264 MB · 4 languages · from a file',
    ],
    [
      model('embedded', { state: 'embedded', roles: ['fast'], bytes: 400_000 }),
      '$(check) embedded',
      'drafts · 1 MB · en · built in, for a first try',
    ],
  ])('%o', (one, label, description) => {
    expect(lines([one])[0]).toMatchObject({ label, description });
  });

  it('says what a model would mean here, and which are in use', () => {
    expect(lines([model('medium')])[0]?.detail).toBe(
      'needs more processor cores than this machine has · needs about 537 MB of memory',
    );
    expect(lines([model('other')], ['other'])[0]).toMatchObject({
      detail: 'needs about 537 MB of memory',
      description: 'confirms · 264 MB · en · in use',
    });
  });

  it('writes sizes as download pages do', () => {
    expect([sizeText(1), sizeText(43_537_433), sizeText(1_624_000_000)]).toEqual([
      '1 MB',
      '44 MB',
      '1.62 GB',
    ]);
  });
});
