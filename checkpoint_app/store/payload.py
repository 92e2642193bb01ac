"""A record's content as bytes: a plain part that names nobody, and a personal part.

What may stay after a retention rule has run is listed in `_PLAIN`; everything else, and any field
added to the domain later, is personal until listed here.
"""

from __future__ import annotations

from typing import Any

import msgspec

from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.values import Parked

Tree = dict[str, Any]

LONGEST = 1 << 18  # bytes of one part; an inspection has about 1500

_PLAIN: Tree = {
    "outcome": True,
    "operator": True,
    "confirmed_at": True,
    "supersedes": True,
    "void": True,
    "parked_for": True,
    "lane": True,
    "back_entry": True,
    "change": {"outcome": True},
    "verdict": {"outcome": True, "missing": True, "would_be": True, "versions": True},
    "inspection": {
        "id": True,
        "opened_at": True,
        "direction": True,
        "temperatures": True,
        "mask": True,
        "symptoms": True,
        "contact": True,
        "community_acceptance": True,
        "local": True,
        "emergency": True,
        "seat": True,
        "vaccination": True,
        "test": {"result": True, "basis": True, "within_hours": True},
        "health_code": {
            "status": True,
            "basis": True,
            "format": True,
            "authenticity": True,
            "issuer": True,
        },
    },
}
# What a purged record's change is read back with; the domain has no default for it.
_ERASED_CHANGE: Tree = {"reason": "", "officer": ""}


def encode(recorded: RecordedInspection, fingerprint: str | None) -> tuple[bytes, bytes]:
    """Plain and personal JSON. What could not be read back identical is refused: not_storable."""
    try:
        tree = msgspec.to_builtins(recorded)
        plain, rest = _split(tree, _PLAIN)
        codes = [reason.code for reason in recorded.verdict.reasons]
        parts = (
            msgspec.json.encode({"recorded": plain, "reasons": codes}),
            msgspec.json.encode({"recorded": rest, "fingerprint": fingerprint}),
        )
        if max(map(len, parts)) > LONGEST or decode(*parts) != recorded:
            raise StoreFault("not_storable")
    except (msgspec.MsgspecError, UnicodeError, TypeError, ValueError, OverflowError):
        raise StoreFault("not_storable") from None
    return parts


def decode(plain: bytes, personal: bytes | None) -> RecordedInspection:
    """The recorded inspection again; after a purge what is left of it."""
    said: Tree = msgspec.json.decode(plain)
    rest = _left_of(said) if personal is None else msgspec.json.decode(personal)["recorded"]
    return msgspec.convert(_joined(said["recorded"], rest), RecordedInspection)


def _left_of(said: Tree) -> Tree:
    """The reasons without their details: a purged day still counts the same."""
    rest: Tree = {"verdict": {"reasons": [{"code": code} for code in said["reasons"]]}}
    return {**rest, "change": _ERASED_CHANGE} if said["recorded"].get("change") else rest


def fingerprint(personal: bytes | None) -> str | None:
    """The keyed hash of the code that was shown, kept with the personal part."""
    if personal is None:
        return None
    found: str | None = msgspec.json.decode(personal)["fingerprint"]
    return found


def encode_parked(parked: Parked) -> bytes:
    """One unfinished person; refused like `encode`."""
    try:
        body = msgspec.json.encode(parked)
        if len(body) > LONGEST or decode_parked(body) != parked:
            raise StoreFault("not_storable")
    except (msgspec.MsgspecError, UnicodeError, TypeError, ValueError, OverflowError):
        raise StoreFault("not_storable") from None
    return body


def decode_parked(body: bytes) -> Parked:
    """The unfinished person again."""
    return msgspec.json.decode(body, type=Parked)


def _split(tree: Tree, keep: Tree) -> tuple[Tree, Tree]:
    plain: Tree = {}
    rest: Tree = {}
    for name, value in tree.items():
        kept = keep.get(name)
        if kept is True:
            plain[name] = value
        elif isinstance(kept, dict) and isinstance(value, dict):
            plain[name], rest[name] = _split(value, kept)
        else:
            rest[name] = value
    return plain, rest


def _joined(plain: Tree, rest: Tree) -> Tree:
    both = {**plain, **rest}
    for name in plain.keys() & rest.keys():
        both[name] = _joined(plain[name], rest[name])
    return both
