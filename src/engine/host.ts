import { messageOf } from '../core/errors';
import { RING_SECONDS, SAMPLE_RATE } from '../core/units';
import {
  type FromEngine,
  type LoadFailure,
  PROTOCOL_VERSION,
  type ToEngineOf,
  parseToEngine,
} from '../protocol/messages';
import { CallQueue } from './calls';
import { LoadError } from './load-error';
import { loadWhisperModel, type ModelLoader } from './loader';
import { AudioRing } from './ring';
import { VoiceDetector } from './vad';
import { VoiceQueue } from './voice-queue';
import { WARM_UP_AUDIO_MS } from './whisper';

/** The way out of the process: messages, and the end. */
export interface HostPort {
  send(message: FromEngine): void;
  /** Ends the process at once, even in the middle of a native call. */
  exit(): void;
}

/** The engine process behind its channel: takes messages, keeps the audio, owns model and voice detector. */
export class EngineHost {
  private readonly ring = new AudioRing(RING_SECONDS * SAMPLE_RATE);
  private readonly calls: CallQueue;
  private voice: VoiceQueue | undefined;
  private epoch = 0;
  private greeted = false;

  /** @param loadModel benchmarks load models of another kind */
  constructor(
    private readonly port: HostPort,
    private readonly loadModel: ModelLoader = loadWhisperModel,
  ) {
    this.calls = new CallQueue(this.ring, (message) => port.send(message));
  }

  /** Takes whatever arrived. A malformed message is reported and ignored; one that should greet is answered. */
  receive(raw: unknown): void {
    const parsed = parseToEngine(raw);
    if (!parsed.ok) {
      this.refuse(raw, parsed.problem);
      return;
    }
    const message = parsed.message;
    switch (message.type) {
      case 'hello':
        this.greet(message);
        break;
      case 'reset':
        this.epoch = message.epoch;
        this.ring.clear();
        this.calls.forget();
        this.voice?.reset(message.epoch, message.voiceFrom);
        break;
      case 'frames':
        if (message.epoch !== this.epoch) break;
        this.ring.append(message.start, message.samples);
        this.voice?.push(message.start, message.samples);
        break;
      case 'transcribe':
        this.calls.add(message, this.epoch);
        break;
      case 'ping':
        this.port.send({ type: 'pong', id: message.id, ...usage() });
        break;
      case 'end':
        this.port.exit();
        break;
    }
  }

  private refuse(raw: unknown, problem: string): void {
    if (this.greeted || !isGreeting(raw)) {
      this.port.send({ type: 'log', level: 'error', message: `engine: ${problem}` });
      return;
    }
    // The product would wait for an answer as long as it has patience, over and over.
    const message = `The engine does not understand what it was told to load (${problem}).`;
    this.port.send({ type: 'load-failed', code: 'protocol', message });
  }

  private greet(hello: ToEngineOf<'hello'>): void {
    if (this.greeted) return;
    this.greeted = true;
    this.load(hello).catch((error: unknown) => {
      const code: LoadFailure = error instanceof LoadError ? error.code : 'internal';
      const message = messageOf(error);
      this.port.send({ type: 'load-failed', code, message });
    });
  }

  private async load(hello: ToEngineOf<'hello'>): Promise<void> {
    if (hello.version !== PROTOCOL_VERSION) {
      throw new LoadError(
        'protocol',
        `The engine speaks version ${PROTOCOL_VERSION} of the protocol, the product version ${hello.version}.`,
      );
    }
    if (hello.vadDir !== null) {
      const detector = await VoiceDetector.load(hello.vadDir);
      this.voice = new VoiceQueue(
        detector,
        (voice, epoch) => this.port.send({ type: 'voice', epoch, ...voice }),
        // Nothing is lost by ending: the product starts a new process and hands the audio over again.
        (error) => {
          this.port.send({ type: 'log', level: 'error', message: `voice detector: ${String(error)}` });
          this.port.exit();
        },
      );
    }
    this.port.send({ type: 'ready', version: PROTOCOL_VERSION });

    const started = performance.now();
    const { transcriber, info, variant } = await this.loadModel(hello, (share) =>
      this.port.send({ type: 'loading', share }),
    );
    const loadMs = performance.now() - started;
    const warmupMs = await transcriber.warmUp(hello.role === 'heavy');
    this.calls.open(transcriber, info);
    this.port.send({ type: 'loaded', variant, loadMs, warmupMs, warmupAudioMs: WARM_UP_AUDIO_MS });
  }
}

/** True for what is meant as the first message, however malformed. */
function isGreeting(raw: unknown): boolean {
  const type: ToEngineOf<'hello'>['type'] = 'hello';
  return typeof raw === 'object' && raw !== null && 'type' in raw && raw.type === type;
}

/** Microseconds in a second and bytes in a kilobyte, the units of `process.resourceUsage`. */
const MICROS = 1e6;
const KILOBYTE = 1024;

function usage(): { cpuSeconds: number; peakRssBytes: number } {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuSeconds: (userCPUTime + systemCPUTime) / MICROS, peakRssBytes: maxRSS * KILOBYTE };
}
