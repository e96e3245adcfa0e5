"""Sounds that are no speech."""
import numpy as np

SAMPLE_RATE = 16000
_SECONDS = 120
_random = np.random.RandomState(0)
_WHITE = _random.randn(SAMPLE_RATE * _SECONDS).astype(np.float32)


def _make_pink():
    spectrum = np.fft.rfft(_random.randn(SAMPLE_RATE * _SECONDS))
    # Power falls with frequency; the lowest bins are left level, or rumble would drown everything.
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 20))
    pink = np.fft.irfft(spectrum).astype(np.float32)
    return pink / pink.std()


_PINK = _make_pink()


def noise(rng, length):
    """A random stretch of white or pink noise with deviation 1."""
    source = _WHITE if rng.random() < .5 else _PINK
    offset = rng.randrange(len(source) - length)
    return source[offset:offset + length]


def nonspeech(rng):
    """Half a second to seven seconds of silence, noise or tones at any level."""
    length = int(rng.uniform(.5, 7) * SAMPLE_RATE)
    kind = rng.random()
    amplitude = 10 ** rng.uniform(-4, -.3)
    if kind < .25:
        return np.zeros(length, np.float32)
    if kind < .6:
        return noise(rng, length) * amplitude * .3
    time = np.arange(length, dtype=np.float32) / SAMPLE_RATE
    sound = np.zeros(length, np.float32)
    for _ in range(rng.randint(1, 3)):
        sound += np.sin(2 * np.pi * rng.uniform(50, 2500) * time + rng.random() * 6).astype(np.float32)
    sound *= amplitude / 3
    if rng.random() < .5:
        sound += noise(rng, length) * amplitude * 10 ** rng.uniform(-2.5, -.5)
    if rng.random() < .3:
        sound[:rng.randrange(length)] = 0
    return sound


def augment(samples, rng, hardness):
    """The speech through another microphone: tilted spectrum, another level, some noise."""
    if rng.random() < .3:
        tilt = rng.uniform(-.6, .6)
        tilted = samples.copy()
        tilted[1:] += tilt * samples[:-1]
        samples = tilted
    peak = np.abs(samples).max() + 1e-6
    samples = samples * (10 ** (rng.uniform(-22, -0.5) / 20) / peak)
    if rng.random() < .25 + .3 * hardness:
        loudness = np.sqrt((samples ** 2).mean()) + 1e-7
        samples = samples + noise(rng, len(samples)) * (loudness * 10 ** (-rng.uniform(10, 45) / 20))
    elif rng.random() < .3:
        samples = samples + noise(rng, len(samples)) * 10 ** rng.uniform(-5, -3.3)
    return np.clip(samples, -1, 1).astype(np.float32)
