import { messageOf } from '../core/errors';
import type { CallFailure, FromEngine, ToEngineOf } from '../protocol/messages';
import { modelLanguage } from './languages';
import type { Transcriber } from './loader';
import type { ModelInfo } from './model-file';
import { MAX_SAMPLES } from './params';
import type { AudioRing } from './ring';

type Call = ToEngineOf<'transcribe'>;

/** Runs one whisper.cpp call after the other; every call is answered once, by its result or by why there is none. */
export class CallQueue {
  private waiting: Call[] = [];
  private running = false;
  private model: { readonly transcriber: Transcriber; readonly info: ModelInfo } | undefined;

  constructor(
    private readonly ring: AudioRing,
    private readonly send: (message: FromEngine) => void,
  ) {}

  /** From now on calls can be served. */
  open(transcriber: Transcriber, info: ModelInfo): void {
    this.model = { transcriber, info };
  }

  /** Adds a call; `epoch` is the one the ring's audio belongs to. */
  add(call: Call, epoch: number): void {
    if (call.epoch !== epoch) {
      this.fail(call, 'audio-gone', 'The audio belongs to a session that is over.');
      return;
    }
    this.waiting.push(call);
    void this.work();
  }

  /** The audio of the waiting calls is gone. */
  forget(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const call of waiting) this.fail(call, 'audio-gone', 'The session is over.');
  }

  private async work(): Promise<void> {
    if (this.running) return;
    this.running = true;
    for (let call = this.waiting.shift(); call; call = this.waiting.shift()) await this.serve(call);
    this.running = false;
  }

  private async serve(call: Call): Promise<void> {
    if (!this.model) {
      this.fail(call, 'not-loaded', 'The model is not loaded yet.');
      return;
    }
    const { transcriber, info } = this.model;
    const language = modelLanguage(call.language, info);
    if (language === undefined) {
      this.fail(call, 'language', `This model does not know the language "${call.language}".`);
      return;
    }
    const length = call.range.end - call.range.start;
    if (length > MAX_SAMPLES) {
      this.fail(call, 'whisper', 'Whisper takes at most 30 s of audio at once.');
      return;
    }
    const audio = this.audioOf(call, length);
    if (!audio) {
      const { start, end } = this.ring.available;
      const range = `${call.range.start}-${call.range.end}`;
      this.fail(call, 'audio-gone', `The audio ${range} is not in the buffer, which holds ${start}-${end}.`);
      return;
    }
    try {
      const result = await transcriber.transcribe({ ...call, audio, language });
      this.send({
        type: 'result',
        callId: call.callId,
        text: result.text,
        words: [...result.words],
        segments: [...result.segments],
        confidence: result.confidence,
        language: result.language,
        elapsedMs: result.elapsedMs,
      });
    } catch (error) {
      this.fail(call, 'whisper', messageOf(error));
    }
  }

  /** What the call brings along, or what the ring has of it. */
  private audioOf({ range, samples }: Call, length: number): Float32Array | undefined {
    if (samples?.length === length) return samples;
    const audio = new Float32Array(length);
    return this.ring.read(range, audio) ? audio : undefined;
  }

  private fail(call: Call, code: CallFailure, message: string): void {
    this.send({ type: 'call-failed', callId: call.callId, code, message });
  }
}
