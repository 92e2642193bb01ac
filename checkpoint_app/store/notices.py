"""Notices of other checkpoints: how they are handed down, and whom at this gate they are about.

Numbers of persons travel as the county's keyed tokens; the plate as it is, for it is looked for
with the eye too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, select

from checkpoint_app.domain.lists import Wanted
from checkpoint_app.domain.notice import Notice, NoticeKind
from checkpoint_app.domain.plate import tidy_plate
from checkpoint_app.domain.reasons import Code
from checkpoint_app.store import county, tables
from checkpoint_app.store.moments import micros, moment

NAME = "notices"
_entries = tables.hub_list_entries
_ALL = select(_entries.c.key, _entries.c.body).where(_entries.c.name == NAME)


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """A notice as it travels."""

    kind: str
    at_us: int
    until_us: int
    device: str  # which station tells
    station: str
    plate: str = ""
    name: str = ""
    why: str = ""
    tokens: tuple[int, ...] = ()


class Notices:
    """Those that this station has heard of, kept in memory as long as they are the same."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._of: tuple[int, int] | None = None
        self._rows: list[tuple[str, Row]] = []
        self._key = b""

    def heard(self, connection: Connection, now: datetime) -> list[Notice]:
        """What others tell now, newest first; one's own is no news."""
        rows = self._now(connection, county.states_of(connection), now)
        found = [notice_of(key, row) for key, row in rows]
        return sorted(found, key=lambda each: each.at, reverse=True)

    def about(
        self, connection: Connection, wanted: Wanted, now: datetime, states: county.States
    ) -> tuple[Notice, ...]:
        """Those that may be about somebody with these numbers or in this car."""
        rows = self._now(connection, states, now)
        if not rows:
            return ()
        plate = tidy_plate(wanted.plate)
        tokens = {county.token_of(self._key, text) for text in county.texts(wanted)}
        return tuple(
            notice_of(key, row)
            for key, row in rows
            if (plate and row.plate == plate) or tokens & set(row.tokens)
        )

    def _now(
        self, connection: Connection, states: county.States, now: datetime
    ) -> list[tuple[str, Row]]:
        which = next(((epoch, number) for n, _, epoch, number in states if n == NAME), None)
        if which != self._of:
            self._of, self._key = which, county.key_of(connection)
            self._rows = list(self._read(connection))
        return [each for each in self._rows if micros(now) < each[1].until_us]

    def _read(self, connection: Connection) -> Iterator[tuple[str, Row]]:
        for key, body in connection.execute(_ALL):
            row = _read(body)
            if row is not None and row.device != self._device:
                yield key, row


def encoded(row: Row) -> bytes:
    """A notice's bytes."""
    return msgspec.json.encode(row)


def notice_of(key: str, row: Row) -> Notice:
    """A notice as it is shown."""
    why = Code(row.why) if row.why in Code.__members__.values() else None
    kind = NoticeKind(row.kind)
    return Notice(
        key, kind, moment(row.at_us), row.station, row.plate or None, row.name or None, why
    )


def _read(body: bytes) -> Row | None:
    """None for one of a later program."""
    try:
        row = msgspec.json.decode(body, type=Row)
    except (msgspec.MsgspecError, UnicodeError):
        return None
    return row if row.kind in NoticeKind.__members__.values() else None


def texts_of(id_number: str | None, phone: str | None) -> Sequence[str]:
    """What tokens are made of, for somebody of these numbers."""
    return county.texts(Wanted(id_number=id_number, phone=phone))
