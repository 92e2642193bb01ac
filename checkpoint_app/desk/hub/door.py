"""A door of the store used from another thread: each call takes its turn on the database's own.

So an exchange may wait for the network as long as it likes and never makes a save wait.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from checkpoint_app.desk.database import Database
from checkpoint_app.store.station import Station
from checkpoint_app.store.syncing import Sync

_PLAIN = (str, bytes, int, float, bool, tuple, type(None))


class _InTurn:
    """Stands for an object of the store; what it is asked runs in its turn."""

    def __init__(self, database: Database, door: Callable[[Station], Any]) -> None:
        self._database, self._door = database, door

    def __getattr__(self, name: str) -> Any:
        door = self._door
        found = self._database.ask(lambda store: getattr(door(store), name))
        if isinstance(found, _PLAIN):
            return found
        if callable(found):
            return self._call(name)
        return _InTurn(self._database, lambda store: getattr(door(store), name))

    def _call(self, name: str) -> Callable[..., Any]:
        door = self._door

        def call(*values: Any, **named: Any) -> Any:
            return self._database.ask(lambda store: getattr(door(store), name)(*values, **named))

        return call


def sync_in_turn(database: Database) -> Sync:
    """The store's door for synchronising, for a thread of its own."""
    return cast(Sync, _InTurn(database, lambda store: store.sync))
