/** Words that make a noun of an English symbol's name if a determiner stands before them. */

/** What is said of a character: "an escaped backslash". */
export const OF_CHARACTERS =
  'escaped unescaped encoded decimal inverted dangling hanging superfluous misplaced forgotten duplicate duplicated doubled';
/** The same where no other adjective can follow: "a long dash", but "a big comma red ball". */
export const ADJECTIVES =
  `${OF_CHARACTERS} long longer short shorter big huge giant large small little tiny wide narrow thin thick bold curly ` +
  'straight smart simple plain proper lone lonely quoted nested inner outer redundant unnecessary spurious accidental ' +
  'unexpected repeated invisible visible red blinking single terminating separating surrounding blank';

/** "the first period", "the warranty period". Not what sentences of programmers end with: "close the window period". */
export const KINDS_OF_PERIOD =
  `${ADJECTIVES} first second third fourth fifth sixth seventh eighth ninth tenth current warranty probation probationary ` +
  'subscription evaluation maintenance renewal vesting lease accounting embargo enrollment introductory';
