"""A hub and its stations without a network: envelopes go straight to the hub's voice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_app.hub.answering import Answering
from checkpoint_app.hub.authority import new_secrets
from checkpoint_app.store.hub.home import HubState
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.identity import new_device
from checkpoint_app.store.station import Station
from checkpoint_app.sync.enrolling import Invitation, Site, enrol_over
from checkpoint_app.sync.exchange import Exchange, Summary
from checkpoint_app.sync.faults import SyncFault
from checkpoint_app.sync.packing import Unreadable

MORNING = datetime(2022, 3, 14, 8, 0, tzinfo=timezone(timedelta(hours=8)))


@dataclass
class Clock:
    """A clock that the test moves."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        self.now += by


@dataclass
class Office:
    """One hub in a folder, and a way to reach it."""

    folder: Path
    database: str = ""
    clock: Clock = field(default_factory=Clock)
    begun: bool = False  # whether it stands in the folder already
    store: HubStore = field(init=False)
    answering: Answering = field(init=False)

    def __post_init__(self) -> None:
        if not self.begun:
            hub = new_device()
            state = HubState(hub, "县指挥部", "https://hub.example", self.database)
            HubStore.create(self.folder, state, new_secrets(hub), None, self.clock())
        self.open()

    def open(self) -> None:
        """Start the hub, after `close` again."""
        self.store = HubStore.open(self.folder)
        self.store.settle_revoked()
        self.answering = Answering(self.store, self.clock)

    def close(self) -> None:
        self.store.close()

    @property
    def key(self) -> Ed25519PrivateKey:
        """What the hub signs with."""
        return Ed25519PrivateKey.from_private_bytes(self.store.secrets.signing)

    def post(self, path: str, body: bytes) -> bytes:
        """What a link does."""
        if path == "/v1/identity":
            return self.answering.identity
        try:
            return self.answering.answer(path.removeprefix("/v1/"), body)
        except Unreadable:
            raise SyncFault("hub_answer_wrong", "400") from None

    def enrol(self, station: Station, name: str) -> None:
        """Take a station in under this name."""
        invited = Invitation("https://hub.example", self.store.new_code(name, self.clock()), "")
        site = Site(name, "road", "410000", "test")
        identity = self.answering.identity
        enrol_over(station.sync, self.post, identity, invited, site, self.clock())

    def exchange(
        self, station: Station, post: Callable[[str, bytes], bytes] | None = None
    ) -> Summary:
        """One exchange."""
        return Exchange(station.sync, post or self.post, self.clock, _at_once).run()

    def head(self, station: Station) -> str:
        """The newest head that the hub has of a station."""
        lines = {each.device: each for each in self.store.lines()}
        return lines[station.sync.device].head


def _at_once(_seconds: float) -> None:
    pass
