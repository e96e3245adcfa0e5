import { describe, expect, it } from 'vitest';
import type { ErrorArea } from '../../../src/core/errors';
import { english } from '../../../src/vscode/l10n-templates';
import { actionsFor } from '../../../src/vscode/error-actions';

describe('actionsFor', () => {
  it.each([
    ['microphone', 'microphone-unavailable', ['Select Microphone', 'Check Setup', 'Try a Recording']],
    ['microphone', 'recorder-missing', ['Check Setup', 'Try a Recording']],
    ['model', 'model-missing', ['Manage Models', 'Show Log']],
    ['model', 'download-offline', ['Try Again', 'Manage Models']],
    ['model', 'disk-full', ['Try Again', 'Manage Models']],
    ['engine', 'engine-crashed', ['Check Setup', 'Show Log']],
    ['usage', 'no-editor', []],
  ] satisfies [ErrorArea, string, string[]][])('%s/%s', (area, code, titles) => {
    expect(actionsFor({ area, code }, english).map(({ title }) => title)).toEqual(titles);
  });
});
