"""Codes at the desk: whose they are, and what happens when they are shown again.

The same code still in the picture, somebody waiting in the tray, somebody decided before, another
person's code while somebody stands there: two people are never mixed and nobody is lost.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from checkpoint_app.desk import evidence
from checkpoint_app.desk.cases.news import Recent
from checkpoint_app.desk.day import day_line
from checkpoint_app.desk.gate.lane import Lane
from checkpoint_app.desk.gate.lanes import Lanes
from checkpoint_app.desk.intake import Intake, NoHealthCode, Part, StillShown
from checkpoint_app.desk.recording import row_of
from checkpoint_app.desk.showings import Earlier, Showings
from checkpoint_app.desk.standing import Shown
from checkpoint_app.desk.view import Tone
from checkpoint_app.domain.credential import Colour, Format
from checkpoint_app.domain.inspection import CodeStatus, Inspection, RecordedInspection
from checkpoint_app.store.station import DayRow


class Scanning(Lanes):
    """The share of `session.Desk` that takes codes. `_tone` is how the desk sounds now."""

    _intake: Intake
    _recent: Recent
    _tone: Tone

    def park(self) -> None:
        raise NotImplementedError

    def reopen(self, inspection_id: UUID) -> None:
        raise NotImplementedError

    def _look_up(self, shown: Shown) -> None:
        raise NotImplementedError

    @property
    def _showings(self) -> Showings:
        return self._intake.showings

    def scan(
        self,
        text: str,
        symbology: str = "qr",
        colour: Colour | None = None,
        corners: tuple[tuple[float, float], ...] = (),
    ) -> Tone:
        """A code was read, by camera, hand scanner or hand. Returns the tone of its outline."""
        taken = self._intake.take(text, colour, self._on)
        if isinstance(taken, Part):
            return self._notice(
                "Part {have} of {of} read: show the next part", have=taken.have, of=taken.of
            )
        if isinstance(taken, NoHealthCode):
            return self._notice("This code is not a health code")
        if isinstance(taken, StillShown):
            return self._still_shown(taken.fingerprint, colour)
        self._take(taken)
        if taken.credential.format is Format.CN_HEALTH_CODE:
            self._look_up(taken)
        return self._tone

    def _notice(self, message: str, **values: object) -> Tone:
        self._at.notice = self._on.translate(message, **values)
        self._draw()
        return Tone.ASK

    def _still_shown(self, fingerprint: str, colour: Colour | None) -> Tone:
        """The same code is still in the picture: only a clearer or a worse colour matters."""
        current = self._at.current
        code = current.health_code if current is not None else None
        if current is None or code is None or code.fingerprint != fingerprint:
            return self._tone if self._at.earlier else Tone.IDLE
        better = evidence.recoloured(code, colour)
        if better is not code:
            self._edit(replace(current, health_code=better))
        return self._tone

    def _take(self, shown: Shown) -> None:
        current = self._at.current
        if current is None:
            self._take_new(shown)
        elif self._is_other(current, shown):
            if self._lane is not None:  # whoever is not ready goes aside: the lane never stops
                self.park()
                self._take_new(shown)
                return
            # The person at the desk is not lost, and two people are never mixed.
            self._at.waiting = shown
            self._strip(
                "another_code",
                self._on.translate("Another person's code: confirm or park this person first"),
                self._on.translate("Park, next"),
            )
            self._draw()
        else:
            self._absorb(current, shown)

    def _is_other(self, current: Inspection, shown: Shown) -> bool:
        """Whether a code is the next person's. In gate mode every other code is, and on a bus too
        where the one before could not be looked up: nobody is forgotten for a neighbour's code."""
        kept, lane = current.health_code, self._lane
        if lane is not None and kept is not None and kept.fingerprint is not None:
            unanswered = kept.status in (CodeStatus.FAILED, CodeStatus.TIMED_OUT)
            if kept.fingerprint != shown.fingerprint and (lane is Lane.GATE or unanswered):
                return True
        return evidence.is_other_person(current, shown.credential, shown.fingerprint)

    def _take_new(self, shown: Shown) -> None:
        """A code with nobody at the desk: from the tray, decided before, or a new person."""
        parked = self._at.tray.holding(shown.fingerprint)
        earlier = self._showings.earlier(shown.fingerprint, self._on.now())
        if parked is not None:
            self.reopen(parked.inspection.id)
        elif earlier is not None:
            self._at.earlier, self._at.waiting = earlier, shown
            self._changed()
        else:
            self._absorb(self._opened(), shown)

    def _absorb(self, inspection: Inspection, shown: Shown) -> None:
        self._at.credential = shown.credential
        self._edit(evidence.absorb(inspection, shown.credential, shown.code))

    def _take_waiting(self) -> None:
        """The code that was held up while somebody else was at the desk is taken now."""
        shown, self._at.waiting = self._at.waiting, None
        if shown is not None:
            self._take_new(shown)

    def _remember(self, recorded: RecordedInspection) -> None:
        """So that the same code shown again is answered with what became of it."""
        code = recorded.inspection.health_code
        if not recorded.void:
            self._recent.add(recorded)
        if code is not None and code.fingerprint and not recorded.void:
            self._showings.decide(code.fingerprint, self._earlier(row_of(recorded)))

    def _earlier(self, row: DayRow) -> Earlier:
        line = day_line(row, self._on.translate, self._on.venue)
        return Earlier(row.id, row.outcome, row.confirmed_at, line.title)
