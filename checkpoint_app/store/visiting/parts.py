"""A record's two parts: what names nobody, and the rest."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from checkpoint_app.store.faults import StoreFault

T = TypeVar("T")
Tree = dict[str, Any]
LONGEST = 1 << 16


def split(value: object, personal: tuple[str, ...], name: str) -> tuple[bytes, bytes]:
    """Plain and personal JSON; `name` is the thread's key beside the plain part.

    Raises `StoreFault`: not_storable, where it could not be read back identical.
    """
    try:
        tree: Tree = msgspec.to_builtins(value)
        own = {each: tree.pop(each) for each in personal}
        parts = (
            msgspec.json.encode({name: tree["id"], "said": tree}),
            msgspec.json.encode(own),
        )
        if max(map(len, parts)) > LONGEST or joined(*parts, type(value), personal) != value:
            raise StoreFault("not_storable")
    except (msgspec.MsgspecError, UnicodeError, TypeError, ValueError, OverflowError):
        raise StoreFault("not_storable") from None
    return parts


def joined(plain: bytes, own: bytes | None, form: type[T], personal: tuple[str, ...]) -> T:
    """The value again; after an erasure with what is left of it."""
    tree: Tree = msgspec.json.decode(plain)["said"]
    rest: Tree = msgspec.json.decode(own) if own is not None else {}
    if own is None:
        rest = {"name": ""} if "name" in personal else {}
    return msgspec.convert({**tree, **rest}, form)
