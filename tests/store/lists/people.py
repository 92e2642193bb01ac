"""People for lists."""

from __future__ import annotations

from checkpoint_app.domain.list_entries import WatchEntry
from checkpoint_app.domain.lists import ListKind
from checkpoint_app.domain.person import check_digit
from checkpoint_app.store.lists import NewList
from checkpoint_app.store.station import Station
from tests.store.travellers import MORNING


def id_number(number: int) -> str:
    """A number of its own that checks."""
    body = f"4101021990{1 + number // 28000 % 12:02}{1 + number // 1000 % 28:02}{number % 1000:03}"
    return body + check_digit(body)


def entry(number: int) -> WatchEntry:
    """A watched person of their own."""
    name = "王" + chr(0x4E00 + number)
    return WatchEntry(name=name, id_number=id_number(number), source="市疾控")


def put_watch(station: Station, *entries: WatchEntry, source: str = "市") -> int:
    """A watch list in force."""
    return station.lists.put(NewList(ListKind.WATCH, source, MORNING, "王芳"), entries, MORNING)
