"""Purposes of a journey that have rules of their own: what saves lives, and freight.

A purpose is kept as it was typed; here stands only which of the two it means, if any.
"""

from __future__ import annotations

from enum import StrEnum

from checkpoint_app.domain.person import narrow, plain_text


class Purpose(StrEnum):
    """What the rules tell apart."""

    EMERGENCY = "emergency"  # 先行后补
    FREIGHT = "freight"  # 货运


_WORDS = {
    Purpose.EMERGENCY: frozenset({
        "emergency", "ambulance", "fire", "fire_engine", "police", "police_on_duty", "rescue",
        "childbirth", "birth", "labour", "labor", "dialysis", "medical_emergency",
    }),
    Purpose.FREIGHT: frozenset({
        "freight", "goods", "cargo", "haulage", "truck", "delivery", "logistics",
    }),
}  # fmt: skip
_CHINESE = {
    Purpose.EMERGENCY: (
        "急救", "急诊", "急症", "救护", "抢救", "消防", "火警", "出警", "执行公务", "抢险",
        "分娩", "临产", "待产", "透析", "血透",
    ),
    Purpose.FREIGHT: ("货运", "运货", "送货", "货车", "物流", "货物运输", "拉货", "配送"),
}  # fmt: skip


def purpose_of(text: str | None) -> Purpose | None:
    """Which of the purposes a text means; None for everything else, and for what denies it."""
    said = plain_text(narrow(text or "")).strip().lower().replace(" ", "_").replace("-", "_")
    for purpose in Purpose:
        if said in _WORDS[purpose]:
            return purpose
        if any(word in said for word in _CHINESE[purpose]) and said[:1] not in ("非", "不"):
            return purpose
    return None
