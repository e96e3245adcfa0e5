#!/usr/bin/env python3
"""Writes a checkpoint's averaged weights as a ggml Whisper file in f16, for `whisper-quantize`.

    export.py BUILD NAME OUT.bin
"""
import argparse
import json
import os
import struct

import numpy as np
import torch

import tokenizer
from checkpoint import load_averaged
from layers import sinusoids
from network import MAX_POSITIONS

TEXT_CONTEXT = 448
MELS = 80
F32, F16 = 0, 1


class GgmlWriter:
    """Writes the tensors of a ggml file in whisper.cpp's legacy format."""

    def __init__(self, file):
        self.file = file

    def tensor(self, name, values, half):
        """One tensor, of 16-bit floats or else of 32-bit ones; dimensions are written innermost first."""
        array = values.detach().numpy() if torch.is_tensor(values) else values
        encoded = name.encode()
        self.file.write(struct.pack('<3i', array.ndim, len(encoded), F16 if half else F32))
        for size in reversed(array.shape):
            self.file.write(struct.pack('<i', size))
        self.file.write(encoded)
        self.file.write(np.ascontiguousarray(array).astype(np.float16 if half else np.float32).tobytes())

    def linear(self, name, weight, bias=None):
        self.tensor(name + '.weight', weight, True)
        if bias is not None:
            self.tensor(name + '.bias', bias, False)

    def norm(self, name, layer):
        self.tensor(name + '.weight', layer.weight, False)
        self.tensor(name + '.bias', layer.bias, False)

    def block(self, name, block, width):
        """A layer of the encoder or the decoder."""
        weight, bias = block.self_projections.weight, block.self_projections.bias
        self.norm(name + '.attn_ln', block.self_norm)
        self.linear(name + '.attn.query', weight[:width], bias[:width])
        self.linear(name + '.attn.key', weight[width:2 * width])
        self.linear(name + '.attn.value', weight[2 * width:], bias[width:])
        self.linear(name + '.attn.out', block.self_out.weight, block.self_out.bias)
        if block.cross:
            weight, bias = block.cross_projections.weight, block.cross_projections.bias
            self.norm(name + '.cross_attn_ln', block.cross_norm)
            self.linear(name + '.cross_attn.query', block.cross_query.weight, block.cross_query.bias)
            self.linear(name + '.cross_attn.key', weight[:width])
            self.linear(name + '.cross_attn.value', weight[width:], bias)
            self.linear(name + '.cross_attn.out', block.cross_out.weight, block.cross_out.bias)
        self.norm(name + '.mlp_ln', block.mlp_norm)
        self.linear(name + '.mlp.0', block.mlp_in.weight, block.mlp_in.bias)
        self.linear(name + '.mlp.2', block.mlp_out.weight, block.mlp_out.bias)


def write_model(file, network, tokens, ids):
    """Header and tensors. Rows of tokens that were not trained are zero."""
    shape = network.shape
    width, heads = shape['width'], shape['heads']
    file.write(struct.pack('<12i', tokens.magic, tokenizer.VOCABULARY_SIZE, MAX_POSITIONS, width, heads,
                           shape['encoder_layers'], TEXT_CONTEXT, width, heads, shape['decoder_layers'], MELS, F16))
    file.write(tokens.raw)
    writer = GgmlWriter(file)
    writer.tensor('encoder.positional_embedding', sinusoids(MAX_POSITIONS, width), False)
    for name, layer in (('encoder.conv1', network.conv1), ('encoder.conv2', network.conv2)):
        writer.tensor(name + '.weight', layer.weight, True)
        writer.tensor(name + '.bias', layer.bias[:, None], False)
    for i, block in enumerate(network.encoder):
        writer.block(f'encoder.blocks.{i}', block, width)
    writer.norm('encoder.ln_post', network.encoder_norm)
    positions = np.zeros((TEXT_CONTEXT, width), np.float32)
    positions[:network.text_positions.shape[0]] = network.text_positions.detach().numpy()
    writer.tensor('decoder.positional_embedding', positions, False)
    table = network.token_table().detach().numpy()
    embedding = np.zeros((tokenizer.VOCABULARY_SIZE, width), np.float32)
    embedding[ids] = table[:len(ids)]
    embedding[tokenizer.FIRST_TIMESTAMP:] = table[len(ids):]
    writer.tensor('decoder.token_embedding.weight', embedding, True)
    for i, block in enumerate(network.decoder):
        writer.block(f'decoder.blocks.{i}', block, width)
    writer.norm('decoder.ln', network.decoder_norm)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('build')
    parser.add_argument('name')
    parser.add_argument('out')
    arguments = parser.parse_args()
    network, step = load_averaged(os.path.join(arguments.build, 'work', arguments.name + '.pt'))
    with open(os.path.join(arguments.build, 'work', 'vocabulary.json'), encoding='utf-8') as file:
        ids = json.load(file)
    with open(arguments.out, 'wb') as file:
        write_model(file, network, tokenizer.load_tokenizer(arguments.build), ids)
    print(f'{arguments.out}: {os.path.getsize(arguments.out)} bytes, step {step}')


if __name__ == '__main__':
    main()
