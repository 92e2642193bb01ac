"""How lines are broken, with every character one wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.registers.wrap import wrap


def count(text: str) -> float:
    return float(len(text))


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 5, [""]),
        ("王建国", 5, ["王建国"]),
        ("上海市浦东新区", 4, ["上海市浦", "东新区"]),
        ("虹桥路 Block 12", 8, ["虹桥路", "Block 12"]),
        ("433123199003071234", 10, ["433123199", "003071234"]),
        ("上海市，杭州市", 3, ["上海", "市，杭", "州市"]),
        ("湘U·A1234 粤B·D12345", 9, ["湘U·A1234", "粤B·D12345"]),
        ("湘U·A1234", 5, ["湘U·", "A1234"]),
        ("Müller-Lüdenscheidt, Karl", 18, ["Müller-", "Lüdenscheidt, Karl"]),
        ("一\n二", 5, ["一", "二"]),
        ("甲乙", 0.5, ["甲", "乙"]),
    ],
)
def test_lines(text: str, room: float, lines: list[str]) -> None:
    assert wrap(text, room, count) == lines


@given(st.text(max_size=200), st.floats(1, 50))
def test_nothing_is_lost_and_nothing_is_wider_than_the_room(text: str, room: float) -> None:
    lines = wrap(text, room, count)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(count(line) <= room for line in lines)
