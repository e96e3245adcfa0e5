import { loadAddon } from '../../src/engine/native';
import { SamplingStrategy, type TranscribeParams } from '../../src/engine/addon';
import { embeddedModel, recording } from './engines';

/**
 * A process that loads one addon and uses it: `node native-child.js NATIVE_DIR MODEL_FILE RECORDING PARAMS`. Prints one
 * JSON object; a crash of native code shows as the exit of this process, not of the test.
 */
async function main(): Promise<object> {
  const [nativeDir = '', model = '', name = '', overrides = '{}'] = process.argv.slice(2);
  const { addon, variant } = loadAddon(nativeDir);
  const loaded = await addon.WhisperModel.load(model || embeddedModel('heavy'), false).catch(
    (error: Error) => error,
  );
  if (loaded instanceof Error) return { variant, rejected: loaded.message };
  const handle = loaded.handle;
  if (handle === null) return { variant, rejected: 'no handle' };
  const params: Partial<TranscribeParams> = {
    strategy: SamplingStrategy.greedy,
    best_of: 1,
    temperature: 0,
    temperature_inc: 0,
    n_threads: 1,
    language: 'en',
    no_context: true,
    single_segment: true,
    token_timestamps: true,
    format: 'detail',
    ...(JSON.parse(overrides) as Partial<TranscribeParams>),
  };
  const audio = recording(name).samples;
  const heard = await new Promise<object>((resolve) =>
    addon.transcribe(
      handle,
      audio,
      params,
      (result) => resolve(result instanceof Error ? { error: result.message } : { segments: result }),
      () => undefined,
    ),
  );
  await loaded.free();
  return { variant, freed: loaded.freed && loaded.handle === null, ...heard };
}

main().then(
  (result) => console.log(JSON.stringify(result)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
