#!/usr/bin/env python3
"""Trains one model for a while, or goes on with it.

The schedule (learning rate, difficulty, weights of the helpers) follows the wall clock between --from and --until, so
that a model is finished when its time is over, whatever the machine. `touch BUILD/work/NAME.stop` saves and ends.
With --workers 2, start it once with --worker 0 and once with --worker 1: they train one model together.
"""
import argparse
import copy
import math
import os
import random
import time

import numpy as np
import torch

import checkpoint
import tokenizer
from batches import collate, plan_batches
from corpus import Corpus
from greedy import greedy_errors
from excerpts import Difficulty
from network import Network, Weights
from vocabulary import Vocabulary

EXAMPLES_PER_PLAN = 512
SHORT_POSITIONS, SHORT_UNTIL = 600, .55
"""Longer batches wait until this share of the time is over."""
FINAL_RATE = .015
"""The learning rate falls along a cosine to this share."""
CLIP = 1.0
SAVE_EVERY_SECONDS = 120
LOG_EVERY_STEPS = 50


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('name', help='of the checkpoint BUILD/work/NAME.pt')
    parser.add_argument('--build', default='build')
    for option in ('width', 'heads', 'encoder-layers', 'decoder-layers'):
        parser.add_argument(f'--{option}', type=int, required=True)
    parser.add_argument('--rate', type=float, required=True, help='highest learning rate')
    parser.add_argument('--from', dest='begin', type=float, required=True, help='begin of the schedule, seconds of the epoch')
    parser.add_argument('--until', dest='end', type=float, required=True, help='end of the schedule')
    parser.add_argument('--budget', type=int, default=2600, help='encoder positions per batch and worker')
    parser.add_argument('--warm-up', type=int, default=300, help='steps of rising learning rate')
    parser.add_argument('--least-hardness', type=float, default=.1)
    parser.add_argument('--long-share', type=float, help='share of windows of four to nine sentences (default: rises)')
    parser.add_argument('--joined-share', type=float, help='share of windows of two or three sentences (default: rises)')
    parser.add_argument('--evaluate-every', type=float, default=420, help='seconds; 0 for never')
    parser.add_argument('--steps', type=int, help='end after so many steps, whatever the clock says')
    parser.add_argument('--workers', type=int, default=1)
    parser.add_argument('--worker', type=int, default=0)
    return parser.parse_args()


class Trainer:
    """The state of one training run."""

    def __init__(self, options):
        self.options = options
        self.work = os.path.join(options.build, 'work')
        self.path = os.path.join(self.work, options.name + '.pt')
        torch.set_num_threads(1)
        if options.workers > 1:
            torch.distributed.init_process_group(
                'gloo', init_method='file://' + os.path.abspath(os.path.join(self.work, options.name + '.meeting')),
                rank=options.worker, world_size=options.workers)
        self.vocabulary = Vocabulary(options.build)
        self.corpus = Corpus(os.path.join(options.build, 'speech'))
        self.texts = self.corpus.texts()
        self.rng = random.Random(int(time.time() * 1000) % 10 ** 8 + 17 * options.worker)
        torch.manual_seed(1)
        self.network = Network(
            width=options.width, heads=options.heads, encoder_layers=options.encoder_layers,
            decoder_layers=options.decoder_layers, vocabulary=self.vocabulary.size,
            phonemes=self.vocabulary.phoneme_count,
            unused_tokens=tokenizer.VOCABULARY_SIZE - self.vocabulary.size - tokenizer.TIMESTAMPS)
        self.parameters = list(self.network.parameters())
        named = list(self.network.named_parameters())
        decayed = [value for name, value in named if value.dim() > 1 and 'positions' not in name]
        others = [value for name, value in named if not (value.dim() > 1 and 'positions' not in name)]
        self.optimiser = torch.optim.AdamW(
            [{'params': decayed, 'weight_decay': .02}, {'params': others, 'weight_decay': 0}],
            options.rate, betas=(.9, .98), eps=1e-8)
        self.average = {name: value.detach().clone() for name, value in named}
        self.step = self.seen = 0
        if os.path.exists(self.path):
            self.step, self.seen = checkpoint.load(self.path, self.network, self.optimiser, self.average)
        self.first_step = self.step
        self.skipped = 0
        self.log(f'{options.name}: {sum(value.numel() for value in self.parameters) / 1e6:.2f} M parameters, '
                 f'{len(self.corpus)} utterances, {self.vocabulary.size} tokens, step {self.step}')

    def log(self, text):
        if self.options.worker == 0:
            print(time.strftime('%H:%M:%S'), text, flush=True)

    def progress(self):
        """Share of the schedule that is over, 0...1."""
        begin, end = self.options.begin, self.options.end
        return min(1, max(0, (time.time() - begin) / (end - begin)))

    def difficulty(self, progress):
        """Short clean utterances first."""
        hardness = min(1, max(self.options.least_hardness, (progress - .55) / .3))
        long, joined = self.options.long_share, self.options.joined_share
        return Difficulty(hardness, .01 + .09 * hardness if long is None else long,
                          .04 + .26 * hardness if joined is None else joined)

    def run(self):
        progress, finished = self.progress(), False
        sums, counted, saved, evaluated = np.zeros(5), 0, time.time(), time.time()
        while not finished:
            plan = plan_batches(self.corpus, self.vocabulary, self.rng, self.texts, self.difficulty(progress),
                                EXAMPLES_PER_PLAN, self.options.budget)
            for positions, examples in plan:
                if progress < SHORT_UNTIL and positions > SHORT_POSITIONS:
                    continue
                losses = self.differentiate(positions, examples, progress)
                progress, stop = self.agree()
                norm = torch.nn.utils.clip_grad_norm_(self.parameters, CLIP)
                if torch.isfinite(norm):
                    self.update(progress, len(examples))
                    sums += [float(losses.tokens), float(losses.attention), float(losses.phonemes), float(losses.words), float(norm)]
                    counted += 1
                else:
                    self.skipped += 1
                if counted == LOG_EVERY_STEPS:
                    names = ('tokens', 'attention', 'phonemes', 'words', 'gradient')
                    figures = ' '.join(f'{name} {value:.3f}' for name, value in zip(names, sums / counted))
                    self.log(f'step {self.step} seen {self.seen} time {progress:.3f} {figures} skipped {self.skipped}')
                    sums, counted = np.zeros(5), 0
                limit = self.options.steps
                finished = progress >= 1 or stop or (limit is not None and self.step - self.first_step >= limit)
                if finished:
                    break
            if time.time() - saved > SAVE_EVERY_SECONDS:
                self.save()
                saved = time.time()
            if 0 < self.options.evaluate_every < time.time() - evaluated:
                self.evaluate(40)
                evaluated = time.time()
        self.save()
        if self.options.evaluate_every > 0:
            self.evaluate(60)

    def differentiate(self, positions, examples, progress):
        """Gradients of one batch; the helpers count less as time goes by."""
        batch = collate(self.vocabulary, self.vocabulary.tokens.filters, positions, examples)
        weights = Weights(
            phonemes=.3 if progress < .6 else .15,
            attention=.3 if progress < .4 else .3 - .27 * min(1, (progress - .4) / .4),
            words=1.0 if progress < .6 else .3)
        with torch.autocast('cpu', torch.bfloat16):
            losses = self.network.losses(batch, weights)
        for parameter in self.parameters:
            parameter.grad = None
        losses.total.backward()
        return losses

    def agree(self):
        """Averages gradients and clock between the workers; returns the progress and whether to stop."""
        progress, stop = self.progress(), os.path.exists(os.path.join(self.work, self.options.name + '.stop'))
        if self.options.workers == 1:
            return progress, stop
        gradients = [torch.zeros_like(value) if value.grad is None else value.grad for value in self.parameters]
        flat = torch.cat([gradient.reshape(-1) for gradient in gradients] + [torch.tensor([progress, float(stop)])])
        torch.distributed.all_reduce(flat)
        flat /= self.options.workers
        offset = 0
        for value in self.parameters:
            value.grad = flat[offset:offset + value.numel()].view_as(value)
            offset += value.numel()
        return float(flat[-2]), float(flat[-1]) > 0

    def update(self, progress, count):
        """One step of the optimiser and of the running average of the weights."""
        warm = min(1, (self.step - self.first_step + 1) / self.options.warm_up)
        cosine = .5 * (1 + math.cos(math.pi * progress))
        for group in self.optimiser.param_groups:
            group['lr'] = self.options.rate * warm * (cosine * (1 - FINAL_RATE) + FINAL_RATE)
        self.optimiser.step()
        self.step += 1
        self.seen += count * self.options.workers
        keep = min(.9985, (1 + self.step) / (20 + self.step))
        with torch.no_grad():
            for name, value in self.network.named_parameters():
                self.average[name].mul_(keep).add_(value, alpha=1 - keep)

    def save(self):
        if self.options.worker == 0:
            checkpoint.save(self.path, self.network, self.optimiser, self.average, self.step, self.seen)

    def evaluate(self, count):
        """Word error rate of the averaged weights on `count` held-out sentences, by seen and by unseen voices."""
        if self.options.worker != 0:
            return
        averaged = copy.deepcopy(self.network)
        averaged.load_state_dict(self.average, strict=False)
        rates = greedy_errors(averaged.eval(), self.vocabulary, count)
        self.log('word error rate: ' + ', '.join(f'{voices} {rate:.1f} %' for voices, rate in rates.items()))


if __name__ == '__main__':
    Trainer(parse_arguments()).run()
