import { describe, expect, it } from 'vitest';
import { planVariant } from '../../../scripts/native/variants.mjs';
import { type CpuFeature, levelsFor, variantName } from '../../../src/engine/cpu-levels';

const PLATFORMS = ['linux', 'darwin', 'win32'] as const;
const ARCHITECTURES = ['x64', 'arm64'] as const;

/** What each of ggml's switches makes the compiler use. */
const SWITCH_NEEDS: Record<string, CpuFeature[]> = {
  GGML_SSE42: ['sse4_2'],
  GGML_AVX: ['avx2'],
  GGML_AVX2: ['avx2'],
  GGML_FMA: ['fma'],
  GGML_F16C: ['f16c'],
  GGML_BMI2: ['bmi2'],
  GGML_AVX512: ['avx512f', 'avx512cd', 'avx512vl', 'avx512dq', 'avx512bw'],
  GGML_AVX512_VNNI: ['avx512_vnni'],
};
/** Names of `-m` flags that differ from Linux's names. */
const FLAG_NAMES: Record<string, string> = {
  'sse4.2': 'sse4_2',
  popcnt: 'sse4_2',
  avx512vnni: 'avx512_vnni',
};

const cases = PLATFORMS.flatMap((platform) =>
  ARCHITECTURES.flatMap((arch) => levelsFor(platform, arch).map((level) => ({ platform, arch, level }))),
);

describe.each(cases)('the plan for $platform $arch $level.name', ({ platform, arch, level }) => {
  const plan = planVariant(platform, arch, level.name);

  it('has the name the loader looks for', () => {
    expect(plan.variant).toBe(variantName(platform, arch, level.name));
  });

  it('is static, optimised, portable and has tinyBLAS', () => {
    expect(plan.cmake).toMatchObject({
      CMAKE_BUILD_TYPE: 'Release',
      BUILD_SHARED_LIBS: 'OFF',
      CMAKE_POSITION_INDEPENDENT_CODE: 'ON',
      GGML_NATIVE: 'OFF',
      GGML_LLAMAFILE: 'ON',
      GGML_OPENMP: 'OFF',
    });
  });

  it('links every library once, the dependent before the one it needs', () => {
    const order = plan.libraries.map((name) => plan.link.findIndex((part) => part.endsWith(`/${name}`)));
    expect(order).not.toContain(-1);
    expect([...order].sort((a, b) => a - b)).toEqual(order);
    expect(plan.libraries[0]).toMatch(/whisper/);
    expect(plan.libraries.at(-1)).toMatch(/ggml-base/);
  });
});

describe.each(cases.filter(({ arch }) => arch === 'x64'))(
  'the plan for $platform x64 $level.name',
  (target) => {
    const { level } = target;
    const plan = planVariant(target.platform, target.arch, level.name);

    it('uses no instruction that the loader does not check for', () => {
      const switches = Object.keys(plan.cmake).filter(
        (name) => plan.cmake[name] === 'ON' && /^GGML_(SSE|AVX|FMA|F16C|BMI|AMX)/.test(name),
      );
      const needed = switches.flatMap((name) => SWITCH_NEEDS[name] ?? [`unknown switch ${name}`]);
      expect(level.needs).toEqual(expect.arrayContaining(needed));
      const flags = [...(plan.cmake.CMAKE_CXX_FLAGS ?? '').matchAll(/-m([\w.]+)/g)].map(
        (match) => match[1] ?? '',
      );
      expect(level.needs).toEqual(expect.arrayContaining(flags.map((flag) => FLAG_NAMES[flag] ?? flag)));
      // And it uses all that the loader asks for.
      expect(needed).toEqual(expect.arrayContaining([...level.needs]));
    });
  },
);

describe('platform particulars', () => {
  it('embeds the Metal library on Apple processors only', () => {
    expect(planVariant('darwin', 'arm64', '').cmake).toMatchObject({
      GGML_METAL: 'ON',
      GGML_METAL_EMBED_LIBRARY: 'ON',
      GGML_ACCELERATE: 'ON',
    });
    expect(planVariant('darwin', 'arm64', '').link).toContain('"-framework Metal"');
    expect(planVariant('darwin', 'x64', 'avx2').cmake).toMatchObject({
      GGML_METAL: 'OFF',
      GGML_ACCELERATE: 'ON',
    });
    expect(planVariant('linux', 'x64', 'avx2').cmake).toMatchObject({
      GGML_METAL: 'OFF',
      GGML_ACCELERATE: 'OFF',
    });
  });

  it('gives MSVC its own flags and the C runtime of node-gyp', () => {
    const plan = planVariant('win32', 'x64', 'avx2');
    expect(plan.cmake).toMatchObject({
      CMAKE_MSVC_RUNTIME_LIBRARY: 'MultiThreaded',
      CMAKE_CXX_FLAGS: expect.stringContaining('/arch:AVX2'),
    });
    expect(plan.generatorArgs).toEqual(['-A', 'x64']);
    expect(JSON.stringify(plan)).not.toContain('-mavx');
    // MSVC cannot compile ggml's arm64 kernels.
    expect(planVariant('win32', 'arm64', '').generatorArgs).toContain('ClangCL');
  });

  it('carries the C++ runtime on Linux', () => {
    expect(planVariant('linux', 'x64', 'baseline').env.LDFLAGS).toContain('-static-libstdc++');
  });

  it('tells CMake which system and processor another one is, and changes nothing else', () => {
    const cross = { CMAKE_SYSTEM_NAME: 'Linux', CMAKE_SYSTEM_PROCESSOR: 'aarch64' };
    const own = planVariant('linux', 'arm64', 'dotprod');
    expect(planVariant('linux', 'arm64', 'dotprod', cross)).toEqual({
      ...own,
      cmake: { ...own.cmake, ...cross },
    });
  });

  it('builds arm64 Linux with and without dot products', () => {
    expect(planVariant('linux', 'arm64', 'dotprod').cmake.GGML_CPU_ARM_ARCH).toContain('+dotprod+fp16');
    expect(planVariant('linux', 'arm64', 'baseline').cmake.GGML_CPU_ARM_ARCH).toBe('armv8-a');
  });
});
