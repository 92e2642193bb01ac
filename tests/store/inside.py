"""A way into a closed store's database for tests that spoil it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from checkpoint_app.store import keys
from checkpoint_app.store.engine import connect

GUARDS = ("records_no_update", "records_no_delete", "personal_no_update", "personal_no_delete")


def database(folder: Path) -> Path:
    """The database file in force."""
    keyfile = keys.read(folder)
    assert keyfile is not None
    return folder / keyfile.database


@contextmanager
def raw(folder: Path, *, guarded: bool = False, secret: str | None = None) -> Iterator[Any]:
    """A bare connection; the triggers that guard the ledger are taken away unless `guarded`."""
    keyfile = keys.read(folder)
    assert keyfile is not None
    connection = connect(folder / keyfile.database, keys.unlock(keyfile, secret))
    if not guarded:
        for name in GUARDS:
            connection.execute(f"DROP TRIGGER {name}")
    yield connection
    connection.close()
