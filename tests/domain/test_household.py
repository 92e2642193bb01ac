"""What a roster's column of people living together says, and who of a roster shares a home."""

from __future__ import annotations

import pytest

from checkpoint_app.domain.household import Kin, kin_of, live_together
from checkpoint_app.domain.list_entries import RosterEntry

NUMBER = "410102199003078432"


@pytest.mark.parametrize(
    ("text", "kin"),
    [
        (None, ()),
        ("", ()),
        ("无", ()),
        ("王强", (Kin("王强"),)),
        ("王强、李芳", (Kin("王强"), Kin("李芳"))),
        ("父亲 王强 13800138000；母亲李芳", (Kin("王强", None, "13800138000"), Kin("李芳"))),
        ("王强（父）１３８００１３８０００", (Kin("王强", None, "13800138000"),)),
        (f"奶奶:张桂兰 {NUMBER[:17]}x", (Kin("张桂兰", NUMBER[:17] + "X"),)),
        ("13800138000", (Kin(None, None, "13800138000"),)),
        ("共 3 人", ()),
        ("王强," * 100, (Kin("王强"),) * 12),
        ("买买提·艾力", (Kin("买买提·艾力"),)),
    ],
)
def test_a_household_as_it_is_written(text: str | None, kin: tuple[Kin, ...]) -> None:
    assert kin_of(text) == kin


MING = RosterEntry(name="王小明", household="王强", residence="文化路 3 号")


@pytest.mark.parametrize(
    ("other", "together"),
    [
        (RosterEntry(name="王强", residence="文化路3号"), True),
        (RosterEntry(name="王强", residence="人民路 9 号"), False),
        (RosterEntry(name="王强", household="王小明、李芳"), True),
        (RosterEntry(name="王强", household="王强"), True),
        (RosterEntry(name="王强"), False),
        (MING, False),
    ],
)
def test_who_shares_a_home(other: RosterEntry, together: bool) -> None:
    assert live_together(MING, other) is together
