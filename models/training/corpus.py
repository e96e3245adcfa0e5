"""The synthetic speech on disk, as `speech.py` wrote it."""
import glob
import json
import os
from typing import List, NamedTuple, Optional

import numpy as np


class Word(NamedTuple):
    """A written word with the times at which it is spoken, s."""
    text: str
    start: float
    end: float


class Utterance(NamedTuple):
    """float32 samples at 16 kHz and the words in them; `words` is None where the times are unknown."""
    samples: np.ndarray
    words: Optional[List[Word]]


class Corpus:
    """All shards of a directory; the samples stay on disk."""

    def __init__(self, directory):
        self._items = []
        for notes in sorted(glob.glob(os.path.join(directory, 's*_*.json'))):
            samples = np.load(notes[:-len('.json')] + '.npy', mmap_mode='r')
            with open(notes, encoding='utf-8') as file:
                self._items += [(samples, note) for note in json.load(file)]

    def __len__(self):
        return len(self._items)

    def __getitem__(self, index):
        samples, (offset, length, text, _voice, times) = self._items[index]
        audio = np.asarray(samples[offset:offset + length], dtype=np.float32) / 32768
        if not times:
            return Utterance(audio, None)
        return Utterance(audio, [Word(word, start, end) for word, (start, end) in zip(text.split(), times)])

    def texts(self):
        """The text of every utterance."""
        return [note[2] for _, note in self._items]
