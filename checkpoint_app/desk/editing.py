"""What the officer's hands do to the person at the desk: digits, fields, lamps."""

from __future__ import annotations

from dataclasses import replace

from checkpoint_app.desk import changes, keypad
from checkpoint_app.desk.standing import Standing, Surface
from checkpoint_app.domain.credential import NucleicAcidTest
from checkpoint_app.domain.inspection import (
    CodeStatus,
    Inspection,
    Itinerary,
    Symptom,
    TemperatureSource,
)
from checkpoint_app.store.identity import uuid7


class Editing:
    """The hand's half of `session.Desk`; every change goes through `_edit`."""

    _on: Surface
    _at: Standing

    def _edit(self, inspection: Inspection) -> None:
        raise NotImplementedError

    def _draw(self) -> None:
        raise NotImplementedError

    def _opened(self) -> Inspection:
        """The person at the desk, or a new one."""
        if self._at.current is not None:
            return self._at.current
        now = self._on.now()
        note = self._on.translate("Practice with demo footage") if self._on.practice else None
        return self._boarded(Inspection(uuid7(now), now, self._at.direction, note=note))

    def _boarded(self, inspection: Inspection) -> Inspection:
        """A new person, with what is known of them because of where they come in."""
        return inspection

    def type_digit(self, key: str) -> None:
        """A digit for the temperature; the third one completes the reading."""
        self._at.entry = keypad.typed(self._at.entry, key)
        reading = keypad.celsius(self._at.entry)
        if reading is not None:
            self._at.entry = ""
            self.take_reading(reading, TemperatureSource.TYPED)
        else:
            self._draw()

    def backspace(self) -> None:
        """Take back a digit, or the reading that the last digit completed."""
        current = self._at.current
        if not self._at.entry and current is not None and current.temperatures:
            self._at.entry = keypad.erased(f"{current.temperatures[-1].celsius:.1f}")
            self._edit(changes.without_last_reading(current))
            return
        self._at.entry = keypad.erased(self._at.entry)
        self._draw()

    def take_reading(self, celsius: float, source: TemperatureSource) -> None:
        """A complete reading, typed or from the thermometer; opens an inspection if none is."""
        now = self._on.now()
        self._edit(changes.with_reading(self._opened(), celsius, source, self._on.policy, now))

    def set_field(self, name: str, text: str) -> None:
        """A field as typed."""
        if self._at.current is not None or text.strip():
            today, county = self._on.now().date(), self._on.policy.county_code
            self._edit(changes.with_field(self._opened(), name, text, today, county))

    def toggle_mask(self) -> None:
        """M: no mask; again: worn."""
        current = self._opened()
        self._edit(replace(current, mask=current.mask is False))

    def set_health_code(self, status: CodeStatus) -> None:
        """The code as the officer saw it, or that there is none."""
        self._edit(changes.with_code_by_eye(self._opened(), status, self._on.now()))

    def set_itinerary(self, itinerary: Itinerary | None) -> None:
        """The itinerary card as the officer saw it."""
        if itinerary is not None:
            itinerary = changes.with_places(itinerary, self._on.policy.county_code)
        self._edit(replace(self._opened(), itinerary=itinerary))

    def pass_itinerary(self) -> None:
        """I: the card was shown, nothing special on it; what is known already stays."""
        if self._opened().itinerary is None:
            self.set_itinerary(Itinerary(shown=True))

    def set_test(self, test: NucleicAcidTest | None) -> None:
        """The newest test as shown."""
        self._edit(replace(self._opened(), test=test))

    def set_symptoms(self, symptoms: tuple[Symptom, ...], contact: bool) -> None:
        """What the traveller said when asked."""
        self._edit(replace(self._opened(), symptoms=symptoms, contact=contact))

    def set_answers(self, **answers: object) -> None:
        """What is asked of some travellers only: local, community_acceptance, emergency, abroad,
        replacement, vouched_by, vaccination, unvaccinated."""
        self._edit(replace(self._opened(), **answers))  # type: ignore[arg-type]
