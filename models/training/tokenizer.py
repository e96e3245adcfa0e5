"""The header of a ggml Whisper file (mel filters, vocabulary) and a tokenizer that cuts text as whisper.cpp does."""
import functools
import os
import re
import struct

import numpy as np

# Token ids of the English-only vocabulary (whisper.cpp: whisper_vocab).
END_OF_TEXT = 50256
START_OF_TRANSCRIPT = 50257
PREVIOUS_TEXT = 50360
NO_TIMESTAMPS = 50362
FIRST_TIMESTAMP = 50363
VOCABULARY_SIZE = 51864
TIMESTAMPS = 1501
"""0.00 to 30.00 s in steps of 0.02 s."""
assert FIRST_TIMESTAMP + TIMESTAMPS == VOCABULARY_SIZE

HEADER_INTEGERS = 12
"""The magic number and eleven hyper-parameters."""

_PIECES = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+")


class Tokenizer:
    """What `make-header.mjs` wrote: `filters` (80 x 201), `id_to_token`, and `raw`, the bytes after the hyper-parameters."""

    def __init__(self, path):
        with open(path, 'rb') as file:
            content = file.read()
        self.magic = struct.unpack_from('<i', content)[0]
        offset = 4 * HEADER_INTEGERS
        start = offset
        mels, bins = struct.unpack_from('<2i', content, offset)
        offset += 8
        self.filters = np.frombuffer(content, np.float32, mels * bins, offset).reshape(mels, bins).copy()
        offset += 4 * mels * bins
        count, = struct.unpack_from('<i', content, offset)
        offset += 4
        self.id_to_token = []
        for _ in range(count):
            length, = struct.unpack_from('<i', content, offset)
            offset += 4
            self.id_to_token.append(content[offset:offset + length])
            offset += length
        self.raw = content[start:offset]
        self.token_to_id = {token: i for i, token in enumerate(self.id_to_token)}

    def encode(self, text):
        """Token ids of the text; each piece is cut into the longest tokens from its left, like whisper.cpp's tokenize."""
        ids = []
        for piece in _PIECES.findall(text):
            piece = piece.encode()
            start = 0
            while start < len(piece):
                for end in range(len(piece), start, -1):
                    if piece[start:end] in self.token_to_id:
                        ids.append(self.token_to_id[piece[start:end]])
                        start = end
                        break
                else:
                    start += 1
        return ids

    def decode(self, ids):
        """Text of the token ids; special tokens are left out."""
        return b''.join(self.id_to_token[i] for i in ids if i < END_OF_TEXT).decode('utf8', 'replace')


@functools.lru_cache(maxsize=None)
def load_tokenizer(build_directory):
    """The tokenizer of `header.bin` in the build directory."""
    return Tokenizer(os.path.join(build_directory, 'header.bin'))
