import type { Span } from './site';

/** What tells a text from any other. */
export interface TextId {
  /** UTF-16 units of the whole text. */
  readonly length: number;
  /** Of the whole text: no two texts have the same one. */
  readonly hash: string;
}

/** What a document was at a time, and which of it was draft; told by what tells one text from another, not by the text. */
export interface DraftState extends TextId {
  /** Ascending; none if nothing in it is draft. */
  readonly drafts: readonly Span[];
  /** When it came to be, ms since 1970. */
  readonly since: number;
}

/** A state that others may have followed. */
export interface PastState extends DraftState {
  /** The longest time for which nobody touched the document, ms. */
  readonly stood: number;
  /** When it was last touched, ms since 1970; it may have been given the same text again. */
  readonly touched: number;
}

/** Kept however short they stood: a state was on its way when the window ended, or was seen late. */
const LATEST = 8;
/** VS Code keeps what has stood for a second, or longer where it saves by itself. As we see it, give or take a jitter, ms. */
const JITTER_MS = 250;
const LEAST_STOOD_MS = 1_000 - JITTER_MS;
/** Many more than there are where drafts change several times a second; some hundred bytes each. */
const MOST_STATES = 24;

/**
 * The states that a document may be brought back in after a crash, newest first, now that it is in `state`. VS Code keeps
 * the latest one that stood for some time: an older one is out of the question once a newer one has stood longer.
 * @returns none if no draft is in any of them
 */
export function withState(states: readonly PastState[], state: DraftState): readonly PastState[] {
  const [newest, ...older] = states;
  const { drafts, since: touched } = state;
  const last = newest && { ...newest, stood: Math.max(newest.stood, touched - newest.touched) };
  const goesOn = last !== undefined && isSame(last, state);
  const current = goesOn ? { ...last, drafts, touched } : { ...state, stood: 0, touched };
  const former = last && !goesOn ? [last, ...older] : older;
  // The same text again: what of it is draft is what is known of it last. It may have been confirmed as it was.
  const told = former.map((one) => (isSame(one, state) ? { ...one, drafts } : one));
  const all = possible([current, ...told]);
  return all.some((one) => one.drafts.length > 0) ? all : [];
}

/** The latest of `states`, newest first, in which the document was exactly this text; `undefined` if it never was. */
export function stateOfText<S extends TextId>(states: readonly S[], text: TextId): S | undefined {
  return states.find((one) => isSame(one, text));
}

function isSame(a: TextId, b: TextId): boolean {
  return a.length === b.length && a.hash === b.hash;
}

function possible(states: readonly PastState[]): readonly PastState[] {
  let longest = 0;
  const kept = states.filter(({ stood }, index) => {
    const isPossible = stood >= LEAST_STOOD_MS && stood + JITTER_MS > longest;
    longest = Math.max(longest, stood);
    return index < LATEST || isPossible;
  });
  return kept.slice(0, MOST_STATES);
}
