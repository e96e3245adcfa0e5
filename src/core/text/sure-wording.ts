import { PLAIN_WORDING, type Wording } from './wording';

/**
 * A wording that never fails: where `rules` throw, the text is written as it was heard, for no rule is worth a word.
 * @param failed called with what was thrown, each time
 */
export function sureWording(rules: Wording, failed: (error: unknown) => void): Wording {
  const first = <T>(act: (wording: Wording) => T): T => {
    try {
      return act(rules);
    } catch (error) {
      failed(error);
      return act(PLAIN_WORDING);
    }
  };
  return {
    decide: (carry, piece, place) => first((wording) => wording.decide(carry, piece, place)),
    write: (parts, place) => first((wording) => wording.write(parts, place)),
    positionOf: (utteranceId, place) => first((wording) => wording.positionOf(utteranceId, place)),
    trailBehind: (written, place) => first((wording) => wording.trailBehind(written, place)),
  };
}
