"""A pass as it is drawn: plain values, whoever draws it."""

from __future__ import annotations

from dataclasses import dataclass

from checkpoint_app.domain.document import Paper

LABEL = Paper(62, 40)  # the usual roll of a label printer


@dataclass(frozen=True, slots=True)
class Badge:
    """One pass: whose, of what site, until when; `code` is what its QR code says."""

    site: str
    heading: str  # Pass, Visitor
    name: str
    lines: tuple[str, ...]  # unit, role and number; whom they visit
    until: str
    code: str
    photo: bytes | None = None
