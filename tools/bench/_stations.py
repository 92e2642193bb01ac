"""Simulated stations for the hub's figures: made beforehand, sent by one thread that does little.

Everything is signed before the clock starts, so that what is measured is the hub. They say hello
first, and do as the hub says: pause between batches, come again when it was too busy.
"""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.store import chain, payload
from checkpoint_app.store.chain import Sent
from checkpoint_app.store.identity import new_device, uuid7
from checkpoint_app.store.moments import micros
from checkpoint_app.sync import records, wire
from checkpoint_app.sync.speaking import public_bytes
from tools.bench.store import traveller

BATCH = 500
NOW = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Simulated:
    """A station with all that it will say, in whole envelopes."""

    device: str
    key: bytes
    hello: bytes
    pushes: tuple[bytes, ...]
    count: int


def simulated(hub: str, stations: int, each: int) -> list[Simulated]:
    """Made by all processors: a chain of signed batches takes as long as storing it."""
    with ProcessPoolExecutor(mp_context=get_context("forkserver")) as pool:
        asked = [(hub, number, each) for number in range(stations)]
        return list(pool.map(_station, asked, chunksize=max(1, stations // 50)))


def _station(asked: tuple[str, int, int]) -> Simulated:
    hub, number, each = asked
    draw, device = random.Random(number), new_device()
    key, previous, pushes = Ed25519PrivateKey.generate(), chain.START, []

    def said(purpose: str, message: wire.Message) -> bytes:
        body = wire.encode(message)
        return wire.signed(wire.Envelope(wire.VERSION, purpose, device, hub, 1, 1, body), key)

    for first in range(1, each + 1, BATCH):
        several = [_sent(draw, seq) for seq in range(first, min(first + BATCH, each + 1))]
        last = _chained(device, first, several, previous)
        body = records.encode(several)
        pushes.append(said("push", wire.Push(1, first, len(several), previous, last, body)))
        previous = last
    hello = said("hello", wire.Hello((wire.Place(1, each, previous),), waiting=each))
    return Simulated(device, public_bytes(key), hello, tuple(pushes), each)


def _sent(draw: random.Random, number: int) -> Sent:
    """A record as a station makes it: keys by time, times to the microsecond, a fingerprint."""
    one = traveller(draw, number)
    at = one.confirmed_at + timedelta(microseconds=draw.randrange(10_000_000))
    opened = at - timedelta(microseconds=draw.randrange(4_000_000, 15_000_000))
    shown, code = draw.randbytes(32).hex(), one.inspection.health_code
    assert code is not None
    inspection = replace(
        one.inspection,
        id=uuid7(opened),
        opened_at=opened,
        health_code=replace(code, seen_at=opened, fingerprint=shown),
        temperatures=tuple(replace(each, taken_at=at) for each in one.inspection.temperatures),
    )
    recorded: RecordedInspection = replace(one, inspection=inspection, confirmed_at=at)
    plain, personal = payload.encode(recorded, shown)
    at_us = micros(at)
    salt = secrets.token_bytes(chain.SALT_BYTES)
    return Sent(uuid7(at), "inspection", at_us, 28800, at_us, None, plain, personal, salt)


def _chained(device: str, first: int, several: list[Sent], previous: bytes) -> bytes:
    for seq, each in enumerate(several, first):
        commitment = chain.commitment(each.salt or b"", each.personal or b"")
        link = chain.Link(
            each.id,
            device,
            1,
            seq,
            each.kind,
            each.at_us,
            each.offset_s,
            each.belongs_us,
            None,
            each.plain,
            commitment,
            previous,
        )
        previous = chain.link_hash(link)
    return previous


# --- sending --------------------------------------------------------------------------------------


@dataclass
class Sending:
    """How it went: seconds of every reply to a batch, and how often the hub was too busy."""

    replies: list[float] = field(default_factory=list)
    sent_away: int = 0
    took_s: float = 0.0

    def reply_s(self, share: float) -> float:
        """The reply time that so many were faster than."""
        return sorted(self.replies)[int((len(self.replies) - 1) * share)]


def send(port: int, sent: list[Simulated], at_once: int | None = None) -> Sending:
    """Every station sends its batches in order; `at_once` None: all of them at the same time."""
    return asyncio.run(_all(port, sent, at_once or len(sent)))


async def _all(port: int, sent: list[Simulated], at_once: int) -> Sending:
    sending, turn, began = Sending(), asyncio.Semaphore(at_once), time.perf_counter()

    async def one(station: Simulated) -> None:
        async with turn:
            await _Speaking(port, sending).drain(station)

    await asyncio.gather(*map(one, sent))
    sending.took_s = time.perf_counter() - began
    return sending


@dataclass
class _Speaking:
    """One station's side."""

    port: int
    sending: Sending

    async def drain(self, station: Simulated) -> None:
        told = await self._patient("hello", station.hello)
        pause_ms = wire.decode(wire.opened(told).body, wire.Welcome).pause_ms
        for push in station.pushes:
            await asyncio.sleep(random.uniform(0.5, 1.5) * pause_ms / 1000)
            answer = wire.opened(await self._patient("push", push))
            stored = wire.decode(answer.body, wire.Pushed)
            if stored.result != "stored":
                raise RuntimeError(f"not stored: {stored}")
            pause_ms = stored.pause_ms

    async def _patient(self, purpose: str, body: bytes) -> bytes:
        while True:
            began = time.perf_counter()
            status, wait_s, answer = await self._posted(purpose, body)
            if status == 200:
                if purpose == "push":
                    self.sending.replies.append(time.perf_counter() - began)
                return answer
            if status != 503:
                raise RuntimeError(f"answered {status}")
            self.sending.sent_away += 1
            await asyncio.sleep(random.uniform(0.5, 1.5) * wait_s)

    async def _posted(self, purpose: str, body: bytes) -> tuple[int, float, bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        head = f"POST /v1/{purpose} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        top, _, answer = (await reader.read(-1)).partition(b"\r\n\r\n")
        writer.close()
        first, *others = top.decode().split("\r\n")
        said = dict(line.lower().split(": ", 1) for line in others)
        return int(first.split(" ")[1]), float(said.get("retry-after", "1")), answer
