"""Records of vehicles and gate-runners as bytes: a plain part that names nobody, and the rest.

What may stay after a retention rule has run is what is not named here as personal.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from checkpoint_app.domain.passage import RecordedPassage, VehiclePassage
from checkpoint_app.domain.runner import Runner
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.payload import LONGEST

T = TypeVar("T")
Tree = dict[str, Any]

_OF_PASSAGE = ("plate", "origin", "destination", "receiver", "goods", "escort", "note")
_OF_RUNNER = ("plate", "note", "inspection_id")


def encode_passage(recorded: RecordedPassage) -> tuple[bytes, bytes]:
    """Plain and personal JSON of a vehicle; refused (not_storable) where it cannot be read back."""
    tree = _tree(recorded)
    rest = {name: tree["passage"].pop(name) for name in _OF_PASSAGE}
    parts = _bytes(tree), _bytes({"passage": rest, "reason": tree.get("reason")})
    if decode_passage(*parts) != recorded:
        raise StoreFault("not_storable")
    return parts


def decode_passage(plain: bytes, personal: bytes | None) -> RecordedPassage:
    """The vehicle again; after a purge without its plate, places, goods and notes."""
    tree: Tree = msgspec.json.decode(plain)
    if personal is not None:
        tree["passage"].update(msgspec.json.decode(personal)["passage"])
    return msgspec.convert(tree, RecordedPassage)


def encode_runner(runner: Runner) -> tuple[bytes, bytes]:
    """Plain and personal JSON of a gate-runner."""
    tree = _tree(runner)
    rest = {name: tree.pop(name) for name in _OF_RUNNER}
    return _bytes(tree), _bytes(rest)


def decode_runner(plain: bytes, personal: bytes | None) -> Runner:
    """The gate-runner again; after a purge without plate and note."""
    tree: Tree = msgspec.json.decode(plain)
    if personal is not None:
        tree.update(msgspec.json.decode(personal))
    return msgspec.convert(tree, Runner)


def encode_open(passage: VehiclePassage) -> bytes:
    """A vehicle that still stands at the gate."""
    return _bytes(_tree(passage))


def decode_open(body: bytes) -> VehiclePassage:
    """The open vehicle again."""
    return msgspec.json.decode(body, type=VehiclePassage)


def _tree(value: object) -> Tree:
    try:
        tree: Tree = msgspec.to_builtins(value, order="deterministic")
    except (msgspec.MsgspecError, TypeError, ValueError):
        raise StoreFault("not_storable") from None
    return tree


def _bytes(tree: Tree) -> bytes:
    try:
        body = msgspec.json.encode(tree)
    except (msgspec.MsgspecError, UnicodeError, TypeError, ValueError):
        raise StoreFault("not_storable") from None
    if len(body) > LONGEST:
        raise StoreFault("not_storable")
    return body
