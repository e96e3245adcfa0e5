#!/usr/bin/env python3
"""Synthetic speech with word times, by espeak-ng and flite through their C libraries.

    speech.py DIRECTORY SEED COUNT     writes COUNT utterances as shards DIRECTORY/s<SEED>_<n>.npy and .json
"""
import argparse
import json
import os
import random
import time

import numpy as np

from espeak import speak_espeak
from flite import FLITE_VOICES, speak_flite
from sentences import held_out_sentences, random_utterance

SAMPLE_RATE = 16000
HELD_OUT_VARIANTS = ['m5', 'f3']
"""Voices that training never hears."""
ACCENTS = [('en-us', .45), ('en', .15), ('en-gb-x-rp', .10), ('en-gb-scotland', .07), ('en-gb-x-gbclan', .07),
           ('en-gb-x-gbcwmd', .05), ('en-029', .05), ('en-us-nyc', .06)]
VARIANTS = ['m1', 'm2', 'm3', 'm4', 'm6', 'm7', 'm8', 'f1', 'f2', 'f4', 'f5', 'adam', 'linda', 'max', 'john', 'Michael',
            'steph', 'belinda', 'Andy', 'Alex', 'Annie', 'robert', 'victor', 'edward', 'Mario', 'Andrea']
UTTERANCES_PER_SHARD = 500
SHORTEST_SAMPLES, LONGEST_SAMPLES = SAMPLE_RATE // 4, 16 * SAMPLE_RATE


def random_voice(rng, held_out_variant=None):
    """A voice: `('e', voice, words a minute, pitch, pitch range)` of espeak-ng or `('f', voice, stretch)` of flite."""
    if held_out_variant:
        accent = rng.choice(['en-us', 'en-us', 'en', 'en-gb-x-rp'])
        return 'e', f'{accent}+{held_out_variant}', rng.randint(145, 190), rng.randint(40, 60), 50
    if rng.random() < .22:
        return 'f', rng.choice(FLITE_VOICES), round(rng.uniform(.85, 1.25), 2)
    voice = rng.choices([name for name, _ in ACCENTS], [share for _, share in ACCENTS])[0]
    if rng.random() > .22:
        voice += '+' + rng.choice(VARIANTS)
    return 'e', voice, rng.randint(130, 210), rng.randint(30, 70), rng.randint(30, 70)


def speak(text, voice):
    """Speaks the text: int16 samples at 16 kHz, and `[(word, start s, end s), ...]` or None if the times are unknown."""
    return speak_espeak(text, *voice[1:]) if voice[0] == 'e' else speak_flite(text, *voice[1:])


def write_shard(path, rng, held_out, count):
    """Speaks up to `count` utterances into `path`.npy (all samples) and `path`.json (offset, length, text, voice, word times)."""
    samples, notes, offset = [], [], 0
    voice = None
    for number in range(count):
        if number % 2 == 0:  # Neighbours share a voice: they can be joined to longer speech.
            voice = random_voice(rng)
        while True:
            text = random_utterance(rng)
            if text not in held_out:
                break
        audio, words = speak(text, voice)
        if not SHORTEST_SAMPLES <= len(audio) <= LONGEST_SAMPLES:
            continue
        times = [(round(start, 3), round(end, 3)) for _, start, end in words] if words else None
        samples.append(audio)
        notes.append([offset, len(audio), text, voice, times])
        offset += len(audio)
    # Renamed when complete, the JSON last: training may already be looking.
    np.save(path + '.tmp.npy', np.concatenate(samples))
    with open(path + '.json.tmp', 'w', encoding='utf-8') as file:
        json.dump(notes, file)
    os.rename(path + '.tmp.npy', path + '.npy')
    os.rename(path + '.json.tmp', path + '.json')
    return len(notes), offset


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('directory')
    parser.add_argument('seed', type=int)
    parser.add_argument('count', type=int)
    arguments = parser.parse_args()
    os.makedirs(arguments.directory, exist_ok=True)
    held_out = set(held_out_sentences())
    rng = random.Random(1000 + arguments.seed)
    began, done, shard = time.time(), 0, 0
    while done < arguments.count:
        size = min(UTTERANCES_PER_SHARD, arguments.count - done)
        path = os.path.join(arguments.directory, f's{arguments.seed}_{shard}')
        count, length = write_shard(path, rng, held_out, size)
        done, shard = done + count, shard + 1
        seconds = length / SAMPLE_RATE / max(1, count)
        print(f'{done} utterances after {time.time() - began:.0f} s, {seconds:.2f} s each', flush=True)


if __name__ == '__main__':
    main()
