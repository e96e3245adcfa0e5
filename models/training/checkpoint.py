"""Checkpoints: the network's shape, its weights, their running average, and the optimiser."""
import os

import torch

from network import Network


def save(path, network, optimiser, average, step, seen):
    """Writes the checkpoint in one step, so that one that is being read is always whole."""
    content = {'shape': network.shape, 'weights': network.state_dict(), 'optimiser': optimiser.state_dict(),
               'average': average, 'step': step, 'seen': seen}
    torch.save(content, path + '.tmp')
    os.rename(path + '.tmp', path)


def load(path, network, optimiser, average):
    """Fills network, optimiser and average; returns the steps made and the examples seen."""
    content = torch.load(path, map_location='cpu')
    network.load_state_dict(content['weights'])
    optimiser.load_state_dict(content['optimiser'])
    for name, value in content['average'].items():
        average[name].copy_(value)
    return content['step'], content['seen']


def load_averaged(path):
    """The network with the averaged weights, and the steps made."""
    content = torch.load(path, map_location='cpu')
    network = Network(**content['shape'])
    network.load_state_dict(content['weights'])
    network.load_state_dict(content['average'], strict=False)
    return network, content['step']
