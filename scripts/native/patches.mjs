// Corrections to copies of smart-whisper's binding and of whisper.cpp. Each must match exactly as often as stated: a new
// release that no longer matches fails the build, so that no correction is lost unnoticed.

import { KEPT_STATES } from './kept-states.mjs';

/**
 * @typedef {object} Patch
 * @property {'smart-whisper' | 'whisper.cpp'} source
 * @property {string} file path below the source's folder
 * @property {string} why
 * @property {string} find
 * @property {string} replace
 * @property {number} times how often `find` occurs
 */

/** How often a thread looks before it offers its core to others: some 50 µs, longer than a fair wait takes. */
const BARRIER_SPINS = 2000;

/** @type {readonly Patch[]} */
export const PATCHES = [
  {
    source: 'smart-whisper',
    file: 'binding.gyp',
    why: 'gyp takes an absolute path with spaces for several; the relative one has none',
    find: `require('node-addon-api').include\\"`,
    replace: `require('node-addon-api').include_dir\\"`,
    times: 1,
  },
  {
    source: 'smart-whisper',
    file: 'src/binding/model.cc',
    why:
      'all context parameters but use_gpu were left uninitialised: flash attention and DTW were random. On a processor flash ' +
      'attention is slower than the matrix kernels, and looks at silence up to the next multiple of 256 positions',
    find: [
      'whisper_context_params params;',
      '    params.use_gpu = info.Length() == 2 ? info[1].As<Napi::Boolean>() : true;',
    ].join('\n'),
    replace: [
      'whisper_context_params params = whisper_context_default_params();',
      '    params.use_gpu = info.Length() == 2 ? info[1].As<Napi::Boolean>() : true;',
      '    params.flash_attn = params.use_gpu;',
    ].join('\n'),
    times: 1,
  },
  ...KEPT_STATES,
  {
    source: 'smart-whisper',
    file: 'src/binding/model.cc',
    why: 'a model that fails to load was dereferenced (SIGSEGV), and its promise never settled',
    find: [
      '            SetError("Failed to initialize whisper context");',
      '        }',
      '        whisper_print_timings(context);',
      '    }',
    ].join('\n'),
    replace: [
      '            SetError("Failed to initialize whisper context");',
      '        }',
      '    }',
      '',
      '    void OnError(const Napi::Error &error) override {',
      '        Napi::HandleScope scope(Env());',
      '        promise.Reject(error.Value());',
      '    }',
    ].join('\n'),
    times: 1,
  },
  {
    source: 'smart-whisper',
    file: 'src/binding/transcribe.cc',
    why: 'the field was renamed in whisper.cpp 1.7.3',
    find: 'params.suppress_non_speech_tokens =',
    replace: 'params.suppress_nst =',
    times: 1,
  },
  {
    source: 'whisper.cpp',
    file: 'ggml/src/ggml-cpu/ggml-cpu.c',
    why: 'threads that wait for each other spun for ever: on a busy machine they took the very core they waited for',
    find: [
      '    while (atomic_load_explicit(&tp->n_barrier_passed, memory_order_relaxed) == n_passed) {',
      '        ggml_thread_cpu_relax();',
      '    }',
    ].join('\n'),
    replace: [
      '    int spins = 0;',
      '    while (atomic_load_explicit(&tp->n_barrier_passed, memory_order_relaxed) == n_passed) {',
      `        if (spins++ < ${BARRIER_SPINS}) {`,
      '            ggml_thread_cpu_relax();',
      '        } else {',
      '            sched_yield();',
      '        }',
      '    }',
    ].join('\n'),
    times: 1,
  },
];

/**
 * Applies the patches of one file to its text.
 * @param {Patch['source']} source
 * @param {string} file path below the source's folder
 * @param {string} text
 * @param {readonly Patch[]} [patches]
 */
export function applyPatches(source, file, text, patches = PATCHES) {
  let patched = text.replaceAll('\r\n', '\n');
  for (const patch of patches.filter((candidate) => candidate.source === source && candidate.file === file)) {
    const found = patched.split(patch.find).length - 1;
    if (found !== patch.times) {
      throw new Error(
        `${source}'s ${file} has changed: the correction "${patch.why}" matches ${found} times instead of ` +
          `${patch.times}. Review scripts/native/patches.mjs.`,
      );
    }
    patched = patched.replaceAll(patch.find, () => patch.replace);
  }
  return patched;
}
