import { type ChildProcess, fork } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type FromEngine, type ToEngine, parseFromEngine } from '../../protocol/messages';
import { engineEnvironment } from './environment';

/**
 * Size of each of the two halves that V8 keeps young objects in, MiB; large ones may take as much again, so 3 MiB in all. Frames and
 * answers are garbage at once, and V8 gives a program that is busy with such ever more room, up to 48 MiB (`npm run bench -- soak` without
 * this: 25 MiB more after 31 minutes of audio).
 */
const YOUNG_MIB = 1;
const V8_OPTIONS = [`--max-semi-space-size=${YOUNG_MIB}`];

/** How to start an engine process and what to do with what comes from it. */
export interface EngineProcessOptions {
  /** Script of the process. */
  readonly entry: string;
  /** Added to the priority of this process, as `os.setPriority` counts (higher is later); 0 leaves it alone. */
  readonly priority: number;
  readonly onMessage: (message: FromEngine) => void;
  /** A message that is none; the text has no contents of it. */
  readonly onMalformed: (problem: string) => void;
  /** A line that native code wrote. */
  readonly onLine: (line: string) => void;
  /** Exactly once; `how` names exit code, signal or why it could not start. */
  readonly onExit: (how: string) => void;
}

/** One child process. No message is reported after `onExit`; lines may be, they often tell why it ended. */
export class EngineProcess {
  private readonly child: ChildProcess;
  private exited = false;
  private readonly gone: Promise<void>;

  constructor(options: EngineProcessOptions) {
    this.child = fork(options.entry, [], {
      serialization: 'advanced',
      execArgv: V8_OPTIONS,
      env: engineEnvironment(process.env),
      // Not the user's folder: a running process would keep it from being removed.
      cwd: path.dirname(options.entry),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.gone = new Promise((resolve) => {
      const exit = (how: string) => {
        if (this.exited) return;
        this.exited = true;
        resolve();
        options.onExit(how);
      };
      this.child.on('exit', (code, signal) => exit(signal ? `signal ${signal}` : `exit code ${code}`));
      this.child.on('error', (error) => {
        // Also emitted for a message that could not be sent; only a process that never started ends here.
        if (this.child.pid === undefined) exit(error.message);
      });
    });
    this.child.on('message', (raw) => {
      if (this.exited) return;
      const parsed = parseFromEngine(raw);
      if (parsed.ok) options.onMessage(parsed.message);
      else options.onMalformed(parsed.problem);
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', options.onLine);
    }
    this.lowerPriority(options.priority);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Sends, if there is still somebody to send to; a process that is gone is reported by its exit alone. */
  send(message: ToEngine): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  /** Ends the process at once. */
  kill(): void {
    if (!this.exited) this.child.kill('SIGKILL');
  }

  /** Asks the process to end, insists after `graceMs`, forces it after as long again; resolves when it is gone. */
  async end(graceMs: number): Promise<void> {
    this.send({ type: 'end' });
    const terminate = setTimeout(() => this.child.kill('SIGTERM'), graceMs);
    const force = setTimeout(() => this.kill(), 2 * graceMs);
    await this.gone;
    clearTimeout(terminate);
    clearTimeout(force);
  }

  private lowerPriority(priority: number): void {
    if (priority === 0 || this.child.pid === undefined) return;
    try {
      // Relative: beside an editor that was itself started with low priority, it must still come second.
      os.setPriority(
        this.child.pid,
        Math.min(os.constants.priority.PRIORITY_LOW, os.getPriority() + priority),
      );
    } catch {
      // Not allowed, or gone already: dictation works without.
    }
  }
}
