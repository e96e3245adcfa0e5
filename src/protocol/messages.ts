import * as v from 'valibot';

/**
 * The wire between the product and an engine process: one discriminated union in each direction, carried by Node's IPC
 * channel with advanced serialization. Sample positions and ranges as in `core/model.ts`; times in ms.
 */

/** Rises with every change that an older peer would misunderstand; both ends must agree. */
export const PROTOCOL_VERSION = 4;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const range = v.pipe(
  v.object({ start: count, end: count }),
  v.check((value) => value.end > value.start, 'a range must not be empty'),
);
const word = v.object({
  text: v.string(),
  p: probability,
  start: v.optional(count),
  end: v.optional(count),
});

const threads = v.pipe(v.number(), v.integer(), v.minValue(1));

/** First message: what the process is and what it shall load. */
const hello = v.object({
  type: v.literal('hello'),
  version: count,
  role: v.picklist(['fast', 'heavy']),
  modelPath: v.string(),
  /** Folder of the voice activity detector's files; null for an engine that only transcribes. */
  vadDir: v.nullable(v.string()),
  /** Folder with one sub-folder for each variant of the native addon. */
  nativeDir: v.string(),
  threads,
  /** Threads of calls that are marked `allCores`. */
  finalThreads: threads,
});

/** Forget all audio. Voice messages are wanted from `voiceFrom` on; frames before it only fill the ring and warm the detector. */
const reset = v.object({ type: v.literal('reset'), epoch: count, voiceFrom: count });

/** Only the container is checked: a walk over samples would cost more than the message. */
const samples = v.custom<Float32Array>((value) => value instanceof Float32Array);

/** One or more whole frames. */
const frames = v.object({ type: v.literal('frames'), epoch: count, start: count, samples });

const transcribe = v.object({
  type: v.literal('transcribe'),
  callId: count,
  epoch: count,
  range,
  /** The audio of the range, where the process may not have it any more. */
  samples: v.optional(samples),
  allCores: v.boolean(),
  language: v.string(),
  prompt: v.string(),
  timestamps: v.boolean(),
});

const toEngine = v.variant('type', [
  hello,
  reset,
  frames,
  transcribe,
  v.object({ type: v.literal('ping'), id: count }),
  /** Finish nothing, leave. */
  v.object({ type: v.literal('end') }),
]);

/** Why an engine could not load. */
export const LOAD_FAILURES = [
  'protocol',
  'model-missing',
  'model-corrupt',
  'model-refused',
  'addon',
  'vad',
  'self-test',
  'internal',
] as const;
export type LoadFailure = (typeof LOAD_FAILURES)[number];

/** Why a call failed. */
export const CALL_FAILURES = ['audio-gone', 'language', 'whisper', 'not-loaded'] as const;
export type CallFailure = (typeof CALL_FAILURES)[number];

const fromEngine = v.variant('type', [
  /** Answer to `hello`: the process works and takes frames; the model is being loaded. */
  v.object({ type: v.literal('ready'), version: count }),
  /** How much of the model is loaded. */
  v.object({ type: v.literal('loading'), share: probability }),
  /** `warmupMs`: what a call on `warmupAudioMs` of audio took. */
  v.object({
    type: v.literal('loaded'),
    variant: v.string(),
    loadMs: v.number(),
    warmupMs: v.number(),
    warmupAudioMs: v.number(),
  }),
  v.object({ type: v.literal('load-failed'), code: v.picklist(LOAD_FAILURES), message: v.string() }),
  v.object({ type: v.literal('voice'), epoch: count, start: count, probability }),
  v.object({
    type: v.literal('result'),
    callId: count,
    text: v.string(),
    words: v.array(word),
    segments: v.array(v.object({ text: v.string(), range })),
    confidence: probability,
    language: v.string(),
    elapsedMs: v.number(),
  }),
  v.object({
    type: v.literal('call-failed'),
    callId: count,
    code: v.picklist(CALL_FAILURES),
    message: v.string(),
  }),
  /** Answer to `ping`, with what the process has cost: time of all its threads and the most memory it held. */
  v.object({ type: v.literal('pong'), id: count, cpuSeconds: v.number(), peakRssBytes: v.number() }),
  v.object({
    type: v.literal('log'),
    level: v.picklist(['error', 'warn', 'info', 'debug']),
    message: v.string(),
  }),
]);

/** Product → engine process. */
export type ToEngine = v.InferOutput<typeof toEngine>;
/** Engine process → product. */
export type FromEngine = v.InferOutput<typeof fromEngine>;
/** One kind of message to the engine, by its `type`. */
export type ToEngineOf<T extends ToEngine['type']> = Extract<ToEngine, { type: T }>;
/** One kind of message from the engine, by its `type`. */
export type FromEngineOf<T extends FromEngine['type']> = Extract<FromEngine, { type: T }>;

/** A checked message, or what is wrong with it (names of fields, never their contents). */
export type Parsed<T> =
  { readonly ok: true; readonly message: T } | { readonly ok: false; readonly problem: string };

/** Checks what arrived in an engine process. Never throws. */
export function parseToEngine(raw: unknown): Parsed<ToEngine> {
  return parsed(v.safeParse(toEngine, raw, { abortEarly: true }));
}

/** Checks what arrived from an engine process. Never throws. */
export function parseFromEngine(raw: unknown): Parsed<FromEngine> {
  return parsed(v.safeParse(fromEngine, raw, { abortEarly: true }));
}

type Outcome<T> =
  | { readonly success: true; readonly output: T }
  | { readonly success: false; readonly issues: readonly v.BaseIssue<unknown>[] };

function parsed<T>(outcome: Outcome<T>): Parsed<T> {
  if (outcome.success) return { ok: true, message: outcome.output };
  const places = outcome.issues.map(
    (issue) => `${issue.kind} ${issue.type} at ${v.getDotPath(issue) ?? 'top'}`,
  );
  return { ok: false, problem: `malformed message: ${places.join('; ')}` };
}
