"""A desk over a real encrypted store, on a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from checkpoint_app.codes import Trust
from checkpoint_app.desk.database import Database
from checkpoint_app.desk.session import Desk
from checkpoint_app.desk.standing import Surface, policy_of
from checkpoint_app.devices.ports import Sound
from checkpoint_app.domain.credential import Colour
from checkpoint_app.domain.inspection import Itinerary
from checkpoint_app.domain.runner import Shot
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station

START = datetime(2026, 11, 23, 3, 12, tzinfo=timezone(timedelta(hours=8)))


@dataclass
class Clock:
    """Time as the test wants it."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def wait(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass
class Heard:
    """A speaker that writes down what it was asked to play."""

    sounds: list[Sound] = field(default_factory=list)
    stopped: int = 0

    def play(self, sound: Sound) -> None:
        self.sounds.append(sound)

    def stop(self) -> None:
        self.stopped += 1


def english() -> Settings:
    """A station that speaks English."""
    return Settings(language="en", receiver_name="Dr Wang", receiver_phone="12345")


@dataclass
class Post:
    """One desk with everything around it."""

    folder: Path
    clock: Clock
    heard: Heard
    settings: Settings = field(default_factory=english)
    trust: Trust = field(default_factory=Trust.empty)
    drawn: int = 0
    pictures: tuple[Shot, ...] = ()

    def __post_init__(self) -> None:
        self.station = Station.open(self.folder, now=self.clock())
        self.desk = self._desk()

    def surface(self) -> Surface:
        """What the desk is joined to."""
        return Surface(
            Database(self.station),
            self.clock,
            translator(self.settings.language),
            self.settings,
            policy_of(self.settings),
            self.trust,
            self.heard,
            last_seconds=lambda: self.pictures,
        )

    def _desk(self) -> Desk:
        desk = Desk(self.surface(), "王芳", self._draw)
        desk.load()
        return desk

    def _draw(self) -> None:
        self.drawn += 1

    def restart(self, **settings: object) -> Desk:
        """Close and start again, as after a power cut."""
        self.station.close()
        self.settings = replace(self.settings, **settings)  # type: ignore[arg-type]
        self.station = Station.open(self.folder, now=self.clock())
        self.desk = self._desk()
        return self.desk

    def show(self, text: str, colour: Colour | None = Colour.GREEN) -> None:
        """Hold a health code up to the camera."""
        self.desk.scan(text, "qr", colour)

    def type(self, digits: str) -> None:
        """Type on the keypad."""
        for digit in digits:
            self.desk.type_digit(digit)

    def green(self, text: str) -> None:
        """A usual traveller, all but confirmed."""
        self.show(text)
        self.desk.set_itinerary(Itinerary(shown=True))
        self.type("365")


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    """A desk at a road checkpoint, in English, at 03:12."""
    made = Post(tmp_path / "station", Clock(), Heard())
    yield made
    made.station.close()
