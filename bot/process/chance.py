"""Chance, which spreads retries and polls so that they don't come all at once. It keeps no secret."""

import random


def jitter() -> float:
    """Return a number between -1 and 1."""
    return random.uniform(-1, 1)  # noqa: S311 - nothing depends on its not being guessed
