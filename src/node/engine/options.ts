import os from 'node:os';
import type { Role } from '../../core/model';
import type { Log, ResolvedModel } from '../../core/ports';
import type { DeadlineMs } from './call-line';
import type { EngineTimes } from './times';

/** A log that also takes what native code writes and keeps quiet while a call runs; see `node/log`. */
export interface EngineLog extends Log {
  /** One line of whisper.cpp's chatter; `source` says which process wrote it. Without this it goes to `debug`. */
  native?(source: string, line: string): void;
  callStarted?(): void;
  callEnded?(): void;
}

/** What an engine is made with. */
export interface EngineOptions {
  readonly role: Role;
  /** Script of the engine process: `dist/engine.js`. */
  readonly entry: string;
  /** Folder with the variants of the native addon: `dist/native`. */
  readonly nativeDir: string;
  readonly model: ResolvedModel;
  /** Threads a call may use. */
  readonly threads: number;
  /** Threads of a final pass that has all cores; default: `threads`. */
  readonly finalThreads?: number;
  readonly log: EngineLog;
  /** Folder of the voice activity detector; only for a listening engine. */
  readonly vadDir?: string;
  /** Added to the priority of this process, as `os.setPriority` counts; default: 10 for the heavy role, so that drafts and the editor go first. */
  readonly priority?: number;
  readonly times?: Partial<EngineTimes>;
  /** Default: 10 times the prediction, at least 8 s. */
  readonly deadlineMs?: DeadlineMs;
}

/** What a listening engine is made with. */
export interface ListeningEngineOptions extends EngineOptions {
  readonly vadDir: string;
}

/** What is added to the priority of an engine's process. */
export function priorityOf({ role, priority }: EngineOptions): number {
  return priority ?? (role === 'heavy' ? os.constants.priority.PRIORITY_BELOW_NORMAL : 0);
}
