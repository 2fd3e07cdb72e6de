"""Streams of random numbers, one for each purpose: numpy's in batches where there is numpy, else Python's own."""

from math import exp, log, sqrt
from random import Random

try:
    import numpy
except ImportError:
    numpy = None

BATCH = 4096


def uniform(seed, name):
    if numpy:
        return one_by_one(generator(seed, name).random)
    return stream(seed, name).random


def exponential(seed, name, mean):
    if numpy:
        rng = generator(seed, name)
        return one_by_one(lambda size: rng.exponential(mean, size))
    draw, rate = stream(seed, name).expovariate, 1 / mean
    return lambda: draw(rate)


def lognormal(seed, name, mean, cv):
    """By the mean and the coefficient of variation."""
    variance = log(1 + cv * cv)
    mu, sigma = log(mean) - variance / 2, sqrt(variance)
    if numpy:
        rng = generator(seed, name)
        return one_by_one(lambda size: rng.lognormal(mu, sigma, size))
    # Faster than lognormvariate.
    draw = stream(seed, name).gauss
    return lambda: exp(draw(mu, sigma))


def stream(seed, name):
    return Random(f"{seed} {name}")


def generator(seed, name):
    return numpy.random.default_rng([seed, *name.encode()])


def one_by_one(draw):
    """A function that hands out singly what `draw` makes by the batch."""

    def values():
        while True:
            yield from draw(BATCH).tolist()

    return values().__next__
