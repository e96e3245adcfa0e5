"""Speech by flite (libflite) with the times of its words."""
import ctypes
import functools

import numpy as np

FLITE_VOICES = ['kal16', 'slt', 'rms', 'awb']
_FEATURES_OFFSET = 8
"""`features` is the second pointer of flite's cst_voice."""
_WORD_START = b'R:SylStructure.daughter1.daughter1.R:Segment.p.end'
_WORD_END = b'R:SylStructure.daughtern.daughtern.R:Segment.end'


class _Wave(ctypes.Structure):
    _fields_ = [('type', ctypes.c_char_p), ('sample_rate', ctypes.c_int), ('samples', ctypes.c_int),
                ('channels', ctypes.c_int), ('data', ctypes.POINTER(ctypes.c_short))]


class _Flite:
    """The library and its registered voices."""

    def __init__(self):
        self.library = ctypes.CDLL('libflite.so.1', mode=ctypes.RTLD_GLOBAL)
        for language in ('libflite_cmulex.so.1', 'libflite_usenglish.so.1'):
            ctypes.CDLL(language, mode=ctypes.RTLD_GLOBAL)
        self.library.flite_init()
        for function in ('flite_synth_text', 'utt_wave', 'utt_relation', 'relation_head', 'item_next', 'item_as',
                         'item_parent'):
            getattr(self.library, function).restype = ctypes.c_void_p
        self.library.ffeature_float.restype = ctypes.c_float
        self.voices = {}
        for voice in FLITE_VOICES:
            library = ctypes.CDLL(f'libflite_cmu_us_{voice}.so.1', mode=ctypes.RTLD_GLOBAL)
            register = getattr(library, f'register_cmu_us_{voice}')
            register.restype = ctypes.c_void_p
            self.voices[voice] = register(None)

    def speak(self, text, voice, stretch):
        """Samples, and one `(start s, end s)` for each white-space separated token."""
        flite, pointer = self.library, ctypes.c_void_p
        voice = self.voices[voice]
        features = ctypes.cast(voice + _FEATURES_OFFSET, ctypes.POINTER(pointer))[0]
        flite.feat_set_float(pointer(features), b'duration_stretch', ctypes.c_float(stretch))
        utterance = flite.flite_synth_text(text.encode(), pointer(voice))
        if not utterance:
            raise RuntimeError('flite could not speak')
        wave = ctypes.cast(flite.utt_wave(pointer(utterance)), ctypes.POINTER(_Wave))[0]
        assert wave.sample_rate == 16000, wave.sample_rate
        audio = np.ctypeslib.as_array(wave.data, (wave.samples,)).copy()
        spans, last = [], None
        item = flite.relation_head(pointer(flite.utt_relation(pointer(utterance), b'Word')))
        while item:
            token = flite.item_parent(pointer(flite.item_as(pointer(item), b'Token')))
            start = flite.ffeature_float(pointer(item), _WORD_START)
            end = flite.ffeature_float(pointer(item), _WORD_END)
            if token == last:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
                last = token
            item = flite.item_next(pointer(item))
        flite.delete_utterance(pointer(utterance))
        return audio, spans


@functools.lru_cache(maxsize=None)
def _flite():
    return _Flite()


def speak_flite(text, voice, stretch=1.0):
    """Speaks the text: int16 samples at 16 kHz, and `[(word, start s, end s), ...]`, or None if flite counts other words."""
    audio, spans = _flite().speak(' '.join(text.split()), voice, stretch)
    words = text.split()
    if len(spans) != len(words):
        return audio, None
    return audio, [(word, start, end) for word, (start, end) in zip(words, spans)]
