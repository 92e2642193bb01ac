"""The county-wide watch list as a station holds it: 40-bit keyed tokens, an action code each; and
those of the hubs above, which the county's hub passes on as they are.

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

from checkpoint_app.domain.lists import CountyToken, Wanted, match_keys
from checkpoint_app.store import tables

NAME = "county"
ABOVE = "above-"  # "above-1": of the hub above the county's, "above-2": of the one above that
KEYS = "above-keys"  # with which those are keyed
BITS = 40
_HUB = "sync.hub"
_STATES = "SELECT name, kind, hub_epoch, number FROM hub_list_states ORDER BY name"
States = tuple[tuple[str, str, int, int], ...]  # name, kind, epoch, number


class _Hub(msgspec.Struct, frozen=True):
    token_key: bytes


def is_county_wide(name: str) -> bool:
    """Whether a list tells of persons of the whole county, or beyond."""
    return name == NAME or name.startswith(ABOVE)


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


@dataclass(slots=True)
class _Held:
    """One list of tokens in memory, and the key that its tokens were made with."""

    tokens: Any
    key: bytes


class County:
    """The tokens of one open store. Called on the store's thread."""

    def __init__(self) -> None:
        self._of: States = ()
        self._lists: dict[str, _Held] = {}

    def find(
        self, connection: Connection, wanted: Wanted, states: States | None = None
    ) -> tuple[CountyToken, ...]:
        """Under which tokens somebody of these numbers may stand; all of them are to be asked."""
        self._refresh(connection, states_of(connection) if states is None else states)
        return tuple(
            CountyToken(name, token)
            for name, held in self._lists.items()
            for token in (token_of(held.key, text) for text in texts(wanted))
            if action_of(held.tokens, token) is not None
        )

    def _refresh(self, connection: Connection, states: States) -> None:
        if states != self._of:
            self._of = states
            names = [name for name, kind, _, _ in states if kind == "tokens"]
            self._lists = {name: _loaded(connection, name) for name in names}


def states_of(connection: Connection) -> States:
    """Which of the hub's lists are held, in which version; asked at every look-up."""
    return tuple(map(tuple, connection.exec_driver_sql(_STATES)))


def _loaded(connection: Connection, name: str) -> _Held:
    import numpy as np

    states, entries = tables.hub_list_states, tables.hub_list_entries
    body = connection.execute(select(states.c.tokens).where(states.c.name == name)).scalar()
    if name == NAME:
        key = key_of(connection)
    else:
        asked = select(entries.c.body).where(entries.c.name == KEYS, entries.c.key == name)
        key = connection.execute(asked).scalar() or b""
    return _Held(np.frombuffer(body if body and key else b"", np.uint64), key)


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
