import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { WaveFile } from 'wavefile';
import { type Addon, type ModelHandle, SamplingStrategy } from '../../../src/engine/addon';
import { type Job, type Measurement, WORKING } from './job';

const MICROSECONDS_PER_MS = 1_000;

/** Times calls of one addon with one model: `node transcribe.child.js JOB`, both job and answer as JSON. An endless job has no answer. */
async function main(job: Job): Promise<Measurement> {
  const addon = createRequire(job.addon)(job.addon) as Addon;
  const audio = readAudio(job.recording, job.samples);
  const model = await addon.WhisperModel.load(job.model, false);
  if (model.handle === null) throw new Error('the model has no handle');
  // The first call touches all weights: told apart from the others.
  const began = performance.now();
  await call(addon, model.handle, audio, job);
  const firstMs = performance.now() - began;
  if (job.endless) {
    endWithParent();
    console.log(WORKING);
    for (;;) await call(addon, model.handle, audio, job);
  }
  const ms: number[] = [];
  let tokens = 0;
  const before = process.cpuUsage();
  for (let index = 0; index < job.calls; index++) {
    const started = performance.now();
    tokens = await call(addon, model.handle, audio, job);
    ms.push(performance.now() - started);
  }
  const { user, system } = process.cpuUsage(before);
  await model.free();
  const cpuMs = (user + system) / MICROSECONDS_PER_MS;
  return { ms, firstMs, cpuMs, tokens, peakMiB: process.resourceUsage().maxRSS / 1024 };
}

/** A process that never ends by itself must not outlive the one that wanted its work. */
function endWithParent(): void {
  process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL'));
  process.stdin.resume();
}

/** One call; the number of tokens that were decoded. */
function call(addon: Addon, handle: ModelHandle, audio: Float32Array, job: Job): Promise<number> {
  return new Promise((resolve, reject) => {
    addon.transcribe(
      handle,
      audio,
      {
        strategy: SamplingStrategy.greedy,
        best_of: 1,
        temperature: 0,
        temperature_inc: 0,
        n_threads: job.threads,
        language: 'en',
        no_context: true,
        no_timestamps: true,
        single_segment: true,
        max_tokens: job.maxTokens,
        audio_ctx: job.audioCtx,
        print_progress: false,
        format: 'detail',
      },
      (result) => {
        if (result instanceof Error) reject(result);
        else resolve(result.reduce((sum, segment) => sum + (segment.tokens?.length ?? 0), 0));
      },
      () => undefined,
    );
  });
}

function readAudio(file: string, samples: number): Float32Array {
  const wav = new WaveFile(readFileSync(file));
  wav.toBitDepth('32f');
  const all = Float32Array.from(wav.getSamples(false) as unknown as Float64Array);
  if (all.length < samples) throw new Error(`${file} is shorter than ${samples} samples`);
  return all.slice(0, samples);
}

main(JSON.parse(process.argv[2] ?? '') as Job).then(
  (measurement) => console.log(JSON.stringify(measurement)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
