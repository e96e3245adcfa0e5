import type { Observable } from 'rxjs';

/** Code of the error of a {@link Cleaner} that may not be used yet, because the user is being asked. */
export const ASKING_CODE = 'cleanup-asking';

/** A language model that tidies up text. */
export interface Cleaner {
  /**
   * Its answer, as it came: one value. Errors with a `DictationError` of area `cleanup`. Unsubscribing cancels.
   * @param text confirmed text of one utterance
   */
  clean(text: string): Observable<string>;
  /**
   * Asks the user for what {@link clean} needs, before the first text comes; completes when it may be used, and at once if it
   * may be already. Errors as {@link clean} does. Absent: nothing is needed. Unsubscribing leaves the question to the user.
   */
  prepare?(): Observable<never>;
}
