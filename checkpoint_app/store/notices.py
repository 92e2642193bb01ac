"""Notices of other checkpoints: how they are handed down, and whom at this gate they are about.

Numbers of persons travel as the county's keyed tokens; the plate as it is, for it is looked for
with the eye too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, Engine, select

from checkpoint_app.domain.lists import Wanted
from checkpoint_app.domain.notice import Notice, NoticeKind
from checkpoint_app.domain.plate import tidy_plate
from checkpoint_app.domain.reasons import Code
from checkpoint_app.store import county, tables
from checkpoint_app.store.engine import reading
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


@dataclass(frozen=True, slots=True)
class Notices:
    """Those that this station has heard of."""

    engine: Engine
    device: str

    def heard(self, now: datetime) -> list[Notice]:
        """What others tell now, newest first; one's own is no news."""
        with reading(self.engine) as connection:
            found = [notice_of(key, row) for key, row in self._rows(connection, now)]
        return sorted(found, key=lambda each: each.at, reverse=True)

    def about(self, wanted: Wanted, now: datetime) -> list[Notice]:
        """Those that may be about somebody with these numbers or in this car."""
        plate = tidy_plate(wanted.plate)
        with reading(self.engine) as connection:
            rows = list(self._rows(connection, now))
            key = county.key_of(connection) if any(row.tokens for _, row in rows) else b""
        tokens = {county.token_of(key, text) for text in county.texts(wanted)} if key else set()
        return [
            notice_of(key, row)
            for key, row in rows
            if (plate and row.plate == plate) or tokens & set(row.tokens)
        ]

    def _rows(self, connection: Connection, now: datetime) -> Iterator[tuple[str, Row]]:
        for key, body in connection.execute(_ALL):  # at every change of who stands at the desk
            row = _read(body)
            if row is not None and row.device != self.device and micros(now) < row.until_us:
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
