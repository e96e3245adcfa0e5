import type { Name } from './name-index';

/** Where the anchor is, for ranking names by their distance. */
export interface Focus {
  readonly document: string;
  /** Names close to the anchor, e.g. of the enclosing function. */
  readonly near: ReadonlySet<string>;
  readonly openDocuments: ReadonlySet<string>;
}

export const NOWHERE: Focus = { document: '', near: new Set(), openDocuments: new Set() };

/** How far a name is: 0 near the anchor or the user's own, 1 in the anchor's document, 2 in an open one, 3 elsewhere. */
export function distanceOf(name: Name, { document, near, openDocuments }: Focus): number {
  if (name.own || near.has(name.text)) return 0;
  if (name.counts.has(document)) return 1;
  for (const open of openDocuments) if (name.counts.has(open)) return 2;
  return 3;
}
