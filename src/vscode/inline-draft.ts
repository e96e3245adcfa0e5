import type { Site } from '../core/anchor/site';
import type { HeardText } from '../core/text/heard-text';
import { sameParts } from '../core/text/unwritten';
import type { Part } from '../core/text/wording';
import type { AnchorTracker } from './anchor-tracker';
import type { EditSteps } from './edit-steps';
import type { GhostSteps } from './ghost-steps';
import { saveUnchanged } from './save-unchanged';
import type { SiteWording } from './site-wording';

/** Parts of an {@link InlineDraft}. */
export interface InlineDraftParts {
  readonly tracker: AnchorTracker;
  readonly heard: HeardText;
  readonly text: SiteWording;
  readonly steps: EditSteps;
  readonly ghosts: GhostSteps;
}

/** The draft of a dictation where it stands in the document itself, in the undo step of its utterance. */
export class InlineDraft {
  private shown: readonly Part[] = [];
  /** The document took no draft; the next one is tried again. */
  private refused = false;
  /** An utterance whose draft the user has undone: it stays out of the document until it is confirmed. */
  private held: number | undefined;
  private undone = 0;
  /** What stays beside the text until there are new words. */
  private beside: readonly Part[] | undefined;
  /** Changes by others when the first draft came into a document without unsaved changes. */
  private cleanAt: number | undefined;

  constructor(private readonly parts: InlineDraftParts) {}

  /** There are new words: a document that took no draft is tried again. */
  renew(): void {
    this.refused = false;
  }

  /** What should stand in the document now, unless it must be kept clear of drafts. */
  wanted(): readonly Part[] {
    const { tracker, heard } = this.parts;
    const { firstDraft } = heard;
    if (this.undone !== tracker.undoneDrafts) this.held = firstDraft;
    this.undone = tracker.undoneDrafts;
    const held = this.held !== undefined && this.held === firstDraft;
    const parts = heard.parts();
    if (this.beside && !sameParts(parts, this.beside)) this.beside = undefined;
    return this.refused || held || this.beside ? [] : parts;
  }

  /** The draft of this moment stays beside the text until there are new words. */
  leaveBeside(): void {
    this.beside = this.parts.heard.parts();
  }

  /** True if the document does not show `draft` as it should. */
  isStale(draft: readonly Part[]): boolean {
    const { tracker, text, steps } = this.parts;
    if (draft.length === 0) return tracker.hasDraftText && !tracker.document.isClosed;
    const inPlace = ({ drafts }: Site) => drafts.length === 1;
    // Words that the rules leave out ("um") make no draft text.
    const isMissing = (site: Site) => !inPlace(site) && text.shownAt(site, draft).text !== '';
    const stale = !sameParts(draft, this.shown) || tracker.sites.some(isMissing);
    return stale && steps.editor() !== undefined;
  }

  /**
   * Makes the document show `draft`. By an edit, also where a draft goes: VS Code undoes where the keyboard is, which no
   * extension knows; in the Explorer that would be what was last done with files.
   */
  async draw(draft: readonly Part[]): Promise<void> {
    const { heard, steps } = this.parts;
    this.shown = draft;
    const utteranceId = heard.firstUtterance ?? steps.openUtterance ?? 0;
    const result = await steps.apply({ draft, utteranceId }, () => this.note(draft));
    if (typeof result === 'string') this.forget();
  }

  /** No draft will come any more: a document whose only unsaved changes were drafts is made clean. */
  finish(): void {
    const { document, hasDraftText } = this.parts.tracker;
    if (!this.isClean || hasDraftText || !document.isDirty) return;
    this.cleanAt = undefined;
    // Not waited for: formatters take part in a save, and the next dictation waits for this one.
    void saveUnchanged(document);
  }

  /** Call right before an edit after which `draft` stands in the document: remembers what helps to bring back what is there now. */
  note(draft: readonly Part[]): void {
    const { tracker, steps, ghosts } = this.parts;
    // A draft that was taken out for a moment comes back: nothing has become of the rest meanwhile.
    if (!tracker.hasDraftText && draft.length > 0 && !this.isClean) {
      this.cleanAt = tracker.document.isDirty ? undefined : tracker.foreignChanges;
    }
    if (steps.isUntouched) ghosts.note(tracker);
  }

  /** Confirmed text was written, with `draft` behind it: the document has changes that are no draft. */
  wrote(draft: readonly Part[]): void {
    this.shown = draft;
    this.cleanAt = undefined;
  }

  /** The document would have no unsaved changes without the draft, or without those that are gone. */
  get isClean(): boolean {
    return this.cleanAt === this.parts.tracker.foreignChanges;
  }

  /** The document takes no draft: what cannot be taken out is not looked after any more. */
  private forget(): void {
    this.refused = true;
    this.cleanAt = undefined;
    this.parts.tracker.dropDraftText();
  }
}
