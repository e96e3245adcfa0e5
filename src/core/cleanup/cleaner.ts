import type { Observable } from 'rxjs';

/** A language model that tidies up text. */
export interface Cleaner {
  /**
   * Its answer, as it came: one value. Errors with a `DictationError` of area `cleanup`. Unsubscribing cancels.
   * @param text confirmed text of one utterance
   */
  clean(text: string): Observable<string>;
}
