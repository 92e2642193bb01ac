"""A batch comes out letter by letter as it went in, is small, and nothing hostile passes."""

from __future__ import annotations

import contextlib
import json
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.store import payload
from checkpoint_app.store.identity import uuid7
from checkpoint_app.store.moments import micros
from checkpoint_app.sync import records
from checkpoint_app.sync.packing import Unreadable, packed, unpacked
from checkpoint_app.sync.records import Sent
from tests.store.travellers import MORNING, any_recorded, recorded

SALT = bytes(range(16))


def sent(plain: bytes = b"{}", personal: bytes | None = None, **rest: object) -> Sent:
    at_us = micros(MORNING)
    salt = SALT if personal is not None else None
    usual = {"id": uuid7(MORNING), "kind": "look", "at_us": at_us, "offset_s": 28800}
    values = {**usual, "belongs_us": at_us, "supersedes": None, **rest}
    return Sent(plain=plain, personal=personal, salt=salt, **values)


def inspection(number: int) -> Sent:
    one = recorded(minute=number / 3, plate=f"豫A{number:05}")
    plain, personal = payload.encode(one, f"{number:064x}")
    at_us = micros(one.confirmed_at)
    return sent(plain, personal, id=uuid7(one.confirmed_at), at_us=at_us, belongs_us=at_us)


def test_usual_records_come_back_and_are_small() -> None:
    batch = [inspection(number) for number in range(200)]
    body = records.encode(batch)
    assert records.decode(body) == batch
    assert len(body) < 100 * len(batch)


@given(st.lists(any_recorded, min_size=1, max_size=5))
def test_whatever_the_desk_records_comes_back(several) -> None:
    batch = []
    for one in several:
        at_us = micros(one.confirmed_at)
        plain, personal = payload.encode(one, None)
        batch.append(sent(plain, personal, id=uuid7(one.confirmed_at), at_us=at_us))
    assert records.decode(records.encode(batch)) == batch


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.uuids().map(str)
    | st.binary(min_size=16, max_size=16).map(bytes.hex)
    | st.datetimes().map(lambda moment: moment.isoformat() + "Z"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
).filter(lambda value: not isinstance(value, int) or abs(value) < 2**63)


def _texts(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


@given(st.lists(st.tuples(_json, st.none() | _json), min_size=1, max_size=6))
def test_any_json_comes_back_or_is_refused_when_sent(pairs) -> None:
    batch = []
    for plain, personal in pairs:
        try:
            texts = _texts(plain), _texts(personal) if personal is not None else None
            texts[0].decode()
            (texts[1] or b"").decode()
        except UnicodeDecodeError:
            continue
        batch.append(sent(*texts))
    if batch:
        assert records.decode(records.encode(batch)) == batch


@pytest.mark.parametrize(
    "one",
    [
        sent(supersedes=uuid4()),
        sent(id=UUID(int=0)),
        sent(id=uuid7(MORNING + timedelta(days=4000))),
        sent(at_us=1, belongs_us=-5),
        sent(commitment=bytes(32)),
        sent(b'{"a":"2022-03-14T08:00:00Z","b":"2022-03-14T24:61:00Z"}'),
        sent(b'{"a":"2022-03-14T08:00:00.100000+08:00","b":[1.50,1e5,-0,true,null]}'),
        sent('{"名":"\\"引号\\\\","空":""}'.encode(), b"{}"),
        sent(b"not json at all", b""),
    ],
)
def test_odd_records_come_back(one: Sent) -> None:
    assert records.decode(records.encode([one, one])) == [one, one]


@pytest.mark.parametrize("text", [b"a\0b", b"a\nb"])
def test_what_is_no_text_of_one_line_is_not_sent(text: bytes) -> None:
    with pytest.raises(Unreadable):
        records.encode([sent(text)])


@given(st.binary(max_size=400))
def test_bytes_of_a_stranger_are_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        records.decode(body)


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_a_batch_that_was_altered_is_unreadable_or_other_records(at: int, wrong: bytes) -> None:
    body = bytearray(records.encode([inspection(number) for number in range(3)]))
    body[at % len(body) : at % len(body) + len(wrong)] = wrong
    with contextlib.suppress(Unreadable):
        assert all(isinstance(each, Sent) for each in records.decode(bytes(body)))


def _batch(**parts: object) -> bytes:
    shape = ['{"0":', "m", "}"]
    usual = {
        "count": 1,
        "shapes": packed(msgspec.json.encode([shape])),
        "which": packed(b"\0"),
        "constant": packed(b"{}"),
        "columns": {},
        "times": packed(b"\2"),
        "random": b"",
    }
    return msgspec.msgpack.encode(list({**usual, **parts}.values()))


def test_bombs_are_not_unpacked() -> None:
    with pytest.raises(Unreadable):
        unpacked(packed(bytes(1 << 20)), 1000)
    nested = ["", *["xa", ""] * 20_000]
    constant = {"a": "x" * 100_000}
    for bomb in (
        _batch(columns={"a": packed(bytes(80 << 20))}),
        _batch(
            shapes=packed(msgspec.json.encode([nested])),
            constant=packed(msgspec.json.encode(constant)),
        ),
        _batch(count=10**9),
        _batch(shapes=packed(b"[" * 100_000)),
        _batch(which=packed(b"\7")),
        _batch(random=bytes(1000)),
    ):
        with pytest.raises(Unreadable):
            records.decode(bomb)
