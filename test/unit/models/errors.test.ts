import { expect, it } from 'vitest';
import { DictationError } from '../../../src/core/errors';
import * as errors from '../../../src/node/models/errors';

const URL_ = 'https://huggingface.co/x/ggml-tiny.bin?signature=secret';
const all: [string, DictationError, expected: string][] = [
  ['catalog-broken', errors.catalogBroken('/c.json', 'models: wrong'), '/c.json'],
  ['model-missing', errors.modelMissing('tiny.en'), 'tiny.en'],
  ['model-unknown-name', errors.modelUnknownName('huge', ['tiny', 'small']), 'tiny, small'],
  ['model-corrupt', errors.modelCorrupt('/m.bin', 'odd'), '/m.bin'],
  ['model-truncated', errors.modelTruncated('/m.bin', 'short'), '/m.bin'],
  ['model-unreadable', errors.modelUnreadable('/m.bin', new Error('EACCES')), 'EACCES'],
  ['download-offline', errors.downloadOffline(URL_, 'ENOTFOUND'), 'https://huggingface.co'],
  ['download-http', errors.downloadHttp(URL_, 404), '404'],
  ['download-http', errors.downloadHttp(URL_, 503), 'later'],
  ['download-http', errors.downloadHttp(URL_, 418), '418'],
  ['download-http', errors.downloadRedirect(URL_, 'it leads to http://x'), 'http://x'],
  ['download-corrupt', errors.downloadCorrupt('tiny', 'other digest'), 'tiny'],
  ['download-blocked', errors.downloadBlocked(URL_, 'a web page'), 'HTTPS_PROXY'],
  ['download-busy', errors.downloadTakenOver('tiny'), 'tiny'],
  ['mirror-invalid', errors.mirrorInvalid('nowhere'), 'nowhere'],
  [
    'disk-full',
    errors.diskFull('/models', 264_477_561, 1_500_000),
    '264.5 MB more are needed and 1.5 MB are free',
  ],
  ['models-directory', errors.directoryUnwritable('/models', new Error('EROFS')), 'EROFS'],
];

it.each(all)('%s says what happened and what to do', (code, error, expected) => {
  expect(error).toBeInstanceOf(DictationError);
  expect(error).toMatchObject({ area: 'model', code });
  expect(error.userText).toContain(expected);
  expect(error.message).toMatch(/\.$/);
  expect(error.hint).toMatch(/\w.*\.$/);
  // Addresses of content hosts carry signatures: they do not belong into messages or logs.
  expect(error.userText).not.toContain('secret');
});

it('every factory is covered', () => {
  const factories = Object.keys(errors).filter((name) => name !== 'formatBytes');
  expect(new Set(all.map(([code]) => code)).size).toBe(factories.length - 1); // downloadRedirect shares its code.
});

it('bytes are written for people', () => {
  expect([12, 1_500, 43_550_795, 1_624_555_275].map(errors.formatBytes)).toEqual([
    '12 bytes',
    '1.5 kB',
    '43.6 MB',
    '1.62 GB',
  ]);
});
