"""Joining cards in several codes: any order, repeats, other cards between, wrong parts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from checkpoint_app.codes import ChunkJoiner, read

from .makers import card, card_payload
from .vectors import TODAY, trust_at


def cut(text: str, parts: int) -> list[str]:
    digits = text.removeprefix("shc:/")
    size = -(-len(digits) // parts // 2) * 2
    pieces = [digits[at : at + size] for at in range(0, len(digits), size)]
    return [f"shc:/{number}/{parts}/{piece}" for number, piece in enumerate(pieces, 1)]


FIRST, SECOND = card(), card(card_payload(exp=TODAY.timestamp()))
A1, A2, A3 = cut(FIRST, 3)
B1, B2, B3 = cut(SECOND, 3)


@pytest.mark.parametrize(
    ("shown", "whole"),
    [
        ([A1, A2, A3], FIRST),
        ([A3, A1, A2], FIRST),
        ([A1, A1, A2, A2, A3], FIRST),
        ([A1, "HC1:other", A2, A3], FIRST),
        ([A1, A2, A3, A2], FIRST),
        ([A1, A2, A3, B3, B2, B1], SECOND),
        ([A1, B1, B2, B3], SECOND),
        ([A2, B1, B2, B3], SECOND),
        ([A1, A2, B1, B2, B3], SECOND),
        ([A1, A3, B1, B2, B3], SECOND),
        ([A3, B1, B2, A1, A2], None),
        ([*cut(SECOND, 2)[:1], A1, A2, A3], FIRST),
        ([A1.replace("shc", "SHC"), " " + A2, A3 + "\n"], FIRST),
        ([A1, A2], None),
    ],
)
def test_parts_join(shown: list[str], whole: str | None) -> None:
    joiner = ChunkJoiner()
    assert [joiner.join(text, TODAY).text for text in shown][-1] == whole


def test_what_is_there_is_counted() -> None:
    joiner = ChunkJoiner()
    counted = [(each.have, each.of) for each in map(joiner.join, (A2, A2, A1, A3))]
    assert counted == [(1, 3), (1, 3), (2, 3), (3, 3)]


def test_parts_shown_long_ago_are_forgotten() -> None:
    joiner = ChunkJoiner()
    joiner.join(A1, TODAY)
    joiner.join(A2, TODAY + timedelta(seconds=90))
    later = joiner.join(A3, TODAY + timedelta(seconds=211))
    assert (later.text, later.have) == (None, 1)


@pytest.mark.parametrize("head", ["shc:/0/2/", "shc:/3/2/", "shc:/1/17/", "shc:/0/0/"])
def test_impossible_parts_are_refused(head: str) -> None:
    found = ChunkJoiner().join(head + "5676", TODAY)
    assert found.refused is not None
    assert found.text == head + "5676"


@pytest.mark.parametrize(
    "text", ["", "shc:/", "shc:/1/1/56", "shc:/1/2", "x" * 10_000_000, "\ud800"]
)
def test_other_texts_pass_through(text: str) -> None:
    assert ChunkJoiner().join(text, TODAY).text == text


def test_a_corrupt_card_is_answered_all_the_same() -> None:
    joiner = ChunkJoiner()
    shown = [joiner.join(part, TODAY) for part in cut(FIRST[:-2] + "99", 3)]
    assert shown[-1].text is not None
    assert read(shown[-1].text, trust_at(TODAY), TODAY).authenticity == "malformed"
