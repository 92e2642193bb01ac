"""One encrypted SQLite file behind one connection, and the two kinds of transaction on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, QueuePool, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from checkpoint_app.store.faults import fault_of

BUSY_MS = 2000
# A checkpoint costs a commit some milliseconds; at this size fewer than 1 commit in 100 pays it.
CHECKPOINT_PAGES = 4000


def connect(file: Path, key: bytes, mode: str = "rw") -> Any:
    """A bare driver connection; `mode` is SQLite's: ro, rw, rwc. Errors are the driver's own."""
    raw = sqlcipher.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        raw.execute("PRAGMA cipher_log_level = NONE")
        raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        raw.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        raw.execute("PRAGMA recursive_triggers = ON")  # else REPLACE slips past the guards
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.Error:
        raw.close()
        raise
    return raw


def open_engine(file: Path, key: bytes, *, may_write: bool = True, create: bool = False) -> Engine:
    """An engine over one connection that is opened now; raises `StoreFault`."""
    raw = _opened(file, key, may_write, create)
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: raw,
        poolclass=StaticPool,
        hide_parameters=True,  # an error's text must never carry a person's data
    )
    event.listen(engine, "begin", _begin)
    return engine


def pooled_engine(file: Path, key: bytes, *, create: bool = False, connections: int = 32) -> Engine:
    """An engine for several threads, a connection each; raises `StoreFault`."""
    _opened(file, key, may_write=True, create=create).close()
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: _opened(file, key, may_write=True),
        poolclass=QueuePool,
        pool_size=min(8, connections),
        max_overflow=max(0, connections - 8),
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _opened(file: Path, key: bytes, may_write: bool, create: bool = False) -> Any:
    try:
        raw = connect(file, key, "rwc" if create else "rw")
        for pragma in _pragmas(may_write):
            raw.execute(f"PRAGMA {pragma}").fetchall()
    except sqlcipher.Error as error:
        raise fault_of(error) from None
    return raw


def _pragmas(may_write: bool) -> tuple[str, ...]:
    return (
        *(("journal_mode = WAL",) if may_write else ()),
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",  # what leaves the tray or is erased is written over at once
        "cache_size = -32768",
        f"wal_autocheckpoint = {CHECKPOINT_PAGES}",
        f"query_only = {'OFF' if may_write else 'ON'}",
    )


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def writing(engine: Engine | Connection) -> Iterator[Connection]:
    """A transaction that holds the only write lock from its start; durable when it ends.

    Of a connection that is in one already, that one: it ends with whoever began it.
    """
    if isinstance(engine, Connection):
        with _faults():
            yield engine
        return
    with _transaction(engine, "IMMEDIATE") as connection:
        yield connection


@contextmanager
def reading(engine: Engine | Connection) -> Iterator[Connection]:
    """A transaction that sees one state of the database throughout."""
    if isinstance(engine, Connection):
        with _faults():
            yield engine
        return
    with _transaction(engine, "DEFERRED") as connection:
        yield connection


@contextmanager
def _transaction(engine: Engine, begin: str) -> Iterator[Connection]:
    with _faults():  # a store that was closed meanwhile is a fault like any other
        options = engine.connect().execution_options(begin=begin)
    with _faults(), options as connection, connection.begin():
        yield connection


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise fault_of(error) from None


def fold_log(engine: Engine) -> None:
    """Write what the write-ahead log holds into the database file, as far as nobody reads it."""
    held = engine.raw_connection()
    try:
        held.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
    except sqlcipher.Error as error:
        raise fault_of(error) from None
    finally:
        held.close()


def close(engine: Engine) -> None:
    """Close the connection; the write-ahead log is folded into the file where possible."""
    engine.dispose()
