"""From a code's text to what the desk may do with it: parts joined, showings counted, read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from checkpoint_app.codes import ChunkJoiner, read
from checkpoint_app.desk import evidence
from checkpoint_app.desk.showings import Showings
from checkpoint_app.desk.standing import Shown, Surface
from checkpoint_app.domain.credential import Colour


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a code in several; the others have not been shown yet."""

    have: int
    of: int


@dataclass(frozen=True, slots=True)
class StillShown:
    """A code that was already there a moment ago."""

    fingerprint: str


@dataclass(frozen=True, slots=True)
class NoHealthCode:
    """A code of something else: a shop, a poster."""


class Intake:
    """Reads the codes held up at one desk."""

    def __init__(self, within: timedelta) -> None:
        self.showings = Showings(within)
        self._joiner = ChunkJoiner()

    def take(
        self, text: str, colour: Colour | None, on: Surface
    ) -> Part | StillShown | NoHealthCode | Shown:
        """What this text comes to, now."""
        now, fingerprint_of = on.now(), on.database.station.fingerprint
        fingerprint = fingerprint_of(text)
        if not self.showings.is_new(fingerprint, now):
            return StillShown(fingerprint)
        joined = self._joiner.join(text, now)
        if joined.text is None:
            return Part(joined.have, joined.of)
        if joined.text != text:
            fingerprint = fingerprint_of(joined.text)
        credential = read(joined.text, on.trust, now, colour, issuers=on.issuers)
        status = evidence.status_of(credential)
        if status is None:
            return NoHealthCode()
        code = evidence.health_code_of(credential, status, fingerprint, now)
        return Shown(credential, code, fingerprint, joined.text)
