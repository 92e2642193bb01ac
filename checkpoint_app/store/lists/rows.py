"""Entries as the tables keep them: their bytes, their keys and the mark that tells them apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from hashlib import blake2b
from operator import attrgetter
from typing import TypeVar

import msgspec

from checkpoint_app.domain.list_entries import (
    Entry,
    ReturneeEntry,
    RiskEntry,
    RosterEntry,
    WatchEntry,
)
from checkpoint_app.domain.lists import ListKind, match_keys

TYPES: dict[ListKind, type[Entry]] = {
    ListKind.WATCH: WatchEntry,
    ListKind.ROSTER: RosterEntry,
    ListKind.RETURNEE: ReturneeEntry,
    ListKind.RISK: RiskEntry,
}
_NAMES = {kind: tuple(field.name for field in fields(entry)) for kind, entry in TYPES.items()}

_VALUES = {kind: attrgetter(*names) for kind, names in _NAMES.items()}
_write = msgspec.json.Encoder().encode

HOUSEHOLD = "h"  # before a name of the roster: whom the others' households lead to

E = TypeVar("E", bound=Entry)


def encoded(kind: ListKind, entry: Entry) -> bytes:
    """An entry's bytes: what is known of it."""
    known = zip(_NAMES[kind], _VALUES[kind](entry), strict=True)
    return _write({name: value for name, value in known if value is not None})


def decoded(body: bytes, form: type[E]) -> E:
    """The entry again."""
    return msgspec.json.decode(body, type=form)


def key_of(text: str) -> int:
    """64 bits that stand for a key's text."""
    digest = blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def keys_of(entry: Entry) -> tuple[int, set[int]]:
    """An entry's mark, and all keys under which it is found, the mark among them."""
    if isinstance(entry, RiskEntry):
        mark = mark_of(entry)
        return mark, {mark}
    texts = list(texts_of(entry))
    keys = {key_of(each) for each in texts}
    mark = key_of(texts[0]) if texts and texts[0][0] == "i" else mark_of(entry)
    keys.add(mark)
    return mark, keys


def texts_of(entry: Entry) -> Iterator[str]:
    """What an entry is found by. A name alone finds those on the roster who have no number."""
    if isinstance(entry, RiskEntry):
        return
    yield from match_keys(entry.id_number, entry.phone, entry.plate)
    if isinstance(entry, RosterEntry):
        yield HOUSEHOLD + entry.name
        yield "r" + entry.pass_key
        if not (entry.id_number or entry.phone):
            yield from match_keys(None, None, None, entry.name)


def mark_of(entry: Entry) -> int:
    """What tells an entry from the others of its list: the document's number, else all else."""
    if isinstance(entry, RiskEntry):
        return key_of("a" + entry.code)
    numbers = match_keys(entry.id_number, None, None)
    number = next(numbers, None)
    if number is None and isinstance(entry, RosterEntry) and entry.roster_id:
        number = "r" + entry.roster_id
    return key_of(number or f"m{entry.phone}|{entry.plate}|{entry.name}")
