from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from checkpoint_app.domain.credential import Colour, NatResult
from checkpoint_app.domain.page import (
    Page,
    PageKind,
    ShownCity,
    ShownTest,
    ShownVaccination,
    as_object,
)
from checkpoint_app.domain.page_findings import ClockWatch, findings
from checkpoint_app.domain.person import Person
from checkpoint_app.domain.reasons import Code

NOW = datetime.fromisoformat("2022-07-08T11:11:39")
CODE = Page(PageKind.HEALTH_CODE, clock=NOW, clock_ticks=True)
CARD = Page(PageKind.ITINERARY_CARD, clock=NOW)


def changed(page: Page, **fields: object) -> Page:
    return replace(page, **fields)


def test_an_empty_page_has_every_key() -> None:
    assert as_object(Page(PageKind.HEALTH_CODE)) == {
        "kind": "health_code",
        "issuer": None,
        "colour": "unknown",
        "colour_word": None,
        "name": None,
        "id_number": None,
        "phone": None,
        "clock": None,
        "nat": None,
        "vaccination": None,
        "cities": [],
        "findings": [],
        "uncertain": [],
    }


def test_a_full_page_is_plain_json() -> None:
    page = changed(
        CODE,
        test=ShownTest(NatResult.NEGATIVE, 24, datetime.fromisoformat("2022-07-08T03:20:00")),
        vaccination=ShownVaccination(3, True, at=date(2021, 10, 23)),
        cities=(ShownCity("上海市", True, "310000"),),
        findings=(Code.CLOCK_OFF,),
        uncertain=frozenset({"phone", "clock"}),
    )
    told = json.loads(json.dumps(as_object(page)))
    assert told["clock"] == "2022-07-08T11:11:39"
    assert told["nat"] == {"result": "negative", "within_hours": 24, "at": "2022-07-08T03:20:00"}
    assert told["vaccination"] == {"doses": 3, "complete": True, "at": "2021-10-23"}
    assert told["cities"] == [{"name": "上海市", "starred": True}]
    assert told["findings"] == ["clock_off"]
    assert told["uncertain"] == ["clock", "phone"]


@pytest.mark.parametrize(
    ("page", "others", "found"),
    [
        (CODE, {}, ()),
        (changed(CODE, clock=NOW - timedelta(minutes=2)), {}, ()),
        (changed(CODE, clock=NOW - timedelta(seconds=121)), {}, (Code.CLOCK_OFF,)),
        (changed(CODE, clock=NOW + timedelta(hours=1)), {}, (Code.CLOCK_OFF,)),
        (
            changed(CODE, colour=Colour.RED, colour_told=Colour.GREEN),
            {},
            (Code.COLOUR_WORD_DIFFERS,),
        ),
        (changed(CODE, colour=Colour.UNKNOWN, colour_told=Colour.GREEN), {}, ()),
        (
            changed(CARD, phone="150****3634"),
            {"other": changed(CODE, phone="138****8888")},
            (Code.PHONES_DIFFER,),
        ),
        (changed(CARD, phone="150****3634"), {"other": changed(CODE, phone="15012343634")}, ()),
        (changed(CODE, name="王*明"), {"person": Person("王小明")}, ()),
        (changed(CODE, name="王*明"), {"person": Person("李小明")}, (Code.HOLDER_MISMATCH,)),
        (
            changed(CODE, id_number="37**************17"),
            {"person": Person(id_number="370105199003074417")},
            (),
        ),
        (
            changed(CODE, id_number="37**************18"),
            {"person": Person(id_number="370105199003074417")},
            (Code.HOLDER_MISMATCH,),
        ),
        (
            changed(CODE, id_number="37**************18", uncertain=frozenset({"id_number"})),
            {"person": Person(id_number="370105199003074417")},
            (),
        ),
        (changed(CODE, name="王*明"), {"earlier": changed(CODE, name="*小明")}, ()),
        (
            changed(CODE, name="王*明"),
            {"earlier": changed(CODE, name="李*国")},
            (Code.NAME_DIFFERS,),
        ),
    ],
)
def test_findings(page: Page, others: dict[str, object], found: tuple[Code, ...]) -> None:
    assert findings(page, NOW, **others) == found


def watched(*steps: tuple[float, float]) -> ClockWatch:
    """Readings at (desk second, page second)."""
    watch = ClockWatch()
    for at, shown in steps:
        page = changed(CODE, clock=NOW + timedelta(seconds=shown))
        watch = watch.after(page, NOW + timedelta(seconds=at))
    return watch


@pytest.mark.parametrize(
    ("steps", "moves"),
    [
        (((0, 0),), None),
        (((0, 0), (1, 1)), True),
        (((0, 0), (2, 0)), None),
        (((0, 0), (2, 0), (4, 0)), False),
        (((0, 0), (2, 2), (5, 5), (8, 8)), True),
        (((0, 0), (2, 2), (4, 2), (7, 2)), False),
        (((0, 0), (2, -50)), None),
        (((0, 0), (60, 0)), None),
    ],
)
def test_a_clock_must_move(steps: tuple[tuple[float, float], ...], moves: bool | None) -> None:
    watch = watched(*steps)
    assert watch.moves is moves
    assert watch.findings == ((Code.CLOCK_FROZEN,) if moves is False else ())


def test_a_card_and_an_uncertain_clock_are_not_watched() -> None:
    doubtful = changed(CODE, uncertain=frozenset({"clock"}))
    for page in (CARD, doubtful, changed(CODE, clock=None)):
        assert ClockWatch().after(page, NOW).moves is None
        assert ClockWatch().after(page, NOW) == ClockWatch()
