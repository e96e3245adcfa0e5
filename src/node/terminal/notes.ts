import type { ResolvedModel } from '../../core/ports';
import type { ListeningWarning } from '../../core/model';
import type { SessionEvent } from '../../core/session-types';

/** Said when only the embedded models are there: they are a demonstration, and nobody should judge dictation by them. */
export const EMBEDDED_NOTE =
  'Using the embedded demonstration models: they know about a thousand words and synthetic voices only. ' +
  'Download real models with --download, or pass --fast and --heavy.';

/** The note for these models, or nothing. */
export function modelNote(models: readonly ResolvedModel[]): string | undefined {
  return models.some((model) => model.origin === 'embedded') ? EMBEDDED_NOTE : undefined;
}

/** What each listening warning means and what helps. */
export const WARNING_TEXT: Readonly<Record<ListeningWarning, string>> = {
  quiet: 'You are very quiet: move closer to the microphone or raise its input level.',
  'silent-microphone': 'The microphone delivers pure silence: it is muted, or this program may not use it.',
  clipping: 'The microphone is overdriven: lower its input level.',
};

/** What the person at the terminal has to know of an event, or nothing. */
export function eventNote(event: SessionEvent): string | undefined {
  if (event.type === 'problem') return event.error.userText;
  return event.type === 'warning' && event.active ? WARNING_TEXT[event.warning] : undefined;
}

/** Tells on stderr what went wrong, each thing once: an engine that cannot start says so at every attempt. */
export class Notices {
  private readonly told = new Set<string>();

  constructor(private readonly stderr: NodeJS.WritableStream) {}

  /** @param before called first if anything is told, e.g. to end a line that is being redrawn */
  tell(text: string, before: () => void = () => undefined): void {
    if (this.told.has(text)) return;
    this.told.add(text);
    before();
    this.stderr.write(`dictate: ${text}\n`);
  }
}
