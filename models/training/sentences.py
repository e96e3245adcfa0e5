#!/usr/bin/env python3
"""Sentences to be spoken: a small context-free grammar of dictation about software, and of everyday life.

`random_utterance(rng)` gives text with Whisper-like casing and punctuation. Run as a script it prints examples and,
with `--words FILE`, writes the vocabulary.
"""
import argparse
import random
import re

from grammar import GRAMMAR

_SLOT = re.compile(r'\{(\w+)\}')


def expand(rng, symbol):
    """A random expansion of a grammar symbol."""
    return _SLOT.sub(lambda match: expand(rng, match.group(1)), rng.choice(GRAMMAR[symbol]))


def fix_articles(text):
    """Makes each "a" or "an" fit the word after it."""
    words = text.split()
    for i in range(len(words) - 1):
        following = words[i + 1].strip(',.?').lower()
        if words[i].lower() in ('a', 'an') and following:
            sounds_open = following[0] in 'aeiou' and not following.startswith(('use', 'uni', 'one'))
            sounds_open = sounds_open or following in ('hour', 'html', 'http', 'sql')
            article = 'an' if sounds_open else 'a'
            words[i] = article if words[i][0].islower() else article.capitalize()
    return ' '.join(words)


def capitalise(text):
    """The text with its first letter in upper case; the rest as it is."""
    return text[0].upper() + text[1:]


MAX_SENTENCE_WORDS = 16
MAX_JOINED_WORDS = 9
"""Two sentences become one utterance only if both are at most this long."""


def random_sentence(rng):
    """One sentence of the grammar, capitalised, with its final punctuation, of at most 16 words (if one is found)."""
    for _ in range(50):
        kind = rng.random()
        if kind < .26:
            text = expand(rng, 'IMP') + '.'
        elif kind < .33:
            text = expand(rng, 'IMP') + ', ' + rng.choice(['and', 'then', 'and then']) + ' ' + expand(rng, 'IMP') + '.'
        elif kind < .46:
            text = expand(rng, 'CL') + '.'
        elif kind < .54:
            text = expand(rng, 'CL') + rng.choice([', ', ' ', ', ']) + expand(rng, 'JOIN') + ' ' + expand(rng, 'CL') + '.'
        elif kind < .60:
            text = rng.choice(['If ', 'When ']) + expand(rng, 'COND') + ', '
            text += rng.choice([expand(rng, 'IMP'), expand(rng, 'CL')]) + '.'
        elif kind < .67:
            text = expand(rng, 'Q') + '?'
        elif kind < .72:
            text = expand(rng, 'CM') + '.'
        elif kind < .84:
            text = expand(rng, 'DAILY')
            text += '?' if text.split()[0] in ('can', 'could', 'what', 'how') else '.'
        elif kind < .86:
            text = expand(rng, 'DICT') + '.'
        elif kind < .93:
            text = expand(rng, 'DOC') + '.'
        else:
            text = expand(rng, 'INTRO') + ', ' + rng.choice([expand(rng, 'IMP'), expand(rng, 'CL')]) + '.'
        text = capitalise(fix_articles(text))
        if len(text.split()) <= MAX_SENTENCE_WORDS:
            return text
    return text


def _all_words():
    words = set('and then if when but because so while'.split())
    for alternatives in GRAMMAR.values():
        for text in alternatives:
            words.update(_SLOT.sub(' ', text).replace(',', ' ').replace('.', ' ').split())
    return sorted(words, key=lambda word: (word.lower(), word))


VOCABULARY = _all_words()
"""Every word of the grammar, as written in mid-sentence."""

_SOUNDS_LIKE_ANOTHER = set(
    "to two too for four right write new no one by read here there their I a an the our or hour be see line's s".split())
_ALONE = [
    word for word in VOCABULARY
    if word not in _SOUNDS_LIKE_ANOTHER
    and (word[0].islower() or word in GRAMMAR['LANG'] or word in GRAMMAR['ACR'] or word in GRAMMAR['DAY'])]
"""Words that can be recognised without their neighbours."""


def random_salad(rng):
    """Random words in a row: these force the model to listen instead of guessing."""
    count = rng.randint(2, 9)
    words = [rng.choice(_ALONE) for _ in range(count)]
    if rng.random() < .5:
        for i in range(count):
            if rng.random() < .25:
                words[i] = rng.choice(['the', 'a', 'and', 'of', 'in', 'with', 'is', 'for the']) + ' ' + words[i]
    return capitalise(fix_articles(' '.join(words))) + '.'


def random_utterance(rng, salad_share=.22, two_sentences_share=.12):
    """One sentence, sometimes two short ones, sometimes a salad of words."""
    if rng.random() < salad_share:
        return random_salad(rng)
    text = random_sentence(rng)
    if rng.random() < two_sentences_share and len(text.split()) <= MAX_JOINED_WORDS:
        second = random_sentence(rng)
        if len(second.split()) <= MAX_JOINED_WORDS:
            text += ' ' + second
    return text


def random_word_list(rng, including=()):
    """A comma-separated list of words, as a glossary prompt would be."""
    words = [rng.choice(_ALONE) for _ in range(rng.randint(2, 10))] + list(including)
    rng.shuffle(words)
    return ', '.join(words)


HELD_OUT = 300


def held_out_sentences():
    """The 300 sentences that training never sees; the test recordings are made of them."""
    rng = random.Random(777)
    found = []
    while len(found) < HELD_OUT:
        text = random_utterance(rng, salad_share=0)
        if text not in found and 3 <= len(text.split()) <= MAX_SENTENCE_WORDS:
            found.append(text)
    return found


def normalised_words(text):
    """The words by which texts are compared: lower case, without punctuation."""
    return re.sub(r"[^a-z0-9' ]", ' ', text.lower()).split()


def word_errors(reference, hypothesis):
    """Word edit distance of two texts and the number of words of the reference."""
    wanted, heard = normalised_words(reference), normalised_words(hypothesis)
    distances = list(range(len(heard) + 1))
    for word in wanted:
        row = [distances[0] + 1]
        for j, other in enumerate(heard):
            row.append(min(distances[j + 1] + 1, row[-1] + 1, distances[j] + (word != other)))
        distances = row
    return distances[-1], len(wanted)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--seed', type=int, default=0)
    parser.add_argument('--examples', type=int, default=60)
    parser.add_argument('--words', metavar='FILE', help='write the vocabulary, one word a line')
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    for _ in range(arguments.examples):
        print(random_utterance(rng))
    if arguments.words:
        with open(arguments.words, 'w', encoding='utf-8') as file:
            file.write('\n'.join(VOCABULARY) + '\n')


if __name__ == '__main__':
    main()
