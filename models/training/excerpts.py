"""Excerpts of speech as a dictation program cuts them: joined, begun in the middle, ended in the middle of a word."""
from dataclasses import dataclass, field, replace
from typing import List, Optional

import numpy as np

from corpus import Word
from noise import SAMPLE_RATE, nonspeech

LONGEST_SECONDS = 28.0
PUNCTUATION = ',.?!'
WORD_TOLERANCE = .01
"""A word counts as spoken if it ends at most this long after the cut, s."""
NEXT_WORD_BEGUN = .08
"""Punctuation is written once this much of the next word was heard, s."""


@dataclass
class Difficulty:
    """How hard the excerpts are; training raises it."""
    hardness: float = 1.0
    """0...1: how often silence, noise, prompts and padding appear."""
    long_share: float = .07
    """Share of excerpts joined from four to nine utterances."""
    joined_share: float = .12
    """Share of excerpts joined from two or three."""


@dataclass
class Excerpt:
    """Samples, the words that are spoken in them to the end, and what is around."""
    samples: np.ndarray
    words: List[Word] = field(default_factory=list)
    before: List[str] = field(default_factory=list)
    """Words spoken before the excerpt begins."""
    broken: Optional[Word] = None
    """The word that the end cuts; its times count from the excerpt's start before silence is put around it."""
    cut_at: float = 0.0
    speech: bool = True


def shifted(words, seconds):
    return [Word(text, start + seconds, end + seconds) for text, start, end in words]


def draw_excerpt(corpus, rng, difficulty):
    """A random excerpt."""
    if rng.random() < .04:
        return Excerpt(nonspeech(rng), speech=False)
    while True:
        index = rng.randrange(len(corpus))
        samples, words = corpus[index]
        if words:
            break
    share, extra = rng.random(), 0
    if share < difficulty.long_share:
        extra = rng.randint(3, 8)
    elif share < difficulty.long_share + difficulty.joined_share:
        extra = rng.randint(1, 2)
    if extra:
        samples, words = _join(corpus, rng, index, samples, words, extra)
    if rng.random() < .3:
        samples, words = _change_speed(samples, words, rng.uniform(.88, 1.12))
    excerpt = Excerpt(samples, words)
    if rng.random() < .10 and len(words) > 3:
        excerpt = _begin_later(excerpt, rng)
    full = True
    if rng.random() < .48:
        excerpt, full = _end_earlier(excerpt, rng)
    return _surround(excerpt, rng, difficulty, full)


def _join(corpus, rng, index, samples, words, extra):
    """Appends `extra` utterances with pauses, the first one of the same voice, as long as the whole is short enough."""
    pieces, words, seconds = [samples], list(words), len(samples) / SAMPLE_RATE
    for number in range(extra):
        neighbour = number == 0 and (index ^ 1) < len(corpus)
        other, other_words = corpus[index ^ 1 if neighbour else rng.randrange(len(corpus))]
        if not other_words:
            continue
        if number:  # Another voice: as loud as the first.
            other = other * min(3, (np.abs(samples).max() + 1e-3) / (np.abs(other).max() + 1e-3))
        pause = rng.uniform(.05, .9)
        if seconds + pause + len(other) / SAMPLE_RATE > LONGEST_SECONDS:
            break
        pieces += [np.zeros(int(pause * SAMPLE_RATE), np.float32), other]
        start = sum(len(piece) for piece in pieces[:-1]) / SAMPLE_RATE
        words += shifted(other_words, start)
        seconds = start + len(other) / SAMPLE_RATE
    return np.concatenate(pieces), words


def _change_speed(samples, words, speed):
    length = int(len(samples) / speed)
    positions = np.arange(length, dtype=np.float32) * speed
    samples = np.interp(positions, np.arange(len(samples), dtype=np.float32), samples).astype(np.float32)
    return samples, [Word(text, start / speed, end / speed) for text, start, end in words]


def _begin_later(excerpt, rng):
    """Lets the excerpt begin in mid-utterance, at the start of a word."""
    words = excerpt.words
    first = rng.randrange(1, len(words) - 1)
    previous_end, start = words[first - 1].end, words[first].start
    begin = max(previous_end - WORD_TOLERANCE, start - rng.uniform(0, .06)) if start > previous_end else start
    kept = [Word(text, max(0, start - begin), end - begin) for text, start, end in words[first:]]
    return replace(excerpt, samples=excerpt.samples[int(begin * SAMPLE_RATE):], words=kept,
                   before=[word.text for word in words[:first]])


def _end_earlier(excerpt, rng):
    """Cuts the end anywhere; only words spoken completely count. Returns the excerpt, and whether it is still whole."""
    words, seconds = excerpt.words, len(excerpt.samples) / SAMPLE_RATE
    if rng.random() < .7:
        cut = rng.uniform(.25, seconds)
    else:
        cut = min(seconds, rng.choice(words).end + rng.uniform(0, .25))
    if cut >= seconds - .01:
        return excerpt, True
    done = [word for word in words if word.end <= cut + WORD_TOLERANCE]
    broken = words[len(done)] if len(done) < len(words) else None
    if done and broken and cut <= broken.start + NEXT_WORD_BEGUN:
        last = done[-1]
        done[-1] = Word(last.text.rstrip(PUNCTUATION), last.start, last.end)
    samples = excerpt.samples[:int(cut * SAMPLE_RATE)]
    return replace(excerpt, samples=samples, words=done, broken=broken, cut_at=cut), False


def _surround(excerpt, rng, difficulty, full):
    """Puts silence before, and after an excerpt that was not cut."""
    hardness = difficulty.hardness
    lead = rng.uniform(0, 1.0) if rng.random() < .15 + .35 * hardness else rng.uniform(0, .12)
    tail = rng.uniform(0, .3 + 1.2 * (rng.random() < hardness)) if full and rng.random() < .8 else 0
    samples = np.zeros(len(excerpt.samples) + int((lead + tail) * SAMPLE_RATE), np.float32)
    offset = int(lead * SAMPLE_RATE)
    samples[offset:offset + len(excerpt.samples)] = excerpt.samples
    return replace(excerpt, samples=samples, words=shifted(excerpt.words, lead))
