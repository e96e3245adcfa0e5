// What is built for which machine: a variant is one build of the addon for one platform, architecture and CPU level.
// Pure: no files, no processes. The levels and the CPU features each of them needs at run time are defined once, in
// src/engine/cpu-levels.ts; the flags here must not use more than those.

/**
 * @typedef {'linux' | 'darwin' | 'win32'} Platform
 * @typedef {'x64' | 'arm64'} Arch
 * @typedef {object} Plan
 * @property {string} variant folder name, e.g. `linux-x64-avx2`
 * @property {Record<string, string>} cmake definitions for whisper.cpp's CMake build
 * @property {string[]} generatorArgs CMake arguments that choose generator, architecture and toolset
 * @property {string[]} libraries static libraries, in link order, without folder
 * @property {string[]} link what smart-whisper's BYOL is given; `{lib}` stands for the libraries' folder
 * @property {Record<string, string>} env environment of node-gyp's compiler and linker
 */

/**
 * True where the engine needs the probe that tells the levels apart: Windows lists the features of a processor nowhere.
 * @param {string} platform
 * @param {string} arch
 * @returns {boolean}
 */
export function needsProbe(platform, arch) {
  return platform === 'win32' && arch === 'x64';
}

/** ggml's instruction-set switches that are on at each x64 level; all others are off. */
const X64_SWITCHES = {
  // x86-64-v2 (2009, and demanded by Windows 11): below it no supported editor runs comfortably.
  baseline: ['GGML_SSE42'],
  // Haswell (2013) and Zen (2017) onwards.
  avx2: ['GGML_SSE42', 'GGML_AVX', 'GGML_AVX2', 'GGML_FMA', 'GGML_F16C', 'GGML_BMI2'],
  // With VNNI, because tinyBLAS's q8_0 kernel gains most from it: Cascade Lake, Ice Lake, Zen 4 onwards.
  avx512: [
    'GGML_SSE42',
    'GGML_AVX',
    'GGML_AVX2',
    'GGML_FMA',
    'GGML_F16C',
    'GGML_BMI2',
    'GGML_AVX512',
    'GGML_AVX512_VNNI',
  ],
};
const X64_ALL_SWITCHES = [...X64_SWITCHES.avx512, 'GGML_AVX512_VBMI', 'GGML_AVX512_BF16', 'GGML_AVX_VNNI'];

/** The same levels for the files ggml does not give its own flags (whisper.cpp itself: mel spectrum, sampling). */
const X64_FLAGS = {
  baseline: '-msse4.2 -mpopcnt',
  avx2: '-mavx2 -mfma -mf16c -mbmi2',
  avx512: '-mavx2 -mfma -mf16c -mbmi2 -mavx512f -mavx512cd -mavx512vl -mavx512dq -mavx512bw -mavx512vnni',
};
/** MSVC has no switch below AVX on x64, where SSE2 is the floor. */
const X64_FLAGS_MSVC = { baseline: '', avx2: '/arch:AVX2', avx512: '/arch:AVX512' };

/** `-march` of ggml's kernels. `dotprod`: Cortex-A76 / Neoverse N1 (2018) onwards; a Raspberry Pi 4 is `baseline`. */
const ARM_ARCH = { baseline: 'armv8-a', dotprod: 'armv8.2-a+dotprod+fp16' };

/** Metal and the current Accelerate interface (`ACCELERATE_NEW_LAPACK`) need at least this macOS. */
const MACOS_MINIMUM = '13.3';

/**
 * The plan for one variant.
 * @param {Platform} platform
 * @param {Arch} arch
 * @param {string} level level name, empty where there is only one
 * @param {Readonly<Record<string, string>>} [cross] CMake definitions of a build for another processor
 * @returns {Plan}
 */
export function planVariant(platform, arch, level, cross) {
  const windows = platform === 'win32';
  const metal = platform === 'darwin' && arch === 'arm64';
  const accelerate = platform === 'darwin';
  const libraryNames = [
    'whisper',
    'ggml',
    'ggml-cpu',
    ...(metal ? ['ggml-metal'] : []),
    ...(accelerate ? ['ggml-blas'] : []),
    'ggml-base',
  ];
  const libraries = libraryNames.map((name) => (windows ? `${name}.lib` : `lib${name}.a`));
  const paths = libraries.map((name) => `{lib}/${name}`);
  return {
    variant: [platform, arch, level].filter(Boolean).join('-'),
    cmake: {
      CMAKE_BUILD_TYPE: 'Release',
      CMAKE_POSITION_INDEPENDENT_CODE: 'ON',
      BUILD_SHARED_LIBS: 'OFF',
      WHISPER_BUILD_TESTS: 'OFF',
      WHISPER_BUILD_EXAMPLES: 'OFF',
      WHISPER_BUILD_SERVER: 'OFF',
      WHISPER_ALL_WARNINGS: 'OFF',
      // One build must run on every machine of its level, not on the machine that built it.
      GGML_NATIVE: 'OFF',
      // tinyBLAS: matrix kernels for f16 and q8_0, a third faster than ggml's own.
      GGML_LLAMAFILE: 'ON',
      // ggml's own threads: no libgomp to ship, and no barriers that stall under competing load.
      GGML_OPENMP: 'OFF',
      GGML_METAL: metal ? 'ON' : 'OFF',
      ...(metal ? { GGML_METAL_EMBED_LIBRARY: 'ON' } : {}),
      GGML_ACCELERATE: accelerate ? 'ON' : 'OFF',
      GGML_BLAS: accelerate ? 'ON' : 'OFF',
      ...(accelerate ? { GGML_BLAS_VENDOR: 'Apple', CMAKE_OSX_DEPLOYMENT_TARGET: MACOS_MINIMUM } : {}),
      ...instructionSet(platform, arch, level),
      // node-gyp links the static C runtime; the libraries must agree. The policy makes CMake obey for old projects.
      ...(windows
        ? { CMAKE_POLICY_DEFAULT_CMP0091: 'NEW', CMAKE_MSVC_RUNTIME_LIBRARY: 'MultiThreaded' }
        : {}),
      ...cross,
    },
    generatorArgs: windows ? (arch === 'arm64' ? ['-A', 'ARM64', '-T', 'ClangCL'] : ['-A', 'x64']) : [],
    libraries,
    link: linkLine(platform, metal, paths),
    env: compilerEnv(platform),
  };
}

/**
 * @param {Platform} platform
 * @param {Arch} arch
 * @param {string} level
 * @returns {Record<string, string>}
 */
function instructionSet(platform, arch, level) {
  if (arch === 'arm64') {
    // Every Apple processor that runs macOS has both extensions; so has every one that runs Windows 11.
    const march = ARM_ARCH[/** @type {keyof typeof ARM_ARCH} */ (level || 'dotprod')];
    return { GGML_CPU_ARM_ARCH: march };
  }
  const name = /** @type {keyof typeof X64_SWITCHES} */ (level);
  const on = X64_SWITCHES[name];
  const flags = platform === 'win32' ? X64_FLAGS_MSVC[name] : X64_FLAGS[name];
  return {
    ...Object.fromEntries(X64_ALL_SWITCHES.map((option) => [option, on.includes(option) ? 'ON' : 'OFF'])),
    ...(flags
      ? platform === 'win32'
        ? // Setting these replaces CMake's own defaults, so they are repeated.
          {
            CMAKE_C_FLAGS: `/DWIN32 /D_WINDOWS ${flags}`,
            CMAKE_CXX_FLAGS: `/DWIN32 /D_WINDOWS /EHsc ${flags}`,
          }
        : { CMAKE_C_FLAGS: flags, CMAKE_CXX_FLAGS: flags }
      : {}),
  };
}

/**
 * @param {Platform} platform
 * @param {boolean} metal
 * @param {string[]} paths
 */
function linkLine(platform, metal, paths) {
  if (platform === 'linux')
    return ['-Wl,--start-group', ...paths, '-Wl,--end-group', '-lpthread', '-lm', '-ldl'];
  if (platform === 'win32') return paths;
  const frameworks = ['Foundation', 'Accelerate', ...(metal ? ['Metal', 'MetalKit'] : [])];
  return [...paths, ...frameworks.map((name) => `"-framework ${name}"`)];
}

/**
 * @param {Platform} platform
 * @returns {Record<string, string>}
 */
function compilerEnv(platform) {
  if (platform === 'win32') return { CL: '/DNDEBUG' };
  if (platform === 'darwin') return { CXXFLAGS: '-DNDEBUG', MACOSX_DEPLOYMENT_TARGET: MACOS_MINIMUM };
  return {
    CXXFLAGS: '-DNDEBUG -fvisibility=hidden -ffunction-sections -fdata-sections',
    // The C++ runtime goes into the addon, so that it loads beside any other libstdc++; only Node's entry symbol is
    // exported, so that two addons with different ggml never mix.
    LDFLAGS: '-static-libstdc++ -static-libgcc -Wl,--exclude-libs,ALL -Wl,--gc-sections -Wl,-s',
  };
}
