"""What every use case of the gate shares: how a refusal is told."""

from __future__ import annotations

from collections.abc import Callable

Refused = Callable[[str], None]


def silent(sentence: str) -> None:
    """Nobody wants to hear why not."""
