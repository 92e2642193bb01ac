"""What is typed in a hurry about a journey, as it is understood."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.travel import Transport, kept_moment, read_transport, tidy_moment

TODAY = date(2022, 3, 14)


@pytest.mark.parametrize(
    ("typed", "means", "number"),
    [
        ("高铁 G1234", Transport.TRAIN, "G1234"),
        ("g1234", Transport.TRAIN, "G1234"),
        ("K9", Transport.TRAIN, "K9"),
        ("CZ3412", Transport.FLIGHT, "CZ3412"),
        ("3U8633", Transport.FLIGHT, "3U8633"),
        ("飞机，CA1234", Transport.FLIGHT, "CA1234"),
        ("自驾", Transport.CAR, ""),
        ("长途汽车 湘A12345", Transport.COACH, "湘A12345"),
        ("网约车", Transport.TAXI, ""),
        ("搭老乡的三轮", None, "搭老乡的三轮"),
        ("", None, ""),
        (None, None, ""),
    ],
)
def test_means_and_number(typed: str | None, means: Transport | None, number: str) -> None:
    found = read_transport(typed)
    assert (found.means, found.number) == (means, number)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("3-12", "2022-03-12"),
        ("3月12日18时", "2022-03-12 18:00"),
        ("03-12 18:05", "2022-03-12 18:05"),
        ("12-30", "2021-12-30"),
        ("2022.3.1", "2022-03-01"),
        ("昨天", "2022-03-13"),
        ("昨天 8点30", "2022-03-13 08:30"),
        ("Today 07:00", "2022-03-14 07:00"),
        ("2-30", "2-30"),
        ("昨天 31点", "昨天 31点"),
        ("大概上周", "大概上周"),
        ("", ""),
    ],
)
def test_a_moment_is_kept_or_stays_as_typed(typed: str, kept: str) -> None:
    assert tidy_moment(typed, TODAY) == kept
    assert tidy_moment(kept, TODAY) == kept


@given(st.text(max_size=40))
def test_no_text_breaks_them(text: str) -> None:
    read_transport(text)
    kept_moment(tidy_moment(text, TODAY))
