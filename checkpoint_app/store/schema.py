"""The schema's version: told in a moment, and raised by Alembic only where it is behind."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from checkpoint_app.store.faults import StoreFault

# Count up with every new step in migrations/versions; kept in the file as PRAGMA user_version, so
# that a store that is up to date opens without Alembic.
VERSION = 2
MIGRATIONS = Path(__file__).parent / "migrations"
TARGET = "station@head"


def version(connection: Connection) -> int:
    """The schema version of the open database; 0 for an empty one."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def is_current(connection: Connection) -> bool:
    """Whether nothing is to be done. Raises newer_schema where a newer program wrote it."""
    found = version(connection)
    if found > VERSION:
        raise StoreFault("newer_schema", str(found))
    return found == VERSION


def upgrade(connection: Connection, target: str = TARGET) -> None:
    """Run the missing steps in the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)
    if connection.dialect.name == "sqlite" and target in (TARGET, "heads"):
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
