"""Whom a child follows: one rule, for typed parties and for the vehicles at the gate."""

from __future__ import annotations

import pytest

from checkpoint_app.domain.party import guardian_of


@pytest.mark.parametrize(
    ("child", "grown", "whom"),
    [
        (2, [1], 1),
        (1, [2], 2),  # nobody before it: the first one after
        (3, [1, 2, 4], 2),  # the one before it, not the strictest of all
        (3, [4, 1], 1),
        (1, [5, 3], 3),
        (45, [1, 44], 44),
        (1, [], None),
    ],
)
def test_a_child_follows_the_grown_up_before_it(
    child: int, grown: list[int], whom: int | None
) -> None:
    assert guardian_of(child, grown) == whom
