"""One measured figure, with what was asked for and a bare peer's figure of the same run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`asked` is a short text such as "≤ 33 ms"; `met` None where nothing was asked."""

    area: str
    name: str
    value: float
    unit: str
    asked: str = ""
    met: bool | None = None
    peer: str = ""  # who the peer is
    peer_value: float | None = None
    note: str = ""
