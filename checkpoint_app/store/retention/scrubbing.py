"""Writing over what deleted rows leave behind in the database file and its log."""

from __future__ import annotations

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine

from checkpoint_app.store import search, trust
from checkpoint_app.store.engine import writing
from checkpoint_app.store.faults import fault_of

PENDING = "retention.scrub"


def pending(engine: Engine) -> bool:
    """Whether an erasure's traces are still to be written over."""
    return trust.remembered(engine, PENDING) == "yes"


def scrub(engine: Engine) -> bool:
    """Make the file anew without free pages and empty its log; False where somebody reads now.

    Takes as long as copying the database. Raises `StoreFault`: disk_full.
    """
    with writing(engine) as connection:
        search.tidy(connection)  # deleted terms stand in the index until its parts are merged
    held = engine.raw_connection()
    try:
        cursor = held.cursor()
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlcipher.Error as error:
        fault = fault_of(error)
        if fault.code != "locked":
            raise fault from None
        return False
    finally:
        held.close()
    if busy:
        return False
    trust.remember(engine, PENDING, "no")
    return _emptied(engine)  # the note that it is done stands in the log again


def fold(engine: Engine) -> bool:
    """Empty the log: what was overwritten in the file may still stand there. False where somebody
    reads now."""
    return _emptied(engine)


def _emptied(engine: Engine) -> bool:
    held = engine.raw_connection()
    try:
        return not held.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlcipher.Error as error:
        fault = fault_of(error)
        if fault.code != "locked":
            raise fault from None
        return False
    finally:
        held.close()
