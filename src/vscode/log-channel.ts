import * as vscode from 'vscode';
import type { Log, LogLevel } from '../core/ports';

/** Levels from least to most; the index is the rank. */
const RANKS: readonly LogLevel[] = ['off', 'error', 'warn', 'info', 'debug'];

/**
 * The log in VS Code's output panel.
 * @param level the user's choice, asked at every record
 */
export class LogChannel implements Log, vscode.Disposable {
  private readonly channel = vscode.window.createOutputChannel('Tandem Dictation', { log: true });

  constructor(private readonly level: () => LogLevel) {}

  error(message: string): void {
    if (this.wants('error')) this.channel.error(message);
  }

  warn(message: string): void {
    if (this.wants('warn')) this.channel.warn(message);
  }

  info(message: string): void {
    if (this.wants('info')) this.channel.info(message);
  }

  debug(message: string): void {
    if (!this.wants('debug')) return;
    // The channel has a level of its own, which would hide what our setting asked for.
    if (this.channel.logLevel <= vscode.LogLevel.Debug) this.channel.debug(message);
    else this.channel.info(`[debug] ${message}`);
  }

  /** Opens the output panel. */
  show(): void {
    this.channel.show(true);
  }

  dispose(): void {
    this.channel.dispose();
  }

  private wants(level: LogLevel): boolean {
    return RANKS.indexOf(level) <= RANKS.indexOf(this.level());
  }
}
