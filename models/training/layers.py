"""The layers of Whisper's encoder and decoder."""
import math

import torch
import torch.nn.functional as F
from torch import nn


def sinusoids(length, channels):
    """Whisper's positional embedding."""
    increment = math.log(10000) / (channels // 2 - 1)
    time = torch.arange(length)[:, None] * torch.exp(-increment * torch.arange(channels // 2))[None]
    return torch.cat([time.sin(), time.cos()], 1)


class _ContiguousGradient(torch.autograd.Function):
    """Identity. The oneDNN GELU of PyTorch 1.13 computes garbage from a non-contiguous gradient."""

    @staticmethod
    def forward(ctx, values):
        return values.view_as(values)

    @staticmethod
    def backward(ctx, gradient):
        return gradient.contiguous()


def gelu(values):
    return _ContiguousGradient.apply(F.gelu(values.contiguous()))


class Projections(nn.Module):
    """Query, key and value (or key and value) in one product; as in Whisper, the key has no bias."""

    def __init__(self, width, count=3):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(count * width, width) / math.sqrt(width))
        self.bias = nn.Parameter(torch.zeros((count - 1) * width))
        self.width, self.count = width, count

    def forward(self, values):
        none = self.bias.new_zeros(self.width)
        parts = [self.bias[:self.width], none, self.bias[self.width:]] if self.count == 3 else [none, self.bias]
        return F.linear(values, self.weight, torch.cat(parts))


def split_heads(values, heads):
    batch, length, width = values.shape
    return values.view(batch, length, heads, width // heads).transpose(1, 2)


def join_heads(values):
    batch, heads, length, width = values.shape
    return values.transpose(1, 2).reshape(batch, length, heads * width)


class Block(nn.Module):
    """One layer of the encoder, or with `cross` of the decoder."""

    def __init__(self, width, heads, cross):
        super().__init__()
        self.heads, self.cross = heads, cross
        self.self_norm = nn.LayerNorm(width)
        self.self_projections = Projections(width)
        self.self_out = nn.Linear(width, width)
        if cross:
            self.cross_norm = nn.LayerNorm(width)
            self.cross_query = nn.Linear(width, width)
            self.cross_projections = Projections(width, 2)
            self.cross_out = nn.Linear(width, width)
        self.mlp_norm = nn.LayerNorm(width)
        self.mlp_in = nn.Linear(width, 4 * width)
        self.mlp_out = nn.Linear(4 * width, width)

    def forward(self, values, audio=None, mask=None):
        """Returns the layer's output and its cross-attention weights, (batch, heads, tokens, positions) or None."""
        width = values.shape[-1]
        scale = (width // self.heads) ** -.5
        projected = self.self_projections(self.self_norm(values)).split(width, -1)
        query, key, value = (split_heads(part, self.heads) for part in projected)
        scores = (query * scale) @ key.transpose(-1, -2)
        if mask is not None:
            scores = scores + mask
        values = values + self.self_out(join_heads(scores.softmax(-1) @ value))
        attention = None
        if self.cross:
            query = split_heads(self.cross_query(self.cross_norm(values)), self.heads)
            key, value = (split_heads(part, self.heads) for part in self.cross_projections(audio).split(width, -1))
            attention = ((query * scale) @ key.transpose(-1, -2)).softmax(-1)
            values = values + self.cross_out(join_heads(attention @ value))
        return values + self.mlp_out(gelu(self.mlp_in(self.mlp_norm(values)))), attention
