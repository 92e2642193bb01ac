"""Every row edited, removed or moved is found and named."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.register import Sheet
from checkpoint_app.domain.retention import Terms
from checkpoint_app.store.station import Station
from tests.store.inside import raw
from tests.store.travellers import DAY, MORNING, any_recorded, correction, recorded


@pytest.fixture
def filled(station, data_folder):
    """A folder with a small day in it, closed."""
    people = [recorded(f"王{n}", minute=n) for n in range(6)]
    for one in people:
        station.record(one, None)
    station.record(correction(people[2], Outcome.HOLD), None)
    station.seal(DAY, Sheet.DAILY, MORNING)
    station.log_look(people[0].inspection.id, "李四", "家属来问", MORNING)
    assert station.verify().ok
    station.close()
    return data_folder


def problem(folder):
    with Station.open(folder, now=MORNING) as station:
        found = station.verify()
    assert found.ok is (found.problem is None)
    return found.problem


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("UPDATE records SET plain = CAST(replace(plain, 'pass', 'hold') AS BLOB) WHERE seq = 4",
         "edited:1/4"),
        ("UPDATE records SET plain = 'text' WHERE seq = 4", "unreadable:1/4"),
        ("UPDATE records SET id = 'text' WHERE seq = 4", "unreadable:1/4"),
        ("UPDATE records SET at_us = 'text' WHERE seq = 1", "unreadable:1/1"),
        ("UPDATE records SET at_us = at_us + 1 WHERE seq = 3", "edited:1/3"),
        ("UPDATE records SET belongs_us = 0 WHERE seq = 3", "edited:1/3"),
        ("UPDATE records SET kind = 'look' WHERE seq = 3", "edited:1/3"),
        ("UPDATE records SET supersedes = NULL WHERE seq = 8", "edited:1/8"),
        ("UPDATE records SET commitment = NULL WHERE seq = 3", "edited:1/3"),
        ("UPDATE records SET hash = zeroblob(32) WHERE seq = 5", "edited:1/5"),
        ("UPDATE records SET previous = zeroblob(32) WHERE seq = 5", "reordered:1/5"),
        ("DELETE FROM records WHERE seq = 5", "missing:1/5"),
        ("DELETE FROM records WHERE seq = 1", "missing:1/1"),
        ("DELETE FROM records WHERE seq = (SELECT max(seq) FROM records)", "tail:1/10"),
        ("DELETE FROM records WHERE seq > 3", "tail:1/3"),
        ("UPDATE personal SET body = CAST(replace(body, '王', '李') AS BLOB) WHERE record_id = "
         "(SELECT id FROM records WHERE seq = 4)", "personal:1/4"),
        ("UPDATE heads SET seq = 3", "tail:1/11"),
        ("DELETE FROM heads", "tail:1/11"),
        ("UPDATE seals SET code = 'AAAAA-AAAA'", "seal:1/10"),
        ("UPDATE seals SET records = 1", "seal:1/10"),
        ("UPDATE seals SET content = zeroblob(32)", "seal:1/10"),
        ("DELETE FROM seals", "seal:1/10"),
        ("UPDATE inspections SET outcome = 'pass' WHERE number = 3", "projection:1/8"),
        ("UPDATE inspections SET name = '李' WHERE number = 2", "projection:1/3"),
        ("UPDATE inspections SET void = 1 WHERE number = 2", "projection:1/3"),
        ("DELETE FROM inspections WHERE number = 2", "projection:1/3"),
        ("UPDATE inspections SET record_id = "
         "(SELECT id FROM records WHERE seq = 4) WHERE number = 3", "projection:1/4"),
        ("INSERT INTO inspections SELECT 99, hex(randomblob(16)), record_id, confirmed_us, "
         "offset_s, outcome, temperatures, first_reason, operator, corrected, void, name, "
         "id_number, phone, plate, fingerprint FROM inspections LIMIT 1", "projection:0/0"),
    ],
)  # fmt: skip
def test_a_change_is_found_and_named(filled, sql, expected):
    with raw(filled) as connection:
        assert connection.execute(sql).rowcount > 0
    assert problem(filled) == expected


def test_two_rows_that_changed_places_are_found(filled):
    with raw(filled) as connection:
        for change in ("SET seq = -3 WHERE seq = 3", "SET seq = 3 WHERE seq = 4",
                       "SET seq = 4 WHERE seq = -3"):  # fmt: skip
            connection.execute(f"UPDATE records {change}")
    assert problem(filled) == "reordered:1/3"


def test_any_bit_turned_in_a_record_is_found(filled):
    columns = ("plain", "hash", "previous", "commitment", "device", "kind")
    draw = random.Random(4)
    for _ in range(10):
        column, seq = draw.choice(columns), draw.randint(2, 8)
        with raw(filled) as connection:
            (kept,) = connection.execute(
                f"SELECT CAST({column} AS BLOB) FROM records WHERE seq = ?", (seq,)
            ).fetchone()
            at = draw.randrange(len(kept))
            turned = kept[:at] + bytes([kept[at] ^ 1]) + kept[at + 1 :]
            as_text = "CAST(? AS TEXT)" if column in ("device", "kind") else "?"
            change = f"UPDATE records SET {column} = {as_text} WHERE seq = ?"
            connection.execute("BEGIN")
            connection.execute(change, (turned, seq))
            connection.execute("COMMIT")
        assert problem(filled) is not None
        with raw(filled, guarded=True) as connection:
            connection.execute(change, (kept, seq))
            for table in ("records", "personal"):
                for verb in ("update", "delete"):
                    connection.execute(
                        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
                        "BEGIN SELECT RAISE(ABORT, 'no'); END"
                    )
        assert problem(filled) is None


@pytest.mark.parametrize("table", ["records", "personal"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET rowid = rowid + 1000"])
def test_the_ledger_refuses_changes(filled, table, change):
    with raw(filled, guarded=True) as connection, pytest.raises(sqlcipher.IntegrityError):
        connection.execute(change.format(table))
    with raw(filled, guarded=True) as connection, pytest.raises(sqlcipher.IntegrityError):
        connection.execute(f"REPLACE INTO {table} SELECT * FROM {table}")
    assert problem(filled) is None


def test_what_is_gone_without_an_erasure_on_record_is_found(filled):
    with raw(filled) as connection:
        connection.execute("DELETE FROM personal")
        connection.execute("UPDATE cases SET unit = NULL, name = NULL, phone = NULL, plate = NULL")
        connection.execute("UPDATE inspections SET name = NULL, id_number = NULL")
        connection.execute("UPDATE inspections SET phone = NULL, plate = NULL")
    assert problem(filled) == "personal:1/2"


def test_after_a_purge_the_chain_still_verifies(filled):
    with Station.open(filled, now=MORNING) as station:
        station.retention.erase(Terms(), "李四", "by_hand", MORNING + timedelta(days=400))
        found = station.verify()
        assert (found.ok, found.erased) == (True, 6)
        lines = list(station.recorded(DAY))
    assert len(lines) == 6
    assert [line.inspection.person.name for line in lines].count(None) == 5


def test_rebuilding_repairs_what_is_derived(filled):
    with Station.open(filled, now=MORNING) as station:
        before = (
            station.day_rows(DAY, 99),
            station.search("王"),
            station.seal(DAY, Sheet.DAILY, MORNING),
        )
    with raw(filled, guarded=True) as connection:
        for table in ("inspections", "versions", "cases", "case_events", "seals"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM inspection_terms")
    with Station.open(filled, now=MORNING) as station:
        assert station.day_rows(DAY, 99) == station.search("王") == []
        assert station.rebuild() == 11
        after = (
            station.day_rows(DAY, 99),
            station.search("王"),
            station.seal(DAY, Sheet.DAILY, MORNING),
        )
        assert after == before
        assert station.verify().ok


class Desk(RuleBasedStateMachine):
    """Whatever a desk does, the ledger verifies and shows the newest of everything."""

    folders: Iterator[Path]

    def __init__(self):
        super().__init__()
        self.folder = next(self.folders)
        self.station = Station.open(self.folder, now=MORNING)
        self.newest = {}

    @rule(one=any_recorded, mark=st.none() | st.just("f" * 64))
    def record(self, one, mark):
        if one.inspection.id not in self.newest:
            self.station.record(one, mark)
            self.newest[one.inspection.id] = one

    @rule(data=st.data(), outcome=st.sampled_from(Outcome), void=st.booleans())
    def correct(self, data, outcome, void):
        if self.newest:
            one = self.newest[data.draw(st.sampled_from(sorted(self.newest)))]
            changed = replace(correction(one, outcome), void=void)
            self.station.record(changed, None)
            self.newest[one.inspection.id] = changed

    @rule()
    def seal(self):
        self.station.seal(DAY, Sheet.DAILY, MORNING)

    @rule()
    def reopen(self):
        self.station.close()
        self.station = Station.open(self.folder, now=MORNING)

    @rule()
    def rebuild(self):
        self.station.rebuild()

    @invariant()
    def whole(self):
        assert self.station.verify().ok
        for key, one in self.newest.items():
            assert self.station.row(key) == one

    def teardown(self):
        self.station.close()


def test_whatever_a_desk_does(tmp_path):
    Desk.folders = (tmp_path / str(number) for number in count())
    Desk.TestCase.settings = settings(
        max_examples=8,
        stateful_step_count=12,
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    Desk.TestCase().runTest()
