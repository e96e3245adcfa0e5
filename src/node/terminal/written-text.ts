import type { TranscriptEvent } from '../../core/model';
import type { SessionEvent } from '../../core/session-types';
import { HeardText } from '../../core/text/heard-text';
import { NOTHING_PENDING, pendingAfter, type Pending } from '../../core/text/pending';
import type { FittedText } from '../../core/text/spacing';
import type { Part, PlacedUtterance, TextPlace, Wording } from '../../core/text/wording';
import type { PrintedEvent } from './printer';

type Draft = Extract<TranscriptEvent, { type: 'draft' }>;
type Commit = Extract<TranscriptEvent, { type: 'commit' }>;

/** As much of the document as the rules look at, and more. */
const MOST_CHARACTERS = 4_000;

/** Writes what a session hears by the text rules, as if everything went into one document. */
export class WrittenText {
  private readonly heard: HeardText;
  private pending: Pending = NOTHING_PENDING;
  private document = '';
  private utterance: PlacedUtterance | undefined;
  private language: string | undefined;

  /** @param languageId VS Code's id of the language of that document */
  constructor(
    private readonly wording: Wording,
    private readonly languageId: string,
  ) {
    this.heard = new HeardText(wording);
  }

  /** The event with its text as it is written. */
  write(event: SessionEvent): PrintedEvent {
    if (event.type === 'language') this.language = event.language;
    if (event.type === 'draft') return this.draft(event);
    if (event.type === 'commit') return this.commit(event);
    return event;
  }

  private draft(event: Draft): PrintedEvent {
    this.pending = pendingAfter(this.pending, event);
    this.heard.update(undefined, this.pending);
    const parts = this.heard.parts();
    const own = parts.filter(({ utteranceId }) => utteranceId === event.utteranceId);
    const earlier = parts.filter(({ utteranceId }) => utteranceId < event.utteranceId);
    const before = this.fit(earlier);
    return written(event, this.fit(own, before), this.document + before.text !== '');
  }

  private commit(event: Commit): PrintedEvent {
    this.pending = pendingAfter(this.pending, event);
    this.heard.update(event, this.pending);
    const piece = this.heard.take(1, false, () => this.place());
    const position = this.wording.positionOf(event.utteranceId, this.place());
    const fitted = this.fit(piece ? [piece] : []);
    const printed = written(event, fitted, this.document !== '');
    this.document = (this.document + fitted.lead + fitted.text).slice(-MOST_CHARACTERS);
    this.utterance = event.final ? undefined : { id: event.utteranceId, position };
    return printed;
  }

  private fit(parts: readonly Part[], behind?: FittedText): FittedText {
    const place = this.place();
    const before = behind ? place.before + behind.lead + behind.text : place.before;
    return this.wording.write(parts, { ...place, before });
  }

  private place(): TextPlace {
    const { document, languageId, language, utterance } = this;
    return {
      before: document,
      after: '',
      languageId,
      ...(language !== undefined && { language }),
      ...(utterance && { utterance }),
    };
  }
}

/** @param follows something stands before it */
function written(event: Draft | Commit, { lead, text }: FittedText, follows: boolean): PrintedEvent {
  const joined = follows && lead === '' && text !== '';
  return { ...event, text, heard: event.text, ...(joined && { joined }) };
}
