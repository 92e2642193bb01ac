"""The published test vectors and the trust lists that go with them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from checkpoint_app.codes.trust import Trust, TrustFile, parse_trust_file

DATA = Path(__file__).parent.parent / "data" / "codes"
TODAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@cache
def vectors(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads((DATA / name).read_text("utf-8")))


def trust_file(name: str, body: bytes | None = None, now: datetime = TODAY) -> TrustFile:
    raw = (DATA / "trust" / name).read_bytes() if body is None else body
    found = parse_trust_file(name, raw, now)
    assert isinstance(found, TrustFile), found
    return found


@cache
def trust_files() -> tuple[TrustFile, ...]:
    return tuple(
        trust_file(name) for name in ("dcc_gateway.json", "dcc_kid_map.json", "shc_directory.json")
    )


def trust_at(at: datetime, *more: TrustFile) -> Trust:
    """All published lists and `more`, as of `at`."""
    return Trust.of(file.current_at(at) for file in (*trust_files(), *more))


def as_qr(jws: str) -> str:
    return "shc:/" + "".join(f"{ord(character) - 45:02}" for character in jws)
