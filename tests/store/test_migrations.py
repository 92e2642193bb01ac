"""The steps lead to the tables that the program uses, and keep what stood there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from checkpoint_app.store import keys, schema
from checkpoint_app.store.engine import close, open_engine, reading, writing
from checkpoint_app.store.station import Station, Use
from checkpoint_app.store.tables import HUB, META
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
