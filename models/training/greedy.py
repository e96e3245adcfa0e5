"""Word error rate of a network in training, on sentences that it never saw."""
import random

import numpy as np
import torch

from features import log_mel
from sentences import HELD_OUT, held_out_sentences, word_errors
from speech import HELD_OUT_VARIANTS, SAMPLE_RATE, random_voice, speak

LEAD, TAIL = SAMPLE_RATE // 10, 3 * SAMPLE_RATE // 10
LONGEST = 50
"""Tokens."""
STRIDE = 7
"""Sentences are taken from all over the held-out list."""


def transcribe(network, vocabulary, table, samples):
    """Greedy text of int16 samples, without time stamps."""
    audio = np.concatenate([np.zeros(LEAD, np.int16), samples, np.zeros(TAIL, np.int16)]).astype(np.float32) / 32768
    positions = (len(audio) // 320 + 40) // 32 * 32
    mel = torch.from_numpy(log_mel(audio, positions, vocabulary.tokens.filters))[None]
    encoded = network.encode(mel)
    tokens = [vocabulary.start, vocabulary.no_timestamps]
    for _ in range(LONGEST):
        logits, _ = network.decode(torch.tensor([tokens]), encoded, table)
        token = int(logits[0, -1, :vocabulary.size].argmax())
        if token == vocabulary.end:
            break
        tokens.append(token)
    return vocabulary.decode(tokens[2:])


def greedy_errors(network, vocabulary, count):
    """{'seen voices': %, 'unseen voices': %} over `count` held-out sentences each."""
    rng, sentences, rates = random.Random(4), held_out_sentences(), {}
    with torch.no_grad():
        table = network.token_table()
        for voices in ('seen voices', 'unseen voices'):
            errors = words = 0
            for i in range(count):
                text = sentences[(i * STRIDE) % HELD_OUT]
                variant = HELD_OUT_VARIANTS[i % 2] if voices == 'unseen voices' else None
                samples, _ = speak(text, random_voice(rng, variant))
                wrong, total = word_errors(text, transcribe(network, vocabulary, table, samples))
                errors, words = errors + wrong, words + total
            rates[voices] = 100 * errors / words
    return rates
