// Tells which instruction-set extensions of this x64 processor may be used: what CPUID reports, as far as the
// operating system saves the registers (XCR0). Names as in Linux's /proc/cpuinfo. Bits: Intel SDM volume 2, CPUID.
#define NAPI_VERSION 8
#include <node_api.h>
#include <stdint.h>

#ifdef _MSC_VER
#include <intrin.h>
static void cpuid(uint32_t leaf, uint32_t out[4]) {
    int registers[4];
    __cpuidex(registers, (int)leaf, 0);
    for (int i = 0; i < 4; i++) out[i] = (uint32_t)registers[i];
}
static uint64_t xcr0(void) { return _xgetbv(0); }
#else
#include <cpuid.h>
static void cpuid(uint32_t leaf, uint32_t out[4]) {
    __cpuid_count(leaf, 0, out[0], out[1], out[2], out[3]);
}
static uint64_t xcr0(void) {
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return ((uint64_t)high << 32) | low;
}
#endif

enum { EAX, EBX, ECX, EDX };
// Registers the operating system must save: SSE and AVX state; for AVX-512 also masks and both upper halves.
enum { STATE_ALWAYS = 0, STATE_AVX = 0x06, STATE_AVX512 = 0xe6 };

struct feature {
    const char *name;
    uint32_t    leaf;
    int         reg;
    int         bit;
    uint64_t    state;
};

static const struct feature FEATURES[] = {
    {"sse4_2", 1, ECX, 20, STATE_ALWAYS},   {"fma", 1, ECX, 12, STATE_AVX},
    {"f16c", 1, ECX, 29, STATE_AVX},        {"avx2", 7, EBX, 5, STATE_AVX},
    {"bmi2", 7, EBX, 8, STATE_ALWAYS},      {"avx512f", 7, EBX, 16, STATE_AVX512},
    {"avx512dq", 7, EBX, 17, STATE_AVX512}, {"avx512cd", 7, EBX, 28, STATE_AVX512},
    {"avx512bw", 7, EBX, 30, STATE_AVX512}, {"avx512vl", 7, EBX, 31, STATE_AVX512},
    {"avx512_vnni", 7, ECX, 11, STATE_AVX512},
};
enum { OSXSAVE_BIT = 27, MAX_LEAF = 7 };

static napi_value features(napi_env env, napi_callback_info info) {
    (void)info;
    uint32_t leaves[MAX_LEAF + 1][4] = {{0}};
    uint32_t highest[4];
    cpuid(0, highest);
    cpuid(1, leaves[1]);
    if (highest[EAX] >= MAX_LEAF) cpuid(MAX_LEAF, leaves[MAX_LEAF]);
    const uint64_t saved = (leaves[1][ECX] >> OSXSAVE_BIT) & 1 ? xcr0() : 0;

    napi_value list;
    if (napi_create_array(env, &list) != napi_ok) return NULL;
    uint32_t count = 0;
    for (size_t i = 0; i < sizeof(FEATURES) / sizeof(FEATURES[0]); i++) {
        const struct feature *f = &FEATURES[i];
        if (!((leaves[f->leaf][f->reg] >> f->bit) & 1) || (saved & f->state) != f->state) continue;
        napi_value name;
        if (napi_create_string_utf8(env, f->name, NAPI_AUTO_LENGTH, &name) != napi_ok ||
            napi_set_element(env, list, count++, name) != napi_ok) {
            return NULL;
        }
    }
    return list;
}

NAPI_MODULE_INIT() {
    napi_value function;
    if (napi_create_function(env, "features", NAPI_AUTO_LENGTH, features, NULL, &function) != napi_ok ||
        napi_set_named_property(env, exports, "features", function) != napi_ok) {
        return NULL;
    }
    return exports;
}
