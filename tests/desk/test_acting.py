"""What the person signed in is trusted with, refused in the office and not only in the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app.desk.acting import right_for
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.office import Office
from checkpoint_app.domain.roles import Right
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Operator, Station, Verification
from tests.desk.conftest import START

REFUSED = "This is for the officer in charge"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Station.open(tmp_path, now=START) as station:
        yield Office(Database(station), lambda: START, translator("en"), Settings(language="en"))


def staff(office: Office, *roles: str) -> list[Operator]:
    store = office.database.station
    return [store.add_operator(f"{role} {n}", "1234", role) for n, role in enumerate(roles)]


def not_done(_: object) -> None:
    pytest.fail("it was done")


def enter(office: Office, operator: Operator) -> None:
    office.acting.enter(operator)
    office.operators(lambda people: None, pytest.fail)


def test_nobody_signed_in_is_a_fresh_station_or_a_command(office: Office) -> None:
    said: list[str] = []
    office.add_operator("Li Na", "1234", "lead", lambda one: None, said.append)
    assert office.take_settings(replace(office.settings, site_name="East gate"), said.append)
    assert said == []


def test_an_operator_adds_nobody_and_changes_no_rule(office: Office) -> None:
    _, operator = staff(office, "lead", "operator")
    enter(office, operator)
    said: list[str] = []
    office.add_operator("Li Na", "1234", "operator", not_done, said.append)
    office.retire(operator, False, not_done, said.append)
    office.change_role(operator, "lead", not_done, said.append)
    office.import_trust([], not_done, said.append)
    office.protect("a long passphrase", not_done, said.append)
    before = office.settings
    assert not office.take_settings(replace(before, fever_threshold_c=38.0), said.append)
    assert office.settings == before
    assert said == [REFUSED] * 6


def test_an_operator_mends_what_is_plugged_in(office: Office) -> None:
    _, operator = staff(office, "lead", "operator")
    enter(office, operator)
    mended = replace(office.settings, camera="1", theme="dark", printer="P", voice=True)
    assert office.take_settings(mended, pytest.fail)
    assert office.settings == mended


def test_ones_own_pin_is_ones_own(office: Office) -> None:
    lead, operator = staff(office, "lead", "operator")
    enter(office, operator)
    done: list[None] = []
    office.change_pin(operator, "8642", done.append, pytest.fail)
    assert done == [None]
    said: list[str] = []
    office.change_pin(lead, "8642", not_done, said.append)
    assert said == [REFUSED]


def test_a_supervisor_sets_what_the_signals_look_for(office: Office) -> None:
    _, supervisor = staff(office, "lead", "supervisor")
    enter(office, supervisor)
    assert office.take_settings(replace(office.settings, signal_pace=20), pytest.fail)
    said: list[str] = []
    assert not office.take_settings(
        replace(office.settings, signal_pace=15, site_name="X"), said.append
    )
    assert said == [REFUSED]


def test_a_station_of_operators_only_is_not_locked_out(office: Office) -> None:
    one, other = staff(office, "operator", "operator")
    enter(office, one)
    done: list[None] = []
    office.change_role(other, "lead", done.append, pytest.fail)
    assert done == [None]
    office.operators(lambda people: None, pytest.fail)
    assert not office.acting.may(Right.OPERATORS)


def test_somebody_in_charge_stays(office: Office) -> None:
    lead, operator = staff(office, "lead", "operator")
    enter(office, lead)
    said: list[str] = []
    office.retire(lead, False, not_done, said.append)
    office.change_role(lead, "operator", not_done, said.append)
    assert said == ["Make somebody else officer in charge first"] * 2
    done: list[None] = []
    office.change_role(operator, "lead", done.append, pytest.fail)
    office.retire(lead, False, done.append, pytest.fail)
    assert done == [None, None]


@pytest.mark.parametrize(
    ("changed", "right"),
    [
        ({}, None),
        ({"language": "en", "theme": "light"}, None),
        ({"site_name": "X"}, Right.SETTINGS),
        ({"language": "en", "receiver_phone": "1"}, Right.SETTINGS),
        ({"lock_after": 3600.0}, Right.SETTINGS),
        ({"signal_silence": 60.0}, Right.THRESHOLDS),
    ],
)
def test_what_a_change_takes(changed: dict[str, object], right: Right | None) -> None:
    before = Settings()
    assert right_for(before, replace(before, **changed)) is right  # type: ignore[arg-type]


def test_every_change_of_staff_is_on_record(office: Office, tmp_path: Path) -> None:
    lead, operator = staff(office, "lead", "operator")
    enter(office, lead)
    done: list[object] = []
    office.add_operator("Li Na", "1234", "operator", done.append, pytest.fail)
    office.change_role(operator, "supervisor", done.append, pytest.fail)
    office.retire(operator, False, done.append, pytest.fail)
    office.change_pin(operator, "8642", done.append, pytest.fail)
    assert len(done) == 4
    said: list[Verification] = []
    office.verify(said.append, pytest.fail)
    assert said[0].ok
    assert said[0].records == 1 + 4  # the epoch and four changes
