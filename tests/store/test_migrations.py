"""The steps lead to the tables that the program uses, and keep what stood there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from checkpoint_app.store import keys, schema
from checkpoint_app.store.engine import close, open_engine, reading, writing
from checkpoint_app.store.station import Station, Use
from checkpoint_app.store.tables import HUB, META, case_events, cases
from tests.store.inside import raw
from tests.store.travellers import MORNING, recorded


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def _steps() -> list[str]:
    """Every revision of a station in an order in which it can be applied."""
    walked = _scripts().walk_revisions()
    steps = [revision.revision for revision in walked][::-1]
    return [each for each in steps if not each.startswith("hub_")]


def _is_ours(thing: object, name: str | None, kind: str, *_rest: object) -> bool:
    if kind == "table" and getattr(thing, "info", {}) == HUB:
        return False
    return not (kind == "table" and (name or "").startswith(("inspection_terms", "alembic")))


@pytest.fixture
def empty(tmp_path: Path):
    engine = open_engine(tmp_path / "a.db", keys.new_key(), create=True)
    yield engine
    close(engine)


def test_the_newest_schema_is_what_the_program_uses(empty):
    with writing(empty) as connection:
        schema.upgrade(connection)
        assert schema.is_current(connection)
    with reading(empty) as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": _is_ours, "compare_type": True}
        )
        assert compare_metadata(context, META) == []


def test_the_stations_head_takes_every_step_of_both_branches():
    scripts = _scripts()
    taken = {step.revision for step in scripts.iterate_revisions("station@head", "base")}
    assert taken == set(_steps())
    assert scripts.get_revision("station@head").branch_labels >= {"station"}


def test_every_step_up_keeps_what_stood_there(empty):
    """Rows put in at each step are there at the head."""
    expected: dict[str, int] = {}
    for step in _steps():
        with writing(empty) as connection:
            schema.upgrade(connection, step)
            tables = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
                " AND name NOT LIKE 'inspection_terms%' AND name NOT LIKE 'alembic%'"
            ).scalars()
            for table in tables.all():
                _put_a_row(connection, table, sum(expected.values()) + 1)
                expected[table] = expected.get(table, 0) + 1
    with writing(empty) as connection:
        schema.upgrade(connection)
        for table, rows in expected.items():
            count = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            assert count >= rows, table


def _put_a_row(connection, table: str, number: int) -> None:
    """A row of made-up values that satisfies the table."""
    columns = connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
    names = ", ".join(column.name for column in columns)
    marks = ", ".join("?" for _ in columns)
    values = tuple(
        number if "INT" in column.type or "BOOL" in column.type else f"{number:032x}"
        for column in columns
    )
    connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)


def test_a_backup_is_made_before_a_step(station, data_folder):
    one = recorded()
    station.record(one, None)
    station.close()
    _set_back(data_folder)
    with Station.open(data_folder, now=MORNING) as again:
        assert again.row(one.inspection.id) == one
    (backup,) = (data_folder / "backups").iterdir()
    assert (backup / "keys.json").exists()
    _set_back(data_folder)
    with Station.open(data_folder, now=MORNING, use=Use.READ) as reader:  # migrates first
        assert reader.row(one.inspection.id) == one


def _set_back(folder: Path) -> None:
    """Make the program think that a step is missing; all of them are there already."""
    with raw(folder, guarded=True) as connection:
        connection.execute("PRAGMA user_version = 0")


def test_an_up_to_date_store_opens_without_alembic(station, data_folder):
    station.close()
    asked = (
        "import sys, datetime, pathlib\n"
        "from checkpoint_app.store.station import Station\n"
        "now = datetime.datetime.now(datetime.UTC)\n"
        "Station.open(pathlib.Path(sys.argv[1]), now=now).close()\n"
        "assert not {'alembic', 'keyring'} & set(sys.modules)\n"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", asked, str(data_folder)], check=True, cwd=root)


def test_cases_of_the_first_version_are_carried_over(empty):
    """Their numbers follow the ledger, one taken back stays so, and their records are found."""
    with writing(empty) as connection:
        schema.upgrade(connection, "station_0001")
        for place, (case, event, void) in enumerate(
            (("b", "found", False), ("a", "found", False), ("b", "corrected", True)), 1
        ):
            case_id = UUID(int=ord(case))
            plain = {"case": str(case_id), "inspection": str(UUID(int=ord(case) + 100)),
                     "event": event, "outcome": "hold", "void": void}  # fmt: skip
            connection.exec_driver_sql(
                "INSERT INTO records (id, device, epoch, seq, kind, at_us, offset_s, belongs_us, "
                "plain, previous, hash) VALUES (?, 'D', 1, ?, 'case_event', ?, 28800, ?, ?, x'', "
                "x'')",
                (UUID(int=place).hex, place, place, place, json.dumps(plain).encode()),
            )
            if event == "found":
                connection.exec_driver_sql(
                    "INSERT INTO cases VALUES (?, ?, ?, 28800, 'hold', 'found')",
                    (case_id.hex, UUID(int=ord(case) + 100).hex, place),
                )
        schema.upgrade(connection)
        rows = connection.execute(select(cases).order_by(cases.c.number)).all()
        told = connection.execute(select(case_events)).all()
    assert [(row.id.int, row.number, row.device, row.void) for row in rows] == [
        (ord("b"), 1, "D", True), (ord("a"), 2, "D", False),
    ]  # fmt: skip
    assert {row.stage for row in rows} == {"found"}
    assert sorted(row.record_id.int for row in told) == [1, 2, 3]
