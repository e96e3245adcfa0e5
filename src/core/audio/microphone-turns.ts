/** A claim on the microphone: who took it, and when in the order of all claims. */
export interface MicrophoneTurn {
  /** Unique among all claims. */
  readonly id: string;
  /** Higher is later. */
  readonly turn: number;
}

/**
 * The turn of a claim that comes after all of `others`; counted and not read from a clock, which may be set back.
 * Two that claim at the same moment may get the same number: their ids decide (Lamport's bakery algorithm, 1974).
 */
export function nextTurn(others: readonly MicrophoneTurn[]): number {
  return 1 + Math.max(0, ...others.map(({ turn }) => turn));
}

/** True if the microphone has gone from `mine` to a later claim. Of two claims exactly one yields. */
export function yields(mine: MicrophoneTurn, others: readonly MicrophoneTurn[]): boolean {
  return others.some(({ id, turn }) => turn > mine.turn || (turn === mine.turn && id > mine.id));
}
