"""The county-wide watch list as a station holds it: 40-bit keyed tokens, an action code each.

Who is meant cannot be read from it, on a stolen disk either; a hit says only that somebody with
this number *may* be looked for. The array is kept in memory as long as the list is the same.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from checkpoint_app.domain.lists import Wanted, match_keys
from checkpoint_app.store import tables

NAME = "county"
BITS = 40
_HUB = "sync.hub"
_STATE = "SELECT hub_epoch, number FROM hub_list_states WHERE name = 'county'"


@dataclass(frozen=True, slots=True)
class Token:
    """A hit: the token to ask the hub with, and what the list says to do."""

    token: int
    action: int


class _Hub(msgspec.Struct, frozen=True):
    token_key: bytes


def token_of(key: bytes, text: str) -> int:
    """The token of a match key ("i" and an ID number, "p" and a phone; see `match_keys`)."""
    return int.from_bytes(hmac.digest(key, text.encode("utf-8", "replace"), "sha256")[:5], "big")


def array_of(pairs: dict[int, int]) -> Any:
    """The sorted array of tokens with their actions."""
    import numpy as np

    joined = np.fromiter((token << 8 | action for token, action in pairs.items()), np.uint64)
    joined.sort()
    return joined


def digest_of(tokens: Any) -> bytes:
    """What a list of tokens comes to; the same at hub and station."""
    return sha256(tokens.astype(">u8").tobytes()).digest()


def action_of(tokens: Any, token: int) -> int | None:
    """The action code under a token of a sorted array `token << 8 | action`, or None."""
    import numpy as np

    place = int(np.searchsorted(tokens, np.uint64(token << 8)))
    if place < len(tokens) and int(tokens[place]) >> 8 == token:
        return int(tokens[place]) & 255
    return None


class County:
    """The tokens of one open store. Called on the store's thread."""

    def __init__(self) -> None:
        self._of: tuple[int, int] | None = None
        self._tokens: Any = None
        self._key = b""

    def find(self, connection: Connection, wanted: Wanted) -> Token | None:
        """Whether somebody of these numbers may be on the list."""
        self._refresh(connection)
        if self._tokens is None:
            return None
        for text in texts(wanted):
            token = token_of(self._key, text)
            action = action_of(self._tokens, token)
            if action is not None:
                return Token(token, action)
        return None

    def _refresh(self, connection: Connection) -> None:
        now = connection.exec_driver_sql(_STATE).first()  # asked at every look-up
        which = (now[0], now[1]) if now is not None else None
        if which == self._of:
            return
        self._of, self._tokens = which, None
        if which is not None:
            self._tokens, self._key = _loaded(connection)


def _loaded(connection: Connection) -> tuple[Any, bytes]:
    import numpy as np

    states, key = tables.hub_list_states, key_of(connection)
    body = connection.execute(select(states.c.tokens).where(states.c.name == NAME)).scalar()
    if body is None or not key:
        return None, b""
    return np.frombuffer(body, np.uint64), key


def key_of(connection: Connection) -> bytes:
    """The key of the tokens of the hub that this station is enrolled at; empty without one."""
    secrets = tables.secrets
    hub = connection.execute(select(secrets.c.body).where(secrets.c.name == _HUB)).scalar()
    return msgspec.msgpack.decode(hub, type=_Hub).token_key if hub is not None else b""


def texts(wanted: Wanted) -> list[str]:
    """What somebody's tokens are made of, each once, the document's number first.

    Plates and names are not in tokens.
    """
    phones = (wanted.phone, wanted.itinerary_phone)
    found = [key for phone in phones for key in match_keys(wanted.id_number, phone, None)]
    return list(dict.fromkeys(found))
