#!/usr/bin/env python3
"""Speaks held-out sentences for measuring and for tests; the same sounds each time (with the same synthesisers).

    make_recordings.py BUILD

BUILD/evaluation: 165 short recordings and manifest.json. BUILD/recordings: t01-t18, long40 and long90 as they are in
test/fixtures/recordings: WAV, text, word times, index.json.
"""
import argparse
import json
import os
import random
import subprocess
import wave

import numpy as np

from sentences import HELD_OUT, held_out_sentences
from speech import SAMPLE_RATE, random_voice, speak

EVALUATED = 165
"""The first so many held-out sentences measure models; the rest are for the recordings."""
PEAK = 9000
TAIL_SECONDS = .35
NOISE_LEVELS = [0, 0, 3, 12]
RECORDED_VOICES = [
    ('e', 'en-us', 175, 50, 50), ('e', 'en-us+m3', 160, 45, 50), ('e', 'en-us+f2', 170, 55, 50),
    ('e', 'en', 165, 50, 50), ('e', 'en+f4', 175, 50, 50), ('e', 'en-gb-scotland+m1', 160, 50, 50),
    ('e', 'en-gb-x-rp+f1', 165, 50, 50), ('e', 'en-us+m5', 165, 50, 50), ('e', 'en-us+f3', 170, 50, 50),
    ('e', 'en-gb-x-gbclan+m7', 165, 45, 50), ('e', 'en-029+f5', 160, 50, 50), ('f', 'kal16', 1.0), ('f', 'slt', 1.0),
    ('f', 'rms', 1.0), ('f', 'awb', 1.0), ('e', 'en-us+m2', 190, 40, 50), ('e', 'en-us-nyc+linda', 160, 50, 50),
    ('e', 'en-us+adam', 150, 50, 50)]
LONG_RECORDINGS = [('long40', 40, ('e', 'en-us', 165, 50, 50)), ('long90', 90, ('e', 'en-us+f2', 160, 50, 50))]
PAUSES = [.3, .5, .7, 1.0, 1.6]


def write_wav(path, samples):
    """16 kHz mono s16."""
    with wave.open(path, 'wb') as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(np.clip(samples, -32767, 32767).astype(np.int16).tobytes())


def levelled(samples):
    """The samples with their peak at PEAK."""
    return (samples.astype(np.float32) * (PEAK / max(1, np.abs(samples).max()))).astype(np.float32)


def record(rng, number, text, voice):
    """Speech between silences, with a little noise sometimes: samples and word times."""
    samples, words = speak(text, voice)
    lead = rng.uniform(.05, .35)
    audio = np.concatenate([np.zeros(int(lead * SAMPLE_RATE)), levelled(samples), np.zeros(int(TAIL_SECONDS * SAMPLE_RATE))])
    audio += rng.choice(NOISE_LEVELS) * np.random.RandomState(number).randn(len(audio))
    times = [(word, round(start + lead, 3), round(end + lead, 3)) for word, start, end in words] if words else None
    return audio, times


def write_evaluation(directory, rng, sentences):
    """75 in known voices, 60 in two unknown ones, 30 by the plain espeak-ng command line and sox."""
    os.makedirs(directory, exist_ok=True)
    manifest = []
    for i in range(EVALUATED):
        text, path, words = sentences[i], os.path.join(directory, f'{i}.wav'), None
        group = 'seen' if i < 75 else 'unseen m5' if i < 105 else 'unseen f3' if i < 135 else 'command line'
        if group == 'command line':
            voice = RECORDED_VOICES[0]
            raw = os.path.join(directory, 'raw.wav')
            subprocess.run(['espeak-ng', '-v', 'en-us', '-w', raw, text], check=True)
            subprocess.run(['sox', raw, '-r', str(SAMPLE_RATE), path], check=True, stderr=subprocess.DEVNULL)
            os.remove(raw)
        else:
            voice = random_voice(rng, None if group == 'seen' else group.split()[1])
            audio, words = record(rng, i, text, voice)
            write_wav(path, audio)
        previous = sentences[(i + 150) % HELD_OUT]
        manifest.append({'file': f'{i}.wav', 'group': group, 'text': text, 'voice': list(voice), 'words': words, 'previous': previous})
    with open(os.path.join(directory, 'manifest.json'), 'w', encoding='utf-8') as file:
        json.dump(manifest, file)


def write_recordings(directory, rng, sentences):
    """The recordings of the tests."""
    os.makedirs(directory, exist_ok=True)
    pool = [text for text in sentences[EVALUATED:] if len(text.split()) >= 7]
    index, used = [], 0

    def write(name, audio, words, text, voice):
        path = os.path.join(directory, name)
        write_wav(path + '.wav', audio)
        with open(path + '.txt', 'w', encoding='utf-8') as file:
            file.write(text + '\n')
        if words:
            with open(path + '.words.tsv', 'w', encoding='utf-8') as file:
                file.writelines(f'{word}\t{start:.3f}\t{end:.3f}\n' for word, start, end in words)
        seconds = round(len(audio) / SAMPLE_RATE, 2)
        index.append({'name': name, 'voice': '/'.join(map(str, voice)), 'seconds': seconds, 'text': text})

    for i, voice in enumerate(RECORDED_VOICES):
        text = pool[used]
        used += 1
        if i % 6 == 5:
            text += ' ' + pool[used]
            used += 1
        audio, words = record(rng, 1000 + i, text, voice)
        write(f't{i + 1:02d}', audio, words, text, voice)
    for name, seconds, voice in LONG_RECORDINGS:
        pieces, words, texts, at = [np.zeros(SAMPLE_RATE // 2)], [], [], .5
        while at < seconds - 3:
            text = pool[used % len(pool)]
            used += 1
            samples, times = speak(text, voice)
            pieces.append(levelled(samples))
            words += [(word, start + at, end + at) for word, start, end in times]
            texts.append(text)
            pieces.append(np.zeros(int(rng.choice(PAUSES) * SAMPLE_RATE)))
            at = sum(map(len, pieces)) / SAMPLE_RATE
        noise = 3 * np.random.RandomState(7).randn(sum(map(len, pieces)))
        write(name, np.concatenate(pieces) + noise, words, ' '.join(texts), voice)
    with open(os.path.join(directory, 'index.json'), 'w', encoding='utf-8') as file:
        json.dump(index, file, indent=1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('build')
    arguments = parser.parse_args()
    rng, sentences = random.Random(99), held_out_sentences()
    write_evaluation(os.path.join(arguments.build, 'evaluation'), rng, sentences)
    write_recordings(os.path.join(arguments.build, 'recordings'), rng, sentences)


if __name__ == '__main__':
    main()
