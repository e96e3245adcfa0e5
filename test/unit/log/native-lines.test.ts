import { describe, expect, it } from 'vitest';
import { parseNativeLine } from '../../../src/node/log/native-lines';

describe('parseNativeLine', () => {
  it('finds the function and blanks the figures', () => {
    expect(parseNativeLine('whisper_init_state: kv self size  =    3.15 MB\r')).toEqual({
      level: 'debug',
      text: 'whisper_init_state: kv self size  =    3.15 MB',
      pattern: 'whisper_init_state: kv self size  =    # MB',
      topic: 'whisper_init_state',
    });
  });

  it.each([
    ['whisper_full_with_state: failed to encode', 'error'],
    ['GGML_ASSERT: ggml.c:12: x != NULL (assertion failed)', 'error'],
    ["terminate called after throwing an instance of 'std::bad_alloc'", 'error'],
    ['whisper_full_with_state: WARN input is too short', 'warn'],
    ['[W:onnxruntime:, graph.cc:108] Warning: removing initializer', 'warn'],
    ['whisper_print_timings:     fallbacks =   0 p /   0 h', 'debug'],
    ['whisper_backend_init: using CPU backend', 'debug'],
  ])('guesses the level of %j', (line, level) => {
    expect(parseNativeLine(line)?.level).toBe(level);
  });

  it('drops empty lines and colours, cuts endless ones, counts lines without a function by their pattern', () => {
    expect(parseNativeLine('  \t')).toBeUndefined();
    expect(parseNativeLine('\u001b[31mred 7\u001b[0m')).toMatchObject({ text: 'red 7', topic: 'red #' });
    expect(parseNativeLine('x'.repeat(10_000))?.text).toHaveLength(500);
  });
});
