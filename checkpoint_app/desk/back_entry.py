"""补录: people written on numbered paper forms while there was no power, entered afterwards.

A form keeps its own time, number and author. The rules and the lists are asked as of now: on paper
nobody could ask them, so somebody who should have been kept comes to light here. The same form is
taken only once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from checkpoint_app.desk.changes import with_code_by_eye, with_field
from checkpoint_app.desk.lists.looking import look_up
from checkpoint_app.desk.recording import affirmed
from checkpoint_app.desk.rules import policy_in_force
from checkpoint_app.domain.inspection import (
    BackEntry,
    CodeStatus,
    Inspection,
    Itinerary,
    Outcome,
    OutcomeChange,
    RecordedInspection,
    TemperatureReading,
)
from checkpoint_app.domain.policy import decide
from checkpoint_app.domain.site import SitePolicy
from checkpoint_app.i18n import Translate
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station, StoreFault

OLDEST = timedelta(days=60)
OUTCOMES = (
    Outcome.PASS,
    Outcome.REGISTER,
    Outcome.TURN_BACK,
    Outcome.HOLD,
    Outcome.HAND_OVER,
)
CODES = (CodeStatus.GREEN, CodeStatus.YELLOW, CodeStatus.RED, CodeStatus.NONE)
FIELDS = ("name", "id_number", "phone", "plate", "residence", "origin", "destination", "note")
_COLDEST, _HOTTEST = 20.0, 50.0  # degrees Celsius: beyond these it is a slip of the pen
_LONGEST = 40  # characters of a form's number


@dataclass(frozen=True, slots=True)
class PaperForm:
    """One form as it was read off; texts as typed, in the order of `FIELDS`."""

    number: str
    author: str
    at: datetime
    outcome: Outcome | None
    texts: tuple[str, ...] = ()
    readings: tuple[float, ...] = ()  # degrees Celsius, in the order in which they were taken
    code: CodeStatus | None = None
    card_seen: bool = False
    mask: bool | None = None

    def text(self, name: str) -> str:
        """One field as typed."""
        place = FIELDS.index(name)
        return self.texts[place].strip() if place < len(self.texts) else ""


def lacking(form: PaperForm, now: datetime) -> str | None:
    """The message of what is missing or cannot be right; None where the form can be taken."""
    if not form.number.strip() or len(form.number) > _LONGEST:
        return "The number of the form is needed"
    if not form.author.strip():
        return "Say who wrote the form"
    if form.at > now:
        return "The time on the form has not come yet"
    if form.at < now - OLDEST:
        return "The time on the form is more than 60 days ago"
    if not (form.text("name") or form.text("plate")):
        return "A name or a plate is needed"
    if form.outcome is None:
        return "Say what was done with the person"
    if not all(_COLDEST <= each <= _HOTTEST for each in form.readings):
        return "This temperature cannot be right, measure again"
    return None


def form_id(form: PaperForm, device: str) -> UUID:
    """The inspection's id: a form of one day and number is one inspection, however often typed."""
    number = "".join(form.number.split()).upper()
    return uuid5(NAMESPACE_OID, f"checkpoint form {device} {form.at:%Y-%m-%d} {number}")


def enter(
    store: Station,
    form: PaperForm,
    operator: str,
    settings: Settings,
    translate: Translate,
    now: datetime,
) -> RecordedInspection:
    """Record a form; for the store's thread. Raises `StoreFault`, form_known among others."""
    policy = policy_in_force(store, settings)
    inspection = inspection_of(form, policy, form_id(form, store.device))
    if store.row(inspection.id) is not None:
        raise StoreFault("form_known")
    looked = look_up(store, inspection, settings, now)
    versions = looked.lists.versions(policy.version, None)
    verdict = decide(inspection, policy, now=form.at, versions=versions, hits=looked.hits)
    outcome = form.outcome or verdict.outcome
    why = translate("as on paper form {number}", number=form.number.strip())
    recorded = RecordedInspection(
        inspection=inspection,
        verdict=verdict,
        outcome=outcome,
        operator=operator,
        confirmed_at=form.at,
        change=None if outcome is verdict.outcome else OutcomeChange(outcome, why, form.author),
        back_entry=BackEntry(form.number.strip(), form.author.strip(), now),
    )
    store.record(recorded, None)
    return recorded


def inspection_of(form: PaperForm, policy: SitePolicy, inspection_id: UUID) -> Inspection:
    """The facts on the form. Of several readings each is far enough from the next to count."""
    inspection = Inspection(inspection_id, form.at, mask=form.mask)
    for name in FIELDS:
        if form.text(name):
            inspection = with_field(inspection, name, form.text(name), form.at.date())
    if form.code is not None:
        inspection = with_code_by_eye(inspection, form.code, form.at)
    told = replace(
        inspection,
        itinerary=Itinerary(True) if form.card_seen else None,
        temperatures=_readings(form, policy),
    )
    return affirmed(told, policy)


def _readings(form: PaperForm, policy: SitePolicy) -> tuple[TemperatureReading, ...]:
    first = form.at - policy.retest_after * (len(form.readings) - 1)
    return tuple(
        TemperatureReading(each, first + policy.retest_after * place)
        for place, each in enumerate(form.readings)
    )
