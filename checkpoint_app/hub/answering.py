"""What the hub answers to an envelope, whichever way it came: by network or by file.

Nothing in an envelope is believed before its signature fits the key that the station enrolled
with. Every answer is signed for exactly the envelope it answers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_app.hub import authority
from checkpoint_app.store.faults import StoreFault
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.hub.values import Batch, Device, Incoming, NewDevice, Received
from checkpoint_app.store.moments import micros
from checkpoint_app.sync import records, wire
from checkpoint_app.sync.packing import Unreadable

M = TypeVar("M", bound=wire.Message)
INTERVAL_S = 15
BATCH = 500
_CLOSED = ("code_wrong", "revoked", "name_taken", "not_storable")


class Refused(Exception):
    """The envelope gets no more than this."""

    def __init__(self, code: str, number: int = 0) -> None:
        super().__init__(code)
        self.refusal = wire.Refusal(code, number)


class Answering:
    """The hub's voice. Any thread."""

    def __init__(self, store: HubStore, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._hub = store.state.hub
        self._key = Ed25519PrivateKey.from_private_bytes(store.secrets.signing)
        self.identity = authority.identity(self._hub, store.secrets)
        self._answers: dict[str, Callable[[wire.Envelope], wire.Message]] = {
            "enrol": self._enrol,
            "hello": self._hello,
            "push": self._push,
        }

    def answer(self, purpose: str, body: bytes) -> bytes:
        """The signed answer to a signed question; also where it is no. Raises `Unreadable`."""
        envelope = wire.opened(body)
        try:
            told = self._told(purpose, envelope)
        except Refused as refused:
            return self._signed("refusal", refused.refusal, envelope)
        except StoreFault as fault:
            if fault.code == "refused" or fault.code not in ("locked", *_CLOSED):
                raise
            code = "busy" if fault.code == "locked" else fault.code
            return self._signed("refusal", wire.Refusal(code), envelope)
        return self._signed(purpose, told, envelope)

    def _told(self, purpose: str, envelope: wire.Envelope) -> wire.Message:
        if envelope.purpose != purpose or purpose not in self._answers:
            raise Refused("malformed")
        if envelope.receiver != self._hub:
            raise Refused("other_hub")
        return self._answers[purpose](envelope)

    def _signed(self, purpose: str, message: wire.Message, to: wire.Envelope) -> bytes:
        told = wire.Envelope(
            wire.VERSION,
            purpose,
            self._hub,
            to.sender,
            to.epoch,
            to.number,
            wire.encode(message),
        )
        return wire.signed(told, self._key)

    # --- stations

    def _enrol(self, envelope: wire.Envelope) -> wire.Message:
        asked = _read(envelope.body, wire.Enrol)
        if not wire.is_by(envelope, asked.key):
            raise Refused("bad_signature")
        if not (0 < len(envelope.sender) <= 32 and envelope.sender.isalnum()):
            raise Refused("malformed")
        new = NewDevice(
            envelope.sender,
            asked.key,
            asked.recipient[:100],
            asked.site_name[:80],
            asked.site_kind[:24],
            asked.county[:12],
            asked.program[:40],
        )
        device = self._store.enrol(asked.code, new, self._clock())
        secrets = self._store.secrets
        return wire.Enrolled(
            device.device, device.name, self.identity, secrets.token_key, INTERVAL_S
        )

    def _known(self, envelope: wire.Envelope, *, counted: bool = True) -> Device:
        """The station that signed this, if it may speak."""
        device = self._store.device(envelope.sender)
        if device is None:
            raise Refused("unknown_device")
        if not wire.is_by(envelope, device.public_key):
            raise Refused("bad_signature")
        if device.status == "revoked":
            raise Refused("revoked")
        if counted and not self._store.count_request(
            device.device, envelope.epoch, envelope.number
        ):
            # Somebody's replay, or a station put back to an earlier state: it may count on.
            raise Refused("stale_number", device.request_number)
        return device

    def _hello(self, envelope: wire.Envelope) -> wire.Message:
        device = self._known(envelope)
        said, now = _read(envelope.body, wire.Hello), self._clock()
        stand = self._store.compare(
            device.device, [(each.epoch, each.seq, each.head) for each in said.places]
        )
        self._store.note(
            device.device,
            now,
            waiting=max(0, said.waiting),
            program=said.program[:40],
            clock_off_s=(said.clock_us - micros(now)) / 1e6,
        )
        return wire.Welcome(
            hub_epoch=self._store.state.epoch,
            places=tuple(wire.Place(each.epoch, each.seq, each.head) for each in stand.chains),
            interval_s=INTERVAL_S,
            batch=BATCH,
            frozen=stand.frozen,
            open_epoch=stand.open_epoch,
        )

    # --- records

    def _push(self, envelope: wire.Envelope) -> wire.Message:
        # A batch that comes again changes nothing, so it needs no counting.
        device = self._known(envelope, counted=False)
        push = _read(envelope.body, wire.Push)
        if not (0 < push.count <= records.MOST and 0 < push.first < 1 << 60 and push.epoch > 0):
            raise Refused("malformed")
        if len(push.previous) != 32 or len(push.last) != 32 or push.epoch >= 1 << 31:
            raise Refused("malformed")
        done = self._store.receive(batch_of(device.device, push), self._clock())
        return pushed(push.epoch, done)


def batch_of(device: str, push: wire.Push) -> Batch:
    """A push as the store takes it; what cannot be read stays bytes."""
    try:
        sent = tuple(map(_incoming, records.decode(push.records)))
    except Unreadable:
        sent = None
    return Batch(
        device, push.epoch, push.first, push.count, push.previous, push.last, sent, push.records
    )


def pushed(epoch: int, done: Received) -> wire.Pushed:
    """The answer to a push."""
    return wire.Pushed(
        done.result, epoch, done.seq, done.accepted, done.duplicates, done.refused, done.reason
    )


def _incoming(each: records.Sent) -> Incoming:
    return Incoming(
        each.id,
        each.kind,
        each.at_us,
        each.offset_s,
        each.belongs_us,
        each.supersedes,
        each.plain,
        each.personal,
        each.salt,
        each.commitment,
    )


def _read(body: bytes, kind: type[M]) -> M:
    try:
        return wire.decode(body, kind)
    except Unreadable:
        raise Refused("malformed") from None
