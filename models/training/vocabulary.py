#!/usr/bin/env python3
"""The part of the vocabulary that is trained, and the phonemes of its words.

    vocabulary.py BUILD     writes BUILD/work/phonemes.json and BUILD/work/vocabulary.json from the speech in BUILD/speech
"""
import argparse
import json
import os
import re
import subprocess

import tokenizer
from corpus import Corpus
from sentences import VOCABULARY, capitalise
from tokenizer import load_tokenizer

NOTHING = b'\n'
"""First token for silence where whisper.cpp forbids the end of the text (suppress_blank without time stamps)."""
PUNCTUATION = ',.?!'


def spell_phonemes():
    """{word: [phoneme, ...]} as espeak-ng reads the words in American English."""
    words = sorted(set(VOCABULARY) | {word.lower() for word in VOCABULARY})
    command = ['espeak-ng', '-v', 'en-us', '-q', '-x', '--sep=_']
    text = '\n'.join(word + '.' for word in words)
    lines = subprocess.run(command, input=text, text=True, capture_output=True, check=True).stdout.split('\n')
    lines = [line.strip() for line in lines if line.strip()]
    assert len(lines) == len(words), (len(lines), len(words))
    phonemes = {}
    for word, line in zip(words, lines):
        # Without stress and length marks.
        cleaned = [re.sub(r"[',%=|:;!-]", '', part) for part in re.split(r'[_ ]+', line)]
        phonemes[word] = [part for part in cleaned if part]
    return phonemes


def used_tokens(tokens, texts):
    """Sorted ids of all tokens that the texts or any word of the grammar may need, then the special ones."""
    used = {tokens.token_to_id[NOTHING]}
    for text in texts:
        used.update(tokens.encode(' ' + text))
    for word in VOCABULARY:
        for form in (word, word.lower(), capitalise(word)):
            for suffix in ('', ',', '.', '?'):
                used.update(tokens.encode(' ' + form + suffix))
        used.update(tokens.encode(word)[:1])
    special = [tokenizer.END_OF_TEXT, tokenizer.START_OF_TRANSCRIPT, tokenizer.PREVIOUS_TEXT, tokenizer.NO_TIMESTAMPS]
    return sorted(used) + special


class Vocabulary:
    """Local token numbers: first the used text tokens, then the special ones, then 1501 time stamps, then padding."""

    def __init__(self, build):
        self.tokens = load_tokenizer(build)
        with open(os.path.join(build, 'work', 'vocabulary.json'), encoding='utf-8') as file:
            self.ids = json.load(file)
        with open(os.path.join(build, 'work', 'phonemes.json'), encoding='utf-8') as file:
            self.spelling = json.load(file)
        self.size = len(self.ids)
        self.local = {token: i for i, token in enumerate(self.ids)}
        self.end = self.local[tokenizer.END_OF_TEXT]
        self.start = self.local[tokenizer.START_OF_TRANSCRIPT]
        self.previous = self.local[tokenizer.PREVIOUS_TEXT]
        self.no_timestamps = self.local[tokenizer.NO_TIMESTAMPS]
        self.nothing = self.local[self.tokens.token_to_id[NOTHING]]
        self.timestamp = self.size
        self.padding = self.size + tokenizer.TIMESTAMPS
        phonemes = sorted({phoneme for spelled in self.spelling.values() for phoneme in spelled})
        self._phoneme_numbers = {phoneme: i + 1 for i, phoneme in enumerate(phonemes)}
        self.phoneme_count = len(phonemes) + 1  # 0 is the blank.
        self._words = {}
        self.is_word_like = [any(character.isalnum() for character in self._text(token)) for token in self.ids]
        self.begins_word = [token < tokenizer.END_OF_TEXT and self.tokens.id_to_token[token].startswith(b' ')
                            for token in self.ids]

    def _text(self, token):
        return self.tokens.id_to_token[token].decode('utf8', 'replace') if token < tokenizer.END_OF_TEXT else ''

    def encode(self, text):
        """Local token numbers; a token outside the vocabulary becomes padding, whose embedding is zero."""
        return [self.local.get(token, self.padding) for token in self.tokens.encode(text)]

    def encode_word(self, word):
        """Local token numbers of a word in mid-sentence."""
        known = self._words.get(word)
        if known is None:
            known = self._words[word] = self.encode(' ' + word)
        return known

    def decode(self, numbers):
        """Text of local token numbers."""
        return self.tokens.decode([self.ids[number] for number in numbers if number < self.size])

    def phonemes(self, word):
        """Phoneme numbers of a word as it stands in a text."""
        key = word.strip(PUNCTUATION)
        spelled = self.spelling.get(key) or self.spelling.get(key.lower()) or self.spelling.get(capitalise(key.lower()))
        return [self._phoneme_numbers[phoneme] for phoneme in spelled or []]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('build')
    build = parser.parse_args().build
    work = os.path.join(build, 'work')
    os.makedirs(work, exist_ok=True)
    with open(os.path.join(work, 'phonemes.json'), 'w', encoding='utf-8') as file:
        json.dump(spell_phonemes(), file)
    texts = Corpus(os.path.join(build, 'speech')).texts()
    with open(os.path.join(work, 'vocabulary.json'), 'w', encoding='utf-8') as file:
        json.dump(used_tokens(load_tokenizer(build), texts), file)


if __name__ == '__main__':
    main()
