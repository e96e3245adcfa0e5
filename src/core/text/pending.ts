import type { TranscriptEvent } from '../model';

/** What is shown but not committed, an entry for each utterance in the order they were spoken. Immutable. */
export type Pending = readonly { readonly utteranceId: number; readonly draft: string }[];

/** Nothing waits for confirmation. */
export const NOTHING_PENDING: Pending = [];

/** Folds one transcript event into what is pending. A draft replaces its utterance's former one; a commit shortens or ends it. */
export function pendingAfter(pending: Pending, event: TranscriptEvent): Pending {
  switch (event.type) {
    case 'draft':
      return withDraft(pending, event.utteranceId, event.text);
    case 'commit': {
      if (event.final) return withDraft(pending, event.utteranceId, '');
      const draft = pending.find((entry) => entry.utteranceId === event.utteranceId)?.draft ?? '';
      return withDraft(pending, event.utteranceId, withoutHead(draft, event.replacedDraft));
    }
    case 'dropped':
      return pending;
  }
}

function withDraft(pending: Pending, utteranceId: number, draft: string): Pending {
  const others = pending.filter((entry) => entry.utteranceId !== utteranceId);
  if (draft.trim() === '') return others;
  return [...others, { utteranceId, draft }].sort((a, b) => a.utteranceId - b.utteranceId);
}

/** What follows the committed stretch; nothing if the draft does not begin with it (the next draft will tell). */
export function withoutHead(draft: string, head: string): string {
  const [text, start] = [draft.trim(), head.trim()];
  return text.startsWith(start) ? text.slice(start.length).trim() : '';
}
