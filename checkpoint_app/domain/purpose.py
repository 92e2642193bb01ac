"""Purposes of a journey that have rules of their own: what saves lives, and freight.

A purpose is kept as it was typed; here stands only which of the two it means, if any. The words are
the policy's.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from checkpoint_app.domain.person import narrow, plain_text
from checkpoint_app.domain.site import SitePolicy


class Purpose(StrEnum):
    """What the rules tell apart."""

    EMERGENCY = "emergency"  # 先行后补
    FREIGHT = "freight"  # 货运


def purpose_of(text: str | None, policy: SitePolicy) -> Purpose | None:
    """Which of the purposes a text means; None for everything else, and for what denies it."""
    said = plain_text(narrow(text or "")).strip().lower().replace(" ", "_").replace("-", "_")
    if not said:
        return None
    for purpose, words in (
        (Purpose.EMERGENCY, policy.pass_at_once),
        (Purpose.FREIGHT, policy.freight),
    ):
        if said == purpose or _means(said, words):
            return purpose
    return None


def _means(said: str, words: Iterable[str]) -> bool:
    """A word of letters must be all that was said; a Chinese one may stand within it, undenied."""
    denied = said[:1] in ("非", "不")
    return any(
        said == word or (not word.isascii() and word in said and not denied) for word in words
    )
