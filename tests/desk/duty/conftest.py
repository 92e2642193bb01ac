"""The duty book and supervision over a real store, on a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from checkpoint_app.desk.database import Database
from checkpoint_app.desk.duty.book import DutyBook
from checkpoint_app.desk.duty.oversight import Oversight
from checkpoint_app.desk.duty.roll import Roll
from checkpoint_app.desk.office import Office
from checkpoint_app.i18n import translator
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Operator, Station
from tests.desk.conftest import Clock

PIN = "1234"


@dataclass
class Staff:
    """A post with its people."""

    station: Station
    clock: Clock = field(default_factory=Clock)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        settings = Settings(language="en", site_name="North gate")
        self.office = Office(Database(self.station), self.clock, translator("en"), settings)
        self.book, self.oversight = DutyBook(self.office), Oversight(self.office)
        roles = {"王芳": "lead", "李强": "operator", "周洁": "supervisor"}
        self.people = {n: self.station.add_operator(n, PIN, r) for n, r in roles.items()}

    def enter(self, name: str) -> Operator:
        """Somebody signs in."""
        self.office.acting.enter(self.people[name])
        self.office.operators(lambda people: None, self.said.append)
        self.book.arrive(self.people[name], lambda turn: None, self.said.append)
        return self.people[name]

    def roll(self) -> Roll:
        """The post as it stands."""
        found: list[Roll] = []
        self.book.roll(found.append, self.said.append)
        return found[0]

    def refused(self) -> str:
        """The last sentence, once."""
        return self.said.pop()


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    clock = Clock()
    with Station.open(tmp_path / "station", now=clock()) as station:
        made = Staff(station, clock)
        yield made
        assert made.said == []
        assert station.verify().ok
