#!/usr/bin/env python3
"""Word error rates of finished models through whisper.cpp's own command line, on the recordings of make_recordings.py.

    evaluate.py BUILD MODEL.bin... [--whisper-cli PROGRAM] [--limit N]
"""
import argparse
import collections
import json
import os
import subprocess
import tempfile
import wave

import numpy as np

from make_recordings import write_wav
from sentences import word_errors
from speech import SAMPLE_RATE

SHORTEST_SECONDS = 1.1
"""whisper.cpp returns nothing for less than a second."""
POSITIONS_STEP, SPARE_POSITIONS, SAMPLES_PER_POSITION = 32, 8, 320


def read_wav(path):
    with wave.open(path) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def transcribe(program, model, samples):
    """Text of the samples, called as the product calls whisper.cpp: greedy, trimmed audio context, no time stamps."""
    shortest = int(SHORTEST_SECONDS * SAMPLE_RATE)
    samples = np.pad(samples, (0, max(0, shortest - len(samples))))
    positions = len(samples) / SAMPLES_PER_POSITION + SPARE_POSITIONS
    context = min(1500, POSITIONS_STEP * int(np.ceil(positions / POSITIONS_STEP)))
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, 'audio.wav')
        write_wav(path, samples)
        command = [program, '-m', model, '-f', path, '-l', 'en', '-nt', '-np', '-nf', '-bs', '1', '-bo', '1',
                   '-ac', str(context), '-t', '1', '-ng']
        result = subprocess.run(command, capture_output=True, text=True, check=True)
    return ' '.join(result.stdout.split())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('build')
    parser.add_argument('models', nargs='+')
    parser.add_argument('--whisper-cli', default='whisper-cli')
    parser.add_argument('--limit', type=int, help='use only the first N recordings of the manifest')
    arguments = parser.parse_args()
    directory = os.path.join(arguments.build, 'evaluation')
    with open(os.path.join(directory, 'manifest.json'), encoding='utf-8') as file:
        manifest = json.load(file)[:arguments.limit]
    for model in arguments.models:
        errors, words = collections.Counter(), collections.Counter()
        for item in manifest:
            heard = transcribe(arguments.whisper_cli, model, read_wav(os.path.join(directory, item['file'])))
            wrong, total = word_errors(item['text'], heard)
            for group in (item['group'], 'all'):
                errors[group] += wrong
                words[group] += total
        rates = ', '.join(f'{group} {100 * errors[group] / words[group]:.1f} %' for group in words)
        print(f'{os.path.basename(model)}: word error rate over {len(manifest)} recordings: {rates}')


if __name__ == '__main__':
    main()
