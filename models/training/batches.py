"""Training examples (what the decoder is to say to an excerpt) and their batches."""
from dataclasses import dataclass
from typing import List, Optional, Tuple
import random

import numpy as np

from excerpts import PUNCTUATION, draw_excerpt
from features import SAMPLES_PER_POSITION, log_mel
from noise import SAMPLE_RATE, augment
from sentences import random_word_list

IGNORED = -100
"""Label of a position that is not scored (PyTorch's default)."""
LONGEST_SEQUENCE, LONGEST_PROMPT = 250, 110
MAX_POSITIONS = 1500
TIMESTAMP_SECONDS = .02
POSITIONS_PER_SECOND = SAMPLE_RATE // SAMPLES_PER_POSITION
ATTENTION_MARGIN = .06
"""Attention may look this far beyond the word that is written, s."""

Span = Optional[Tuple[float, float]]


@dataclass
class Example:
    """An excerpt and its token sequence; `labels[i]` is the token itself where position i is to be predicted."""
    samples: np.ndarray
    sequence: List[int]
    labels: List[int]
    spans: List[Span]
    """When the word of each token is spoken, s."""
    phonemes: List[int]


def draw_example(corpus, vocabulary, rng, texts, difficulty):
    """A random example, or None if its text came out too long."""
    excerpt = draw_excerpt(corpus, rng, difficulty)
    samples = augment(excerpt.samples, rng, difficulty.hardness) if excerpt.speech else excerpt.samples
    words = excerpt.words
    tokens, spans = [], []
    for word in words:
        for token in vocabulary.encode_word(word.text):
            tokens.append(token)
            spans.append((word.start, word.end))
    phonemes = [phoneme for word in words for phoneme in vocabulary.phonemes(word.text)]
    if excerpt.broken:
        text, start, end = excerpt.broken
        spelled = vocabulary.phonemes(text)
        heard = max(0, min(1, (excerpt.cut_at - start) / max(.05, end - start)))
        phonemes += spelled[:int(len(spelled) * heard)]
    prompt = _draw_prompt(excerpt, vocabulary, rng, texts, difficulty)
    seconds = len(samples) / SAMPLE_RATE
    if rng.random() < .5:
        head, tail = [vocabulary.start, vocabulary.no_timestamps], []
        body = tokens if (tokens or rng.random() < .6) else [vocabulary.nothing]
        first_label = IGNORED
    else:
        head, body = [vocabulary.start, vocabulary.timestamp], tokens
        tail = []
        if words:
            tail = [vocabulary.timestamp + min(1500, int(round(min(words[-1].end, seconds) / TIMESTAMP_SECONDS)))]
        first_label = vocabulary.timestamp  # The first time stamp is predicted too.
    sequence = prompt + head + body + tail + [vocabulary.end]
    if len(sequence) > LONGEST_SEQUENCE:
        return None
    labels = [IGNORED] * (len(prompt) + 1) + [first_label] + body + tail + [vocabulary.end]
    all_spans = [None] * (len(prompt) + 2) + (spans if tokens else [None] * len(body))
    if tail:
        all_spans.append((words[-1].end - .1, words[-1].end + .05))
    return Example(samples, sequence, labels, all_spans + [None], phonemes)


def _draw_prompt(excerpt, vocabulary, rng, texts, difficulty):
    """Tokens of a prompt, sometimes: the words before, any texts, or a list of words of which some are spoken."""
    draw = rng.random()
    if not (draw < .12 + .15 * difficulty.hardness or (excerpt.before and draw < .5)):
        return []
    if excerpt.before and rng.random() < .8:
        text = ' '.join(excerpt.before[-30:])
    elif rng.random() < .5:
        text = ' '.join(rng.choice(texts) for _ in range(rng.choice([1, 1, 1, 2, 3, 6])))
    else:
        spoken = ()
        if rng.random() < .5:
            spoken = [word.text.strip(PUNCTUATION) for word in excerpt.words if rng.random() < .15]
        text = random_word_list(rng, spoken)
    tokens = vocabulary.encode((' ' if rng.random() < .5 else '') + text)
    return [vocabulary.previous] + tokens[-LONGEST_PROMPT:]


def plan_batches(corpus, vocabulary, rng, texts, difficulty, count, budget):
    """`count` examples as a shuffled list of `(positions, [example, ...])` of about `budget` encoder positions each."""
    examples = []
    while len(examples) < count:
        example = draw_example(corpus, vocabulary, rng, texts, difficulty)
        if example:
            examples.append(example)
    examples.sort(key=lambda example: len(example.samples))
    # Prompted examples go to batches of their own: less padding.
    is_prompted = [example.sequence[0] == vocabulary.previous for example in examples]
    plain = [example for example, prompted in zip(examples, is_prompted) if not prompted]
    ordered = plain + [example for example, prompted in zip(examples, is_prompted) if prompted]
    batches, i = [], 0
    while i < count:
        draw, longest, batch = rng.random(), 0, []
        if draw < .95 - .13 * difficulty.hardness:
            padding = rng.randint(0, 24)
        elif draw < .995 - .025 * difficulty.hardness:
            padding = rng.randint(0, 450)
        else:
            padding = MAX_POSITIONS
        while i < count:
            length = max(longest, -(-len(ordered[i].samples) // SAMPLES_PER_POSITION) + 1)
            if batch and (_rounded(length + padding) * (len(batch) + 1) > budget or i == len(plain)):
                break
            batch.append(ordered[i])
            longest = length
            i += 1
        batches.append((_rounded(longest + padding), batch))
    rng.shuffle(batches)
    return batches


def _rounded(positions):
    """Up to a multiple of 32, as the product calls whisper.cpp."""
    return min(MAX_POSITIONS, (positions + 31) // 32 * 32)


@dataclass
class Batch:
    """Arrays of B examples, L tokens, N encoder positions."""
    mel: np.ndarray
    """(B, 80, 2N)"""
    inputs: np.ndarray
    """(B, L) token numbers"""
    labels: np.ndarray
    """(B, L) the next token, or IGNORED"""
    attention: np.ndarray
    """(B, L, N) where the word that is written next is spoken"""
    phonemes: List[List[int]]
    frames: np.ndarray
    """(F, 3): at encoder position [1] of example [0] the token [2] is spoken"""


def collate(vocabulary, filters, positions, examples):
    """Makes arrays of the examples."""
    count, length = len(examples), max(len(example.sequence) for example in examples) - 1
    inputs = np.full((count, length), vocabulary.padding, np.int64)
    labels = np.full((count, length), IGNORED, np.int64)
    attention = np.zeros((count, length, positions), bool)
    for i, example in enumerate(examples):
        n = len(example.sequence) - 1
        inputs[i, :n] = example.sequence[:-1]
        labels[i, :n] = example.labels[1:]
        for k, span in enumerate(example.spans[1:n + 1]):
            if span:
                first = max(0, int((span[0] - ATTENTION_MARGIN) * POSITIONS_PER_SECOND))
                attention[i, k, first:int((span[1] + ATTENTION_MARGIN) * POSITIONS_PER_SECOND) + 1] = True
    mel = np.stack([log_mel(example.samples, positions, filters) for example in examples])
    frames = [(i, *frame) for i, example in enumerate(examples) for frame in _word_frames(vocabulary, example, positions)]
    frames = np.array(frames or [(0, 0, vocabulary.end)], np.int64)
    return Batch(mel, inputs, labels, attention, [example.phonemes for example in examples], frames)


def _word_frames(vocabulary, example, positions):
    """`(position, token)` at the centre and at one random place of the part of its word that each token is given."""
    labels, spans = example.labels, example.spans

    def is_word_like(k):
        return 0 <= labels[k] < vocabulary.size and vocabulary.is_word_like[labels[k]]

    k = 0
    while k < len(labels):
        if not (spans[k] and is_word_like(k)):
            k += 1
            continue
        last = k
        while (last + 1 < len(labels) and spans[last + 1] == spans[k] and is_word_like(last + 1)
               and not vocabulary.begins_word[labels[last + 1]]):
            last += 1
        start, end = spans[k]
        tokens = last - k + 1
        for token in range(k, last + 1):
            part_start = start + (end - start) * (token - k) / tokens
            part_end = start + (end - start) * (token - k + 1) / tokens
            for place in (.5, random.uniform(.15, .95)):
                position = int((part_start + (part_end - part_start) * place) * POSITIONS_PER_SECOND)
                yield max(0, min(positions - 1, position)), labels[token]
        k = last + 1
