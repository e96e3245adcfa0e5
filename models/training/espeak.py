"""Speech by espeak-ng (libespeak-ng) with the times of its words."""
import ctypes
import functools

import numpy as np
from scipy.signal import resample_poly

_LIBRARY_RATE = 22050
_TO_16_KHZ = (320, 441)
_RETRIEVAL = 2
"""espeak_Initialize's AUDIO_OUTPUT_SYNCHRONOUS."""
_BUFFER_MS = 500
_WORD, _LIST_END = 1, 0
"""Event types."""
_RATE, _PITCH, _RANGE = 1, 3, 4
"""Parameters of espeak_SetParameter."""
_UTF8 = 1
_LOUD = .02
"""A 10 ms stretch louder than this share of the loudest one belongs to a word."""


class _Event(ctypes.Structure):
    _fields_ = [('type', ctypes.c_int), ('unique_identifier', ctypes.c_uint), ('text_position', ctypes.c_int),
                ('length', ctypes.c_int), ('audio_position', ctypes.c_int), ('sample', ctypes.c_int),
                ('user_data', ctypes.c_void_p), ('id', ctypes.c_void_p)]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class _Espeak:
    """The library with its callback, which collects samples and the word events `(text position, sample)`."""

    def __init__(self):
        self.library = ctypes.CDLL('libespeak-ng.so.1')
        rate = self.library.espeak_Initialize(_RETRIEVAL, _BUFFER_MS, None, 0)
        assert rate == _LIBRARY_RATE, rate
        self.samples, self.words = [], []
        self._callback = _Callback(self._collect)  # Kept alive as long as the library may call it.
        self.library.espeak_SetSynthCallback(self._callback)

    def _collect(self, samples, count, events):
        if samples and count > 0:
            self.samples.append(np.ctypeslib.as_array(samples, (count,)).copy())
        i = 0
        while events[i].type != _LIST_END:
            if events[i].type == _WORD:
                self.words.append((events[i].text_position, events[i].sample))
            i += 1
        return 0

    def speak(self, text, voice, rate, pitch, pitch_range):
        self.samples.clear()
        self.words.clear()
        if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f'espeak-ng has no voice {voice}')
        for parameter, value in ((_RATE, rate), (_PITCH, pitch), (_RANGE, pitch_range)):
            self.library.espeak_SetParameter(parameter, value, 0)
        encoded = text.encode()
        self.library.espeak_Synth(encoded, len(encoded) + 1, 0, 1, 0, _UTF8, None, None)
        audio = np.concatenate(self.samples) if self.samples else np.zeros(1, np.int16)
        return audio, list(self.words)


@functools.lru_cache(maxsize=None)
def _espeak():
    return _Espeak()


def _word_starts(text, events):
    """Start of each word, s. Words that espeak-ng speaks as one ("of the") share their group's start."""
    words = text.split()
    offsets, position = [], 0
    for word in words:
        offsets.append(position)
        position += len(word) + 1
    starts = [None] * len(words)
    for text_position, sample in events:
        character = max(text_position - 1, 0)
        word = max(i for i, offset in enumerate(offsets) if offset <= character)
        if starts[word] is None:
            starts[word] = sample / _LIBRARY_RATE
    for i in range(len(words)):
        if starts[i] is None:
            starts[i] = starts[i - 1] if i else 0.0
    for i in range(1, len(words)):
        starts[i] = max(starts[i], starts[i - 1])
    return starts


def _word_ends(audio, starts):
    """End of each word, s: the end of the last loud 10 ms before the next word starts."""
    total = len(audio) / _LIBRARY_RATE
    step = _LIBRARY_RATE // 100
    steps = max(1, len(audio) // step)
    loudness = np.sqrt((audio[:steps * step].astype(np.float32).reshape(steps, step) ** 2).mean(1) + 1e-9)
    threshold = loudness.max() * _LOUD
    ends = []
    for i, start in enumerate(starts):
        following = next((other for other in starts[i + 1:] if other > start + 1e-6), total)
        first, last = int(start * 100), max(int(start * 100) + 1, int(round(following * 100)))
        loud = np.nonzero(loudness[first:last] > threshold)[0]
        ends.append(min(following, (first + loud[-1] + 1) / 100) if len(loud) else following)
    return ends


def speak_espeak(text, voice, rate=170, pitch=50, pitch_range=50):
    """Speaks the text: int16 samples at 16 kHz and `[(word, start s, end s), ...]`."""
    audio, events = _espeak().speak(text, voice, rate, pitch, pitch_range)
    starts = _word_starts(text, events)
    ends = _word_ends(audio, starts)
    resampled = resample_poly(audio.astype(np.float32), *_TO_16_KHZ)
    return np.clip(resampled, -32767, 32767).astype(np.int16), list(zip(text.split(), starts, ends))
