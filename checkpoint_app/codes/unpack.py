"""Bytes and text from strangers, taken apart within limits.

Every function here gives a value or a `Fault`; none raises on bad input, whatever it is. What is
not asked for is refused while decoding (CBOR tags, JSON infinities), never decoded and looked at
afterwards.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Never

import base45
import cbor2

from checkpoint_app.domain.reasons import Code

MAX_TEXT = 8 * 1024  # characters; the largest QR code holds 7,089 digits
MAX_INFLATED = 64 * 1024  # bytes
_MAX_CBOR_DEPTH = 16
_MAX_NAME = 120  # characters
_COSE_TAGS = frozenset({61, 18})  # CWT and COSE_Sign1
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*={0,2}")
_BIRTH_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?=$|T)", re.ASCII)
_DROPPED = frozenset({"Cc", "Cf", "Cs"})  # controls, direction marks, lone surrogates


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something could not be read."""

    code: Code = Code.MALFORMED
    detail: str | None = None


def from_base45(text: str) -> bytes | Fault:
    """Bytes of a Base45 text (RFC 9285)."""
    try:
        return bytes(base45.b45decode(text))
    except ValueError:
        return Fault()


def from_base64url(text: object) -> bytes | Fault:
    """Bytes of a base64url text, padded or not (RFC 4648, section 5)."""
    if not isinstance(text, str) or not _BASE64URL.fullmatch(text):
        return Fault()
    bare = text.rstrip("=")
    try:
        return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except (ValueError, binascii.Error):
        return Fault()


def from_base64(text: object) -> bytes | Fault:
    """Bytes of a base64 text in either alphabet, with or without padding and line breaks."""
    if not isinstance(text, str):
        return Fault()
    return from_base64url("".join(text.split()).translate({43: "-", 47: "_"}))


def inflated(packed: bytes, *, raw: bool = False) -> bytes | Fault:
    """The inflated bytes, at most `MAX_INFLATED`. `raw` means deflate with no zlib header."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS)
    try:
        plain = stream.decompress(packed, MAX_INFLATED + 1)
    except zlib.error:
        return Fault()
    if len(plain) > MAX_INFLATED:
        return Fault(Code.INFLATES_TOO_FAR)
    return plain if stream.eof else Fault()


def from_json(text: str | bytes) -> Any:
    """A JSON value (a byte order mark is tolerated), or a `Fault`."""
    try:
        plain = text if isinstance(text, str) else text.decode("utf-8-sig")
        return json.loads(plain, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return Fault()


def from_cbor(data: bytes) -> Any:
    """A CBOR value (RFC 8949) without any tag, or a `Fault`."""
    return _cbor(data, _refuse_tag)


def cose_content(data: bytes) -> Any:
    """The value inside the tags 61 and 18, which may stand outermost or be left out."""
    found = _cbor(data, _cose_tag)
    for tag in (61, 18):
        if isinstance(found, cbor2.CBORTag) and found.tag == tag:
            found = found.value
    return found


def plain(value: object, limit: int = _MAX_NAME) -> str | None:
    """Text fit for screen and paper: NFC, one line, no controls or direction marks, or None."""
    if not isinstance(value, str):
        return None
    kept = "".join(map(_shown, value[: 4 * limit]))
    return unicodedata.normalize("NFC", " ".join(kept.split()))[:limit].strip() or None


def as_moment(value: object) -> datetime | None:
    """An aware time from ISO 8601 text (without offset: UTC), or None."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = datetime.fromisoformat(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def as_date(value: object) -> date | None:
    """A date from text that begins with YYYY-MM-DD, or None."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def as_birth_date(value: object) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD as written, or None where it is no such date."""
    found = _BIRTH_DATE.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return None
    return found.group()


def as_seconds(value: object) -> float | None:
    """Seconds since 1970 from a whole or broken number, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = float(value)
    except OverflowError:
        return None
    return seconds if math.isfinite(seconds) else None


def from_seconds(seconds: float | None) -> datetime | None:
    """The time at so many seconds since 1970, or None where no calendar reaches."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def dose_number(value: object) -> int | None:
    """A plausible number of doses, or None."""
    return value if type(value) is int and 0 < value < 100 else None


def mapping(value: object) -> Mapping[Any, Any]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def entries(value: object) -> list[Mapping[Any, Any]]:
    """The mappings among the items of a list; empty for anything else."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if character.isspace() or category in {"Zl", "Zp"}:
        return " "
    nothing = category in _DROPPED or ord(character) & 0xFFFE == 0xFFFE
    return "" if nothing else character


def _cbor(data: bytes, tag_hook: Any) -> Any:
    try:
        return cbor2.loads(
            data,
            max_depth=_MAX_CBOR_DEPTH,
            tag_hook=tag_hook,
            semantic_decoders=_NO_MEANING,
            allow_duplicate_keys=False,
        )
    except (cbor2.CBORDecodeError, ValueError, TypeError, OverflowError):
        return Fault()


def _refuse_tag(tag: cbor2.CBORTag, immutable: bool) -> Never:
    raise ValueError("tag")


def _cose_tag(tag: cbor2.CBORTag, immutable: bool) -> cbor2.CBORTag:
    if tag.tag not in _COSE_TAGS:
        _refuse_tag(tag, immutable)
    return tag


def _refuse_constant(name: str) -> Never:
    raise ValueError(name)


def _refuse_value(value: object, immutable: bool) -> Never:
    raise ValueError("tag")


class _NoMeaning(Mapping[int, Any]):
    """Overrides cbor2's own reading of every tag but the two of COSE: a decimal with a giant
    exponent must not even come to be."""

    def __getitem__(self, tag: int) -> Any:
        if tag in _COSE_TAGS:
            raise KeyError(tag)
        return _refuse_value

    def __iter__(self) -> Iterator[int]:
        return iter(())

    def __len__(self) -> int:
        return 0


_NO_MEANING = _NoMeaning()
