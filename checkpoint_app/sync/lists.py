"""Lists on their way down: a change is made by the hub, checked and taken by the station."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from checkpoint_app.store import county
from checkpoint_app.store.hub_lists import HubLists, NewState, digest_of
from checkpoint_app.sync import tokens, wire
from checkpoint_app.sync.packing import Unreadable, packed, unpacked

_LARGEST = 256 << 20
_rows_of = msgspec.msgpack.Decoder(dict[str, bytes]).decode
_keys_of = msgspec.msgpack.Decoder(list[str]).decode


def packed_rows(rows: dict[str, bytes]) -> bytes:
    """Rows as they travel."""
    return packed(msgspec.msgpack.encode(rows))


def packed_keys(keys: list[str]) -> bytes:
    """Keys of rows to take out."""
    return packed(msgspec.msgpack.encode(sorted(keys)))


def packed_tokens(rows: dict[str, bytes]) -> bytes:
    """Rows of a token list (hex key, one byte of action) as they travel."""
    return tokens.encode(array_of(rows))


def array_of(rows: dict[str, bytes]) -> Any:
    """The sorted array of a token list's rows."""
    return county.array_of({int(key, 16): body[0] for key, body in rows.items()})


def take(lists: HubLists, change: wire.ListChange, now: Any) -> bool:
    """Take a change; False where it is not newer. Raises `Unreadable`: take it whole then."""
    held = {each.name: each for each in lists.held()}.get(change.name)
    have = (held.hub_epoch, held.number) if held is not None else (0, 0)
    if (change.hub_epoch, change.number) <= have:
        return False
    if change.base and have != (change.base_epoch, change.base):
        raise Unreadable("base")
    state = NewState(
        change.name,
        change.kind,
        change.hub_epoch,
        change.number,
        change.rows,
        change.digest,
        change.dated_us,
    )
    if change.kind == "tokens":
        _take_tokens(lists, change, state, now)
    elif change.kind == "rows":
        _take_rows(lists, change, state)
    else:
        raise Unreadable("kind")
    return True


def parts_of(lists: HubLists, name: str) -> bytes:
    """What the parts of a token list come to as it stands here."""
    return tokens.parts_of(np.frombuffer(lists.tokens(name), np.uint64))


def is_whole(lists: HubLists, name: str) -> bool:
    """Whether a token list still comes to what it did when it was taken."""
    here = np.frombuffer(lists.tokens(name), np.uint64)
    return county.digest_of(here) == lists.digest(name)


def mend(lists: HubLists, told: wire.Mended, now: Any) -> None:
    """Put the parts that differ in place of ours. Raises `Unreadable`: take it whole then."""
    here = np.frombuffer(lists.tokens(told.name), np.uint64)
    listed = tokens.mended(here, told.parts, tokens.decode(told.tokens))
    if len(listed) != told.rows or county.digest_of(listed) != told.digest:
        raise Unreadable("digest")
    state = NewState(
        told.name, "tokens", told.hub_epoch, told.number, told.rows, told.digest, told.dated_us
    )
    lists.take_tokens(state, listed.tobytes(), now)


def _take_rows(lists: HubLists, change: wire.ListChange, state: NewState) -> None:
    try:
        added = _rows_of(unpacked(change.added, _LARGEST))
        removed = _keys_of(unpacked(change.removed, _LARGEST)) if change.base else []
    except msgspec.MsgspecError:
        raise Unreadable("rows") from None
    rows = lists.rows(change.name) if change.base else {}
    if any(rows.pop(key, None) is None for key in removed):
        raise Unreadable("removed")
    rows.update(added)
    if digest_of(rows) != change.digest or len(rows) != change.rows:
        raise Unreadable("digest")
    gone = [*removed, *(key for key in added if change.base)]
    lists.take_rows(state, added, gone, whole=not change.base)


def _take_tokens(lists: HubLists, change: wire.ListChange, state: NewState, now: Any) -> None:
    listed = tokens.decode(change.added)
    if change.base:
        here = np.frombuffer(lists.tokens(change.name), np.uint64)
        listed = tokens.changed(here, listed, tokens.decode(change.removed))
    if len(listed) != change.rows or county.digest_of(listed) != change.digest:
        raise Unreadable("digest")
    lists.take_tokens(state, listed.tobytes(), now)
