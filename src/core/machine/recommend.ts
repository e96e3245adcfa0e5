import type { ModelPairing, StoredModel } from '../ports';

/** What a machine can do. */
export interface MachineFacts {
  /** Cores that may be used. */
  readonly cores: number;
  /** Memory of the machine, bytes. */
  readonly memoryBytes: number;
  /** How fast a model was on this machine, if it was measured. */
  readonly measured?: MeasuredSpeed | undefined;
}

/** A measured model. */
export interface MeasuredSpeed {
  readonly model: string;
  /** Computing time for a second of audio, ms. */
  readonly msPerSecond: number;
}

/** A pair, and whether and why it suits. */
export interface Advice extends ModelPairing {
  /** `memory`, `cores` and `slow` say what the machine has too little of. */
  readonly verdict: 'recommended' | 'suits' | 'language' | 'memory' | 'cores' | 'slow';
  /** Expected computing time of the heavy model for a second of audio, ms; absent if nothing was measured. */
  readonly expectedMsPerSecond?: number;
}

const MIB = 1024 * 1024;
/** Both models together may take this share of the memory: an editor with its language servers needs the rest. */
const MEMORY_SHARE = 0.35;
/**
 * A heavy model that needs more than this for a second of audio, ms, falls behind a speaker: it hears each second about
 * twice, in overlapping windows and in the final pass.
 */
export const KEEPS_UP_MS = 500;
/**
 * Without a measurement: the cores from which a heavy model of so many bytes (q8_0, about one byte a parameter) keeps up on
 * an ordinary processor. The catalogue says of its medium pair: eight cores or more.
 */
const CORES_BY_BYTES: readonly (readonly [bytes: number, cores: number])[] = [
  [400_000_000, 2],
  [700_000_000, 4],
  [Infinity, 8],
];

/**
 * Judges the pairs of the catalogue for a machine and a language; the last one that suits, which is the strongest, is
 * recommended, or, if none does, the first that knows the language. Pure.
 * @param pairs smallest first
 * @param language Whisper code or `auto`
 */
export function adviseModels(
  pairs: readonly ModelPairing[],
  models: readonly StoredModel[],
  language: string,
  machine: MachineFacts,
): readonly Advice[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  const judged = pairs.flatMap((pair): Advice[] => {
    const [fast, heavy] = [byName.get(pair.fast), byName.get(pair.heavy)];
    return fast && heavy ? [judge(fast, heavy, byName, language, machine)] : [];
  });
  // English-only models are better at English than multilingual ones of the same size.
  const suiting = judged.filter(({ verdict }) => verdict === 'suits');
  const english = language === 'en' ? suiting.filter(({ heavy }) => heavy.includes('.en')) : [];
  const strongest = suiting.at(-1);
  const best =
    strongest && english.length > 0 && !isStronger(strongest, english.at(-1), byName)
      ? english.at(-1)
      : strongest;
  const chosen = best ?? judged.find(({ verdict }) => verdict !== 'language');
  return judged.map((advice) => (advice === chosen ? { ...advice, verdict: 'recommended' } : advice));
}

/** Models of one size differ by the few weights of the languages. */
const SAME_SIZE = 1.1;

function isStronger(a: Advice, b: Advice | undefined, models: ReadonlyMap<string, StoredModel>): boolean {
  const bytes = (advice: Advice | undefined) => models.get(advice?.heavy ?? '')?.bytes ?? 0;
  return bytes(a) > bytes(b) * SAME_SIZE;
}

function judge(
  fast: StoredModel,
  heavy: StoredModel,
  models: ReadonlyMap<string, StoredModel>,
  language: string,
  machine: MachineFacts,
): Advice {
  const expected = expectedSpeed(heavy, models, machine.measured);
  const pair = {
    fast: fast.name,
    heavy: heavy.name,
    ...(expected === undefined ? {} : { expectedMsPerSecond: Math.round(expected) }),
  };
  const knows = (model: StoredModel) =>
    language === 'auto' ? model.languages.length > 1 : model.languages.includes(language);
  if (!knows(fast) || !knows(heavy)) return { ...pair, verdict: 'language' };
  if ((fast.ramMiB + heavy.ramMiB) * MIB > machine.memoryBytes * MEMORY_SHARE)
    return { ...pair, verdict: 'memory' };
  if (expected !== undefined) return { ...pair, verdict: expected > KEEPS_UP_MS ? 'slow' : 'suits' };
  const [, cores] = CORES_BY_BYTES.find(([bytes]) => heavy.bytes <= bytes) ?? [0, Infinity];
  return { ...pair, verdict: machine.cores < cores ? 'cores' : 'suits' };
}

/** The cost of a model grows with its parameters, and so with the bytes of a file of the same precision. */
function expectedSpeed(
  heavy: StoredModel,
  models: ReadonlyMap<string, StoredModel>,
  measured: MeasuredSpeed | undefined,
): number | undefined {
  const known = measured && models.get(measured.model);
  // The embedded models are too small to tell how a real one would do.
  if (!measured || !known || known.state === 'embedded') return undefined;
  return (measured.msPerSecond * heavy.bytes) / known.bytes;
}
