"""A batch of records as few bytes as they allow, and back to the very same bytes.

A record is a short header and two JSON texts. Its text is cut into *leaves* (the values) and what
stands between them, the *shape*; most records of a batch share a few shapes. Leaves of one name
form a column that is compressed by itself; what looks random (salts, fingerprints, the random part
of a key) travels as bare bytes, times as differences, a leaf that repeats an earlier one of the
same record not at all. All of it is about texts only: whatever comes out is what went in, letter
by letter, or `Unreadable`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

import msgspec
import numpy as np

from checkpoint_app.store.chain import Sent
from checkpoint_app.sync.packing import Unreadable, packed, unpacked

MOST = 1000  # records of one batch
_LONGEST = 1 << 20  # letters of one record when it is written
_LONGEST_READ = 4 << 20  # bytes of it when it is read
_LARGEST = 64 << 20  # bytes of one batch

_LEAF = re.compile(
    r'(?<=[:\[,])("[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|true|false|null)(?=[,\]}])'
)
_NAME = re.compile(r'"([^"]*)":\[*$')
_UUID = re.compile(r'"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"')
_HEX = re.compile(r'"(?:[0-9a-f]{32}|[0-9a-f]{64})"')
_TIME = re.compile(r'"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{6})?(Z|[+-]\d\d:\d\d)"')
_MICROS = re.compile(r"[1-9]\d{14,16}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SHORTEST_REPEATED = 12
_LONGEST_NUMBER = 9  # bytes
Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.uint64]]"


class _Packed(msgspec.Struct, array_like=True, frozen=True):
    """The parts of a batch. `shapes` and `constant` are packed JSON, `columns` packed texts."""

    count: int
    shapes: bytes
    which: bytes
    constant: bytes
    columns: dict[str, bytes]
    times: bytes
    random: bytes


def encode(records: Sequence[Sent]) -> bytes:
    """The bytes of a batch."""
    writer = _Writer()
    for record in records:
        writer.add(_text_of(record))
    return writer.done()


def decode(body: bytes) -> list[Sent]:
    """The records of a batch. Raises `Unreadable` for anything that `encode` would not make."""
    try:
        batch = msgspec.msgpack.decode(body, type=_Packed)
        if not 0 < batch.count <= MOST:
            raise Unreadable("count")
        return [_record_of(text) for text in _Reader(batch).texts()]
    except (msgspec.MsgspecError, ValueError, LookupError, TypeError, OverflowError) as error:
        raise Unreadable(type(error).__name__) from None
    except (StopIteration, RuntimeError):
        raise Unreadable("short") from None


# --- one record as a text -------------------------------------------------------------------------

_SEPARATOR = "\0"


def _text_of(record: Sent) -> str:
    header = (
        record.at_us,
        record.id,
        record.kind,
        record.offset_s,
        record.belongs_us - record.at_us,
        record.supersedes,
        record.salt.hex() if record.salt is not None else None,
        record.commitment.hex() if record.commitment is not None else None,
    )
    head = "".join(
        f'{"{" if place == 0 else ","}"{place}":{msgspec.json.encode(value).decode()}'
        for place, value in enumerate(header)
    )
    personal = record.personal.decode() if record.personal is not None else ""
    text = _SEPARATOR.join((head + "}", record.plain.decode(), personal))
    if text.count(_SEPARATOR) != 2 or "\n" in text or len(text) > _LONGEST:
        raise Unreadable("not a text of one line")
    return text


class _Header(msgspec.Struct, frozen=True):
    """What stands before a record's two texts."""

    at_us: int = msgspec.field(name="0")
    id: UUID = msgspec.field(name="1")
    kind: str = msgspec.field(name="2")
    offset_s: int = msgspec.field(name="3")
    belongs: int = msgspec.field(name="4")
    supersedes: UUID | None = msgspec.field(name="5")
    salt: str | None = msgspec.field(name="6")
    commitment: str | None = msgspec.field(name="7")


_header_of = msgspec.json.Decoder(_Header).decode


def _record_of(text: bytes) -> Sent:
    head, plain, personal = text.split(b"\0")
    header = _header_of(head)
    salt, commitment = header.salt, header.commitment
    return Sent(
        header.id,
        header.kind,
        header.at_us,
        header.offset_s,
        header.at_us + header.belongs,
        header.supersedes,
        plain,
        personal if salt is not None else None,
        bytes.fromhex(salt) if salt is not None else None,
        bytes.fromhex(commitment) if commitment is not None else None,
    )


# --- writing --------------------------------------------------------------------------------------


class _Writer:
    """Collects texts into shapes and columns."""

    def __init__(self) -> None:
        self._shapes: dict[tuple[str, ...], int] = {}
        self._which: list[int] = []
        self._columns: dict[str, list[str]] = {}
        self._times: list[int] = []
        self._random = bytearray()
        self._last_at = 0

    def add(self, text: str) -> None:
        parts = _LEAF.split(text)
        seen: dict[str, int] = {}
        clock = self._last_at
        for place in range(1, len(parts), 2):
            leaf = parts[place]
            earlier = seen.setdefault(leaf, place) if len(leaf) >= _SHORTEST_REPEATED else place
            if earlier != place:
                parts[place] = f"={earlier}"
                continue
            parts[place], moved = self._put(leaf, parts[place - 1], clock)
            clock = clock if moved is None else moved
            if place == 1:
                self._last_at = clock
        shape = tuple(parts)
        self._which.append(self._shapes.setdefault(shape, len(self._shapes)))

    def _put(self, leaf: str, before: str, clock: int) -> tuple[str, int | None]:
        """Put a leaf where it belongs; what stands for it in the shape, and the time it tells."""
        length = len(leaf)
        if length == 38 and _UUID.fullmatch(leaf):
            return self._put_uuid(UUID(leaf[1:-1]), clock)
        if length in (34, 66) and _HEX.fullmatch(leaf):
            self._random += bytes.fromhex(leaf[1:-1])
            return f"h{(length - 2) // 2}", None
        if 22 <= length <= 34 and (told := _TIME.fullmatch(leaf)) and (form := _told(leaf, told)):
            self._times.append(form[1] - clock)
            return form[0], form[1]
        if 15 <= length <= 17 and _MICROS.fullmatch(leaf):
            self._times.append(int(leaf) - clock)
            return "m", int(leaf)
        name = _NAME.search(before)
        column = name[1] if name else ""
        self._columns.setdefault(column, []).append(leaf)
        return f"x{column}", None

    def _put_uuid(self, value: UUID, clock: int) -> tuple[str, int | None]:
        raw, millis = value.bytes, value.int >> 80
        if value.version == 7 and abs(millis - clock // 1000) < 1 << 40:
            self._times.append(millis - clock // 1000)
            self._random += raw[6:]
            return "v", max(clock // 1000, millis) * 1000 if millis != clock // 1000 else clock
        self._random += raw
        return "u", None

    def done(self) -> bytes:
        constant = {name: leaves[0] for name, leaves in self._columns.items() if _all_same(leaves)}
        columns = {
            name: packed("\n".join(leaves).encode())
            for name, leaves in self._columns.items()
            if name not in constant
        }
        return msgspec.msgpack.encode(
            _Packed(
                count=len(self._which),
                shapes=packed(msgspec.json.encode(list(self._shapes))),
                which=packed(_varints(self._which)),
                constant=packed(msgspec.json.encode(constant)),
                columns=columns,
                times=packed(_varints(map(_zigzag, self._times))),
                random=bytes(self._random),
            )
        )


def _told(leaf: str, found: re.Match[str]) -> tuple[str, int] | None:
    """How a time is written and which it is; None where it would not come back the same."""
    try:
        moment = datetime.fromisoformat(leaf[1:-1])
        micros = (moment - _EPOCH) // _MICROSECOND
        form = f"t{6 if found[2] else 0}{found[3]}"
        return (form, micros) if _time_text(form)(micros) == leaf else None
    except (ValueError, OverflowError):
        return None


def _time_text(form: str) -> Callable[[int], str]:
    """Writes microseconds of UTC the way that `form` says."""
    zone = form[2:]
    offset = datetime.fromisoformat(f"2000-01-01T00:00:00{zone}").utcoffset() or timedelta()
    start, spec = _EPOCH.replace(tzinfo=None) + offset, "microseconds" if form[1] == "6" else "auto"

    def written(micros: int) -> str:
        moment = start + timedelta(microseconds=micros)
        return f'"{moment.isoformat(timespec=spec)}{zone}"'

    return written


# --- reading --------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Shape:
    """A shape ready to be filled: pieces of text with an empty place for every value between."""

    pieces: list[bytes]
    getters: list[tuple[int, Callable[[], bytes]]]  # one a column leaf, by its piece
    worked: list[tuple[int, str, int]]  # what has to be worked out, in its order
    written: dict[int, Callable[[int], str]]  # how each time is written, by its piece
    leads: bool  # whether the first value is worked out: it tells when the record was made


class _Reader:
    """Fills shapes from columns. Bytes throughout, as a hub reads millions of records."""

    def __init__(self, batch: _Packed) -> None:
        self._batch = batch
        self._left = _LARGEST
        constant = msgspec.json.decode(self._unpacked(batch.constant), type=dict[str, str])
        self._columns: dict[str, Iterator[bytes]] = {
            name: iter(_utf8(self._unpacked(column)).split(b"\n"))
            for name, column in batch.columns.items()
        }
        self._constant = {name: leaf.encode() for name, leaf in constant.items()}
        self._times = iter(_unzigzagged(_unvarints(self._unpacked(batch.times))))
        self._hex, self._at = batch.random.hex().encode(), 0

    def _unpacked(self, body: bytes) -> bytes:
        plain = unpacked(body, self._left)
        self._left -= len(plain)
        return plain

    def texts(self) -> Iterator[bytes]:
        listed = msgspec.json.decode(self._unpacked(self._batch.shapes), type=list[list[str]])
        shapes = [self._shape(parts) for parts in listed]
        which = _unvarints(self._unpacked(self._batch.which)).tolist()
        if len(which) != self._batch.count:
            raise Unreadable("count")
        left, clock = _LARGEST, 0
        for number in which:
            text, clock = self._filled(shapes[number], clock)
            left -= len(text)
            if left < 0:
                raise Unreadable("too large")
            yield text
        if self._at != len(self._hex):
            raise Unreadable("left over")

    def _shape(self, parts: list[str]) -> _Shape:
        """Values have the odd places; what is the same in every record is joined beforehand."""
        shape, values, pieces = _Shape([], [], [], {}, False), dict[int, int](), [bytearray()]
        for place, part in enumerate(parts):
            fixed = self._fixed(parts, place)
            if fixed is not None:
                pieces[-1] += fixed
                self._left -= len(fixed)
                if self._left < 0:
                    raise Unreadable("too large")
                continue
            values[place] = at = len(pieces)
            pieces += (bytearray(), bytearray())
            if part[0] == "x":
                shape.getters.append((at, self._columns[part[1:]].__next__))
                continue
            shape.worked.append((at, part[0], _how(part, values)))
            shape.leads |= place == 1
            if part[0] == "t":
                shape.written[at] = _time_text(part)
        shape.pieces += map(bytes, pieces)
        return shape

    def _fixed(self, parts: list[str], place: int) -> bytes | None:
        """What stands there in every record; None where it is another every time."""
        part = parts[place]
        if place % 2 == 0:
            return part.encode()
        if part[:1] == "=" and 0 < int(part[1:]) < place and int(part[1:]) % 2:
            part = parts[int(part[1:])]
        return self._constant.get(part[1:]) if part[:1] == "x" else None

    def _filled(self, shape: _Shape, clock: int) -> tuple[bytes, int]:
        """The text of the next record of that shape, and the time that it tells first."""
        pieces = shape.pieces.copy()
        for at, get in shape.getters:
            pieces[at] = get()
        first = clock
        for at, sign, how in shape.worked:
            if sign == "=":
                pieces[at] = pieces[how]
            elif sign == "h":
                pieces[at] = b'"%b"' % self._random(how)
            elif sign == "u":
                pieces[at] = _uuid_text(self._random(16))
            elif sign == "v":
                pieces[at], clock = self._keyed(clock)
            else:
                clock += next(self._times)
                pieces[at] = b"%d" % clock if sign == "m" else shape.written[at](clock).encode()
            if at == 1 and shape.leads:
                first = clock
        if sum(map(len, pieces)) > _LONGEST_READ:
            raise Unreadable("too large")
        return b"".join(pieces), first

    def _keyed(self, clock: int) -> tuple[bytes, int]:
        """A key made at a time (UUIDv7): the time told as a difference, the rest at random."""
        millis = clock // 1000 + next(self._times)
        if not 0 <= millis < 1 << 48:
            raise Unreadable("key")
        text = _uuid_text(b"%012x%b" % (millis, self._random(10)))
        return text, max(clock // 1000, millis) * 1000 if millis != clock // 1000 else clock

    def _random(self, length: int) -> bytes:
        """The next random bytes, in hex."""
        start, self._at = self._at, self._at + 2 * length
        if self._at > len(self._hex):
            raise Unreadable("short")
        return self._hex[start : self._at]


def _how(part: str, values: dict[int, int]) -> int:
    """How long a random value is, or which piece a repeated one repeats; 0 for the others."""
    sign, rest = part[0], part[1:]
    if sign == "=":
        return values[int(rest)]
    if sign == "h" and 0 < int(rest) < 4096:
        return int(rest)
    if sign == "t" or (sign in "muv" and not rest):
        return 0
    raise Unreadable("shape")


def _utf8(text: bytes) -> bytes:
    """The same text, if it is one."""
    text.decode()
    return text


def _uuid_text(letters: bytes) -> bytes:
    return b'"%b-%b-%b-%b-%b"' % (
        letters[:8],
        letters[8:12],
        letters[12:16],
        letters[16:20],
        letters[20:],
    )


# --- numbers --------------------------------------------------------------------------------------


def _all_same(leaves: list[str]) -> bool:
    return leaves.count(leaves[0]) == len(leaves)


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


def _unzigzagged(numbers: Numbers) -> list[int]:
    halves: Numbers = numbers >> np.uint64(1)
    signs = (numbers & np.uint64(1)).astype(np.int64)
    told: list[int] = (halves.astype(np.int64) * (1 - 2 * signs) - signs).tolist()
    return told


def _varints(numbers: Iterable[int]) -> bytes:
    out = bytearray()
    for number in numbers:
        while number > 127:
            out.append(number & 127 | 128)
            number >>= 7
        out.append(number)
    return bytes(out)


def _unvarints(body: bytes) -> Numbers:
    letters = np.frombuffer(body, np.uint8)
    ends = np.flatnonzero(letters < 128)
    if len(letters) and (not len(ends) or ends[-1] != len(letters) - 1):
        raise Unreadable("short")
    if not len(letters):
        return np.zeros(0, np.uint64)
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends - starts + 1
    if lengths.max() > _LONGEST_NUMBER:
        raise Unreadable("number")
    places = np.arange(len(letters)) - np.repeat(starts, lengths)
    shifted = (letters & 127).astype(np.uint64) << (7 * places).astype(np.uint64)
    return np.add.reduceat(shifted, starts)


__all__ = ["MOST", "Sent", "decode", "encode"]
