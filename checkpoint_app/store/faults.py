"""What can go wrong with the store, as stable codes; the driver's errors are translated here."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

_BY_PREFIX = (
    ("SQLITE_FULL", "disk_full"),
    ("SQLITE_BUSY", "locked"),
    ("SQLITE_LOCKED", "locked"),
    ("SQLITE_READONLY", "read_only"),
    ("SQLITE_CANTOPEN", "read_only"),
    ("SQLITE_PERM", "read_only"),
    ("SQLITE_IOERR", "disk_fault"),
    ("SQLITE_CONSTRAINT", "refused"),
)
# PostgreSQL's SQLSTATE, the hub's
_BY_STATE = (
    ("23", "refused"),
    ("40", "locked"),
    ("55P03", "locked"),
    ("53100", "disk_full"),
    ("53", "locked"),
    ("08", "database_away"),
    ("57P", "database_away"),
    ("28", "database_away"),
    ("3D", "database_away"),
)


class StoreFault(Exception):
    """The store could not do what was asked; nothing already saved is lost.

    `code`: disk_full, disk_fault, locked, in_use, corrupt, keys_missing, passphrase_needed,
    wrong_key, newer_schema, not_found, already_recorded, hub_exists, form_known, name_taken,
    not_storable, no_backup, read_only, refused, database_away. `detail` never holds a person's
    data.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


def fault_of(error: DBAPIError | Exception) -> StoreFault:
    """The fault for a driver's error, wrapped by SQLAlchemy or bare; unknown ones are `corrupt`."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = str(getattr(cause, "sqlite_errorname", ""))
    state = getattr(cause, "sqlstate", None)
    for prefix, code in _BY_STATE:
        if str(state or "").startswith(prefix):
            return StoreFault(code, str(state))
    if not name and type(cause).__name__ == "OperationalError" and hasattr(cause, "sqlstate"):
        return StoreFault("database_away")
    for prefix, code in _BY_PREFIX:
        if name.startswith(prefix):
            return StoreFault(code, name)
    return StoreFault("corrupt", name or type(cause).__name__)
