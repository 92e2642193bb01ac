"""Long reading of the store in short steps, so that a save never waits for more than one of them.

Work is a generator: what stands between two `yield`s is one job, a hundred records or so. What it
returns is its result.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")
Steps = Generator[None, None, T]


def at_once(steps: Steps[T]) -> T:
    """All steps without a pause: where nobody else needs the store."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
