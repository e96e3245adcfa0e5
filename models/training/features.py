"""Log-mel features exactly as whisper.cpp computes them."""
import numpy as np
import scipy.fft

WINDOW, HOP, MELS = 400, 160, 80
SAMPLES_PER_POSITION = 2 * HOP
"""The encoder halves the frame rate: one position each 20 ms."""
_HANN = (0.5 * (1 - np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW))).astype(np.float32)
_FLOOR = 1e-10
_RANGE = 8.0
"""Decades kept below the loudest value."""


def log_mel(samples, positions, filters):
    """float32 samples at 16 kHz -> (80, 2 * positions): what whisper.cpp's encoder sees with `audio_ctx` = positions."""
    frames_wanted = 2 * positions
    shortest = WINDOW // 2 + 1
    if len(samples) < shortest:
        samples = np.concatenate([samples, np.zeros(shortest - len(samples), np.float32)])
    frames = min((len(samples) + WINDOW // 2) // HOP + 1, frames_wanted)
    padded = np.zeros((frames - 1) * HOP + WINDOW, np.float32)
    half = WINDOW // 2
    padded[:half] = samples[half:0:-1]
    length = min(len(samples), len(padded) - half)
    padded[half:half + length] = samples[:length]
    stride = padded.itemsize
    windows = np.lib.stride_tricks.as_strided(padded, (frames, WINDOW), (HOP * stride, stride)) * _HANN
    spectrum = scipy.fft.rfft(windows, axis=1)
    power = spectrum.real ** 2 + spectrum.imag ** 2
    logarithm = np.log10(np.maximum(power @ np.ascontiguousarray(filters.T), _FLOOR))
    lowest = logarithm.max() - _RANGE
    mel = np.full((MELS, frames_wanted), (max(np.log10(_FLOOR), lowest) + 4) / 4, np.float32)
    mel[:, :frames] = ((np.maximum(logarithm, lowest) + 4) / 4).T
    return mel
