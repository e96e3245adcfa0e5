import type { SampleRange, Word } from '../model';
import { msToSamples, SAMPLE_RATE } from '../units';
import { isSpaceless, joinWords, meanProbability, normalise } from './words';

/** Nobody speaks faster for long; what is more was made up by a looping decoder. */
export const MAX_WORDS_PER_SECOND = 7;
/** The same for scripts where a "word" is a character (fast Japanese reaches 10 morae a second). */
const MAX_CHARACTERS_PER_SECOND = 15;
/** A looping decoder repeats a phrase at least so often; people say things twice, and single words up to four times. */
const LOOP_PHRASES = 3;
const LOOP_WORDS = 5;
/**
 * A phrase of so many words that is said again at once, at the end of a text, is a loop that has just begun, if the model is unsure of a
 * word of it: what people say twice is heard as well the second time.
 */
const ECHO_WORDS = 4;
const ECHO_SURE = 0.5;
/** Longest phrase looked at for loops. */
const LOOP_PHRASE_WORDS = 10;
/** Longest bracketed sound, in words: `[BLANK_AUDIO]`, `(upbeat music playing)`. More is text in brackets. */
const SOUND_WORDS = 6;
/** Below this share of voiced audio, or below this mean probability, a known phantom phrase is one. */
const PHANTOM_VOICE_RATIO = 0.25;
const PHANTOM_CONFIDENCE = 0.5;
/**
 * So little voice, samples, is a short word or a cough, and what a model makes up over a cough it is not sure of: measured on synthetic
 * coughs, at most 450 ms of voice and a mean of 0.54; words that were spoken have 0.8 and more.
 */
const BRIEF_VOICE = msToSamples(500);
const BRIEF_CONFIDENCE = 0.6;
/**
 * A short sound in which the detector finds little that is a voice, and a text that the model is not sure of: a cough, a sneeze, a laugh.
 * Measured on recorded ones (certain by 0.65 to 0.78) and on one to three words in noise or quiet: 0.81 and more, save where a loud fan
 * drowned them; what was understood of those in part had more voice.
 */
const VOCAL_CERTAINTY = 0.78;
const VOCAL_CONFIDENCE = 0.7;
const VOCAL_SOUND = msToSamples(800);
/** Coughs, laughs and clatter that the voice detector takes for speech are shorter, samples. */
const SHORT_SOUND = msToSamples(2_000);

/** What Whisper was taught to write over silence by subtitles; compared without case and punctuation. */
const PHANTOMS: ReadonlySet<string> = new Set([
  'you',
  'bye',
  'bye bye',
  'okay',
  'so',
  'oh',
  'hmm',
  'thank you',
  'thank you very much',
  'thank you so much',
  'thank you for watching',
  'thanks for watching',
  'thanks for watching and see you next time',
  'please subscribe',
  'please subscribe to my channel',
  'like and subscribe',
  'see you next time',
  'see you in the next video',
  'subtitles by the amaraorg community',
  'the end',
  'music',
  'applause',
  'silence',
  'vielen dank',
  'vielen dank fürs zuschauen',
  'untertitel der amaraorgcommunity',
  'sous-titres réalisés par la communauté damaraorg',
  'gracias por ver el video',
  '谢谢观看',
  '謝謝觀看',
  '字幕由amaraorg社区提供',
  'ご視聴ありがとうございました',
]);

/** What the guards know about the audio behind a text. */
export interface HeardAudio {
  readonly range: SampleRange;
  /** Share of the utterance's audio that the voice activity detector took for speech, 0…1. */
  readonly voiceRatio: number;
  /** Voiced samples so far; infinite where speech is certain. */
  readonly voiced: number;
  /** Mean probability of speech of the voiced frames, 0…1. */
  readonly certainty: number;
}

/** True for a text that Whisper makes up over silence, however it was heard. */
export function isPhantom(words: readonly Word[]): boolean {
  return PHANTOMS.has(joinWords(words.map((word) => ({ ...word, text: normalise(word.text) }))));
}

/** True if there is little reason to believe that somebody spoke: few voiced samples, or an unsure model. */
export function isDoubtful(words: readonly Word[], audio: HeardAudio): boolean {
  return (
    audio.voiceRatio < PHANTOM_VOICE_RATIO ||
    meanProbability(words) < PHANTOM_CONFIDENCE ||
    isInvented(words, audio)
  );
}

/**
 * True if a draft of which the heavy model heard nothing may be left out: few voiced samples, or an unsure draft over a short
 * sound. Behind a longer one somebody spoke, however little was understood.
 */
export function isHardlySpeech(words: readonly Word[], audio: HeardAudio): boolean {
  return isDoubtful(words, audio) && (audio.voiceRatio < PHANTOM_VOICE_RATIO || audio.voiced < SHORT_SOUND);
}

/** True for an unsure text over hardly any voice, or over a short sound that is hardly a voice, whatever it says: a cough, a laugh. */
function isInvented(words: readonly Word[], { voiced, certainty }: HeardAudio): boolean {
  const confidence = meanProbability(words);
  const brief = voiced < BRIEF_VOICE && confidence < BRIEF_CONFIDENCE;
  return brief || (voiced < VOCAL_SOUND && certainty < VOCAL_CERTAINTY && confidence < VOCAL_CONFIDENCE);
}

/** Removes what no one said: bracketed sounds, loops, impossible speed, guesses over coughs and the like, phantom phrases over doubtful audio. */
export function guard(words: readonly Word[], audio: HeardAudio): readonly Word[] {
  const spoken = collapseLoops(withoutSounds(words));
  const possible = spoken.slice(0, longestText(spoken, audio.range));
  if (isInvented(possible, audio)) return [];
  return isPhantom(possible) && isDoubtful(possible, audio) ? [] : possible;
}

function longestText(words: readonly Word[], range: SampleRange): number {
  const perSecond = isSpaceless(joinWords(words)) ? MAX_CHARACTERS_PER_SECOND : MAX_WORDS_PER_SECOND;
  return Math.max(1, Math.ceil((perSecond * (range.end - range.start)) / SAMPLE_RATE));
}

const OPENERS: Readonly<Record<string, string>> = { '[': ']', '(': ')', '*': '*', '♪': '♪', '♫': '♫' };

/** Strips `[sounds]`, `(sounds)`, `*sounds*` and `♪ songs ♪`; an opening one that nothing closes goes to the end. */
export function withoutSounds(words: readonly Word[]): readonly Word[] {
  const kept: Word[] = [];
  let index = 0;
  while (index < words.length) {
    const word = words[index];
    if (!word) break;
    const closer = OPENERS[word.text.charAt(0)];
    if (closer === undefined) {
      kept.push(word);
      index += 1;
      continue;
    }
    const end = soundEnd(words, index, closer);
    if (end === undefined) {
      kept.push(word);
      index += 1;
    } else {
      index = end + 1;
    }
  }
  return kept;
}

function soundEnd(words: readonly Word[], from: number, closer: string): number | undefined {
  const last = Math.min(words.length, from + SOUND_WORDS) - 1;
  for (let index = from; index <= last; index += 1) {
    const text = words[index]?.text ?? '';
    const inner = index === from ? text.slice(1) : text;
    if (inner.includes(closer)) return index;
  }
  // A lone note is a sound; an unclosed bracket that runs out of text is a cut-off one.
  if (closer === '♪' || closer === '♫') return from;
  return last === words.length - 1 ? last : undefined;
}

/** Keeps one of every phrase that repeats without end: the signature of a decoder that lost its place. */
export function collapseLoops(words: readonly Word[]): readonly Word[] {
  const texts = words.map((word) => normalise(word.text));
  const kept: Word[] = [];
  let index = 0;
  while (index < words.length) {
    const loop = loopAt(texts, index) ?? echoAt(words, texts, index);
    kept.push(...words.slice(index, index + (loop?.phrase ?? 1)));
    index += loop ? loop.phrase * loop.times : 1;
  }
  return kept;
}

function loopAt(texts: readonly string[], from: number): { phrase: number; times: number } | undefined {
  for (let phrase = 1; phrase <= LOOP_PHRASE_WORDS; phrase += 1) {
    let times = 1;
    while (repeats(texts, from, from + phrase * times, phrase)) times += 1;
    if (times >= (phrase === 1 ? LOOP_WORDS : LOOP_PHRASES)) return { phrase, times };
  }
  return undefined;
}

function echoAt(
  words: readonly Word[],
  texts: readonly string[],
  from: number,
): { phrase: number; times: number } | undefined {
  const phrase = (texts.length - from) / 2;
  if (phrase < ECHO_WORDS || phrase > LOOP_PHRASE_WORDS || !repeats(texts, from, from + phrase, phrase))
    return undefined;
  return words.slice(-phrase).some(({ p }) => p < ECHO_SURE) ? { phrase, times: 2 } : undefined;
}

function repeats(texts: readonly string[], a: number, b: number, length: number): boolean {
  if (b + length > texts.length) return false;
  for (let offset = 0; offset < length; offset += 1) {
    if (texts[a + offset] !== texts[b + offset]) return false;
  }
  return true;
}
