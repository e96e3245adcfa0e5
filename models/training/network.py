"""Whisper's architecture in PyTorch, in the form in which it is trained.

Only the token rows that are used exist; time stamps are a projection of sinusoids. Three helpers that the exported
model does not have make training on little data quick: phonemes from the encoder (CTC), word identity from encoder
positions, and guided cross-attention.
"""
import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from layers import Block, gelu, sinusoids
from tokenizer import TIMESTAMPS

MAX_POSITIONS, MAX_TOKENS = 1500, 256
NOT_ALLOWED = -1e9


class Losses(NamedTuple):
    """The sum to minimise, and its parts for the log."""
    total: torch.Tensor
    tokens: torch.Tensor
    attention: torch.Tensor
    phonemes: torch.Tensor
    words: torch.Tensor


class Weights(NamedTuple):
    """How much each helper counts."""
    phonemes: float
    attention: float
    words: float


class Network(nn.Module):
    """`shape`: width, heads, encoder_layers, decoder_layers, vocabulary (used tokens), phonemes, unused_tokens."""

    def __init__(self, **shape):
        super().__init__()
        self.shape = shape
        width, heads = shape['width'], shape['heads']
        self.conv1 = nn.Conv1d(80, width, 3, padding=1)
        self.conv2 = nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.register_buffer('audio_positions', sinusoids(MAX_POSITIONS, width), persistent=False)
        self.encoder = nn.ModuleList([Block(width, heads, False) for _ in range(shape['encoder_layers'])])
        self.encoder_norm = nn.LayerNorm(width)
        self.to_phonemes = nn.Linear(width, shape['phonemes'])
        self.to_words = nn.Linear(width, width)
        self.embedding = nn.Parameter(torch.randn(shape['vocabulary'], width) * .05)
        self.register_buffer('timestamp_basis', sinusoids(TIMESTAMPS, width) * .1, persistent=False)
        self.timestamp_projection = nn.Parameter(torch.eye(width) * .5 + torch.randn(width, width) * .02)
        self.text_positions = nn.Parameter(sinusoids(MAX_TOKENS, width) * .1)
        self.decoder = nn.ModuleList([Block(width, heads, True) for _ in range(shape['decoder_layers'])])
        self.decoder_norm = nn.LayerNorm(width)
        # Rows of unused tokens are zero in the exported model: each gives the logit 0.
        self.log_unused = math.log(shape['unused_tokens'])
        for block in list(self.encoder) + list(self.decoder):
            for layer in (block.self_out, block.mlp_out) + ((block.cross_out,) if block.cross else ()):
                layer.weight.data.mul_(.5)

    def encode(self, mel):
        """(batch, 80, 2N) -> (batch, N, width)"""
        values = gelu(self.conv1(mel))
        values = gelu(self.conv2(values)).transpose(1, 2).contiguous()
        values = values + self.audio_positions[:values.shape[1]]
        for block in self.encoder:
            values, _ = block(values)
        return self.encoder_norm(values)

    def token_table(self):
        """Embeddings of the used tokens and the time stamps."""
        return torch.cat([self.embedding, self.timestamp_basis @ self.timestamp_projection])

    def decode(self, inputs, audio, table=None, scored=None):
        """Logits, and the cross-attention of each layer. With the mask `scored`, logits of those positions only."""
        table = self.token_table() if table is None else table
        length = inputs.shape[1]
        padded = torch.cat([table, table.new_zeros(1, table.shape[1])])
        values = F.embedding(inputs, padded) + self.text_positions[:length]
        mask = torch.full((length, length), NOT_ALLOWED).triu_(1)
        attentions = []
        for block in self.decoder:
            values, attention = block(values, audio, mask)
            attentions.append(attention)
        if scored is not None:
            values = values[scored]
        return F.linear(self.decoder_norm(values), table), attentions

    def losses(self, batch, weights):
        """All losses of a `batches.Batch`."""
        labels, mask = torch.from_numpy(batch.labels), torch.from_numpy(batch.attention)
        audio = self.encode(torch.from_numpy(batch.mel))
        scored = labels >= 0
        logits, attentions = self.decode(torch.from_numpy(batch.inputs), audio, self.token_table(), scored)
        tokens = self._token_loss(logits.float(), labels[scored])
        total = tokens
        attention = phonemes = words = torch.zeros(())
        if weights.attention > 0 and mask.any():
            attention = _attention_loss(attentions, mask)
            total = total + weights.attention * attention
        if weights.phonemes > 0:
            phonemes = self._phoneme_loss(audio, batch.phonemes)
            total = total + weights.phonemes * phonemes
        if weights.words > 0:
            words = self._word_loss(audio, torch.from_numpy(batch.frames))
            total = total + weights.words * words
        return Losses(total, tokens.detach(), attention.detach(), phonemes.detach(), words.detach())

    def _token_loss(self, logits, labels):
        """Cross-entropy; a time stamp other than 0.00 may be off by one step."""
        normaliser = torch.logaddexp(logits.logsumexp(-1), torch.tensor(self.log_unused))
        last = logits.shape[-1] - 1

        def at(index):
            return logits.gather(-1, index[:, None])[:, 0]

        smoothed = .5 * at(labels) + .25 * at((labels - 1).clamp(min=0)) + .25 * at((labels + 1).clamp(max=last))
        wanted = torch.where(labels > self.shape['vocabulary'], smoothed, at(labels))
        return (normaliser - wanted).mean()

    def _phoneme_loss(self, audio, phonemes):
        """CTC: the encoder alone must hear the phonemes."""
        logits = self.to_phonemes(audio).float().log_softmax(-1).transpose(0, 1)
        lengths = torch.tensor([len(spelled) for spelled in phonemes])
        targets = torch.tensor([phoneme for spelled in phonemes for phoneme in spelled])
        positions = torch.full((len(phonemes),), logits.shape[0])
        loss = F.ctc_loss(logits, targets, positions, lengths, blank=0, reduction='none', zero_infinity=True)
        return loss.sum() / max(1, int(lengths.sum()))

    def _word_loss(self, audio, frames):
        """An encoder position inside a word must name the word's token."""
        named = F.linear(self.to_words(audio[frames[:, 0], frames[:, 1]]), self.embedding)
        return F.cross_entropy(named.float(), frames[:, 2])


def _attention_loss(attentions, mask):
    """One head of each layer but the first must look at the word that is being written."""
    guided = attentions if len(attentions) == 1 else attentions[1:]
    rows = mask.any(-1)
    total = 0
    for attention in guided:
        inside = (attention[:, 0].float() * mask).sum(-1)
        total = total - (torch.log(inside + 1e-4) * rows).sum() / rows.sum()
    return total / len(guided)
