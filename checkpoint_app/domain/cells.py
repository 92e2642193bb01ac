"""What stands in the cells of a sheet, as the office writes it: one small function a column.

Every cell is one plain line: what strangers typed or a code contained has lost its control
characters, and numbers are masked as the sheet asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from checkpoint_app.domain.credential import NatResult
from checkpoint_app.domain.fever import celsius_text
from checkpoint_app.domain.inspection import (
    CodeStatus,
    Inspection,
    Outcome,
    RecordedInspection,
    Symptom,
    Unvaccinated,
)
from checkpoint_app.domain.masking import (
    Mask,
    mask_name,
    mask_number,
    mask_numbers_within,
    mask_phone,
    mask_plate,
)
from checkpoint_app.domain.moments import shown
from checkpoint_app.domain.reasons import Reason

CELL_LIMIT = 300  # characters
Value = str | int | float | date | datetime
NOTHING: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Wording:
    """How cells are worded: `text` translates a message id, the tables hold message ids."""

    text: Callable[[str], str]
    outcomes: Mapping[Outcome, str]
    statuses: Mapping[CodeStatus, str]
    symptoms: Mapping[Symptom, str]
    unvaccinated: Mapping[Unvaccinated, str]
    reason: Callable[[Reason], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One record on a sheet; `at` is when it was first confirmed, in the sheet's own offset."""

    number: int
    record: RecordedInspection
    at: datetime
    corrected: bool
    dated: bool  # whether the sheet covers more than one date
    mask: Mask
    wording: Wording
    extra: Mapping[str, Value] = field(
        default_factory=lambda: NOTHING
    )  # what other ledgers know of it, by column

    @property
    def inspection(self) -> Inspection:
        """The facts."""
        return self.record.inspection

    def word(self, message: str) -> str:
        """A message in the reader's language."""
        return self.wording.text(message)


Cell = Callable[[Line], str]


def _time(line: Line) -> str:
    return f"{line.at:%m-%d %H:%M}" if line.dated else f"{line.at:%H:%M}"


def _sex(line: Line) -> str:
    words = {"M": "Male", "F": "Female"}
    word = words.get(line.inspection.person.sex or "")
    return line.word(word) if word else ""


def free_text(line: Line, text: str | None) -> str:
    """What somebody wrote, with the numbers in it masked as the sheet asks for."""
    return mask_numbers_within(text, line.mask)


def _residence(line: Line) -> str:
    return free_text(line, line.inspection.person.residence)


def _receiver(line: Line) -> str:
    return free_text(line, line.inspection.journey.receiver)


def _places(line: Line) -> str:
    given = line.inspection.itinerary
    cities = () if given is None else given.cities
    return "、".join(city.name + "*" * city.starred for city in cities)


def _history(line: Line) -> str:
    contact = line.word("Contact with a case") if line.inspection.contact else ""
    return "、".join(filter(None, (contact, _places(line))))


def _health_code(line: Line) -> str:
    code = line.inspection.health_code
    return "" if code is None else line.word(line.wording.statuses[code.status])


def _itinerary_card(line: Line) -> str:
    given = line.inspection.itinerary
    return "" if given is None else line.word("Shown" if given.shown else "Declared")


def _celsius(line: Line) -> list[str]:
    return [celsius_text(each.celsius) for each in line.inspection.temperatures]


def _mask(line: Line) -> str:
    worn = line.inspection.mask
    return "" if worn is None else line.word("Worn" if worn else "Not worn")


_RESULTS = {
    NatResult.NEGATIVE: "Negative",
    NatResult.POSITIVE: "Positive",
    NatResult.UNKNOWN: "Result unknown",
}


def _test(line: Line) -> str:
    test = line.inspection.test
    if test is None:
        return ""
    sampled = shown(test.sampled_at, line.at)
    if test.sampled_at is None and test.within_hours is not None:
        sampled = line.word("within {hours} h").format(hours=test.within_hours)
    return " ".join(filter(None, (sampled, line.word(_RESULTS[test.result]))))


def _vaccination(line: Line) -> str:
    given = line.inspection.vaccination
    if given is None:
        return ""
    if given.doses is None:
        doses = line.word("Complete") if given.complete else ""
    else:
        message = "{doses} doses" if given.doses else "No dose"
        doses = line.word(message).format(doses=given.doses)
    return " ".join(filter(None, (doses, given.last_on.isoformat() if given.last_on else "")))


def _symptoms(line: Line) -> str:
    given = line.inspection.symptoms
    if given is None:
        return ""
    if not given:
        return line.word("None")
    return "、".join(line.word(line.wording.symptoms[each]) for each in given)


def _outcome(line: Line) -> str:
    return line.word(line.wording.outcomes[line.record.outcome])


def joined(line: Line, parts: list[str]) -> str:
    """What is known, in one line."""
    return line.word("; ").join(filter(None, parts))


def _remark(line: Line) -> str:
    """Why, then what an officer changed, then what was corrected, then the note."""
    reasons = [line.wording.reason(each) for each in line.record.verdict.reasons]
    corrected = line.word("Corrected") if line.corrected else ""
    note = free_text(line, line.inspection.note)
    return joined(line, [_back_entry(line), *reasons, _change(line), corrected, note])


def _back_entry(line: Line) -> str:
    entry = line.record.back_entry
    if entry is None:
        return ""
    message = line.word("Entered later from form {number} by {operator}")
    return message.format(number=entry.number, operator=line.record.operator)


def _operator(line: Line) -> str:
    """Who stood there: of a form that was entered later, who wrote it."""
    entry = line.record.back_entry
    return entry.author if entry is not None else line.record.operator


def _change(line: Line) -> str:
    change = line.record.change
    if change is None:
        return ""
    before = line.word(line.wording.outcomes[line.record.verdict.outcome])
    message = line.word("changed from {before} by {officer}: {reason}")
    why = free_text(line, change.reason)
    return message.format(before=before, officer=change.officer, reason=why)


def _measure(line: Line) -> str:
    """The abnormal list has no remarks: a change or correction stands beside the outcome."""
    corrected = line.word("Corrected") if line.corrected else ""
    return joined(line, [_outcome(line), _change(line), corrected, _back_entry(line)])


CELLS: dict[str, Cell] = {
    "number": lambda line: str(line.number),
    "time": _time,
    "name": lambda line: mask_name(line.inspection.person.name, line.mask),
    "sex": _sex,
    "id_number": lambda line: mask_number(line.inspection.person.id_number, line.mask),
    "phone": lambda line: mask_phone(line.inspection.person.phone, line.mask),
    "residence": _residence,
    "plate": lambda line: mask_plate(line.inspection.journey.plate, line.mask),
    "origin": lambda line: free_text(line, line.inspection.journey.origin),
    "destination": lambda line: free_text(line, line.inspection.journey.destination),
    "receiver": _receiver,
    "places": _places,
    "health_code": _health_code,
    "itinerary_card": _itinerary_card,
    "temperature": lambda line: "/".join(_celsius(line)),
    "mask": _mask,
    "test": _test,
    "vaccination": _vaccination,
    "outcome": _outcome,
    "operator": _operator,
    "remark": _remark,
    "first_reading": lambda line: "/".join(_celsius(line)[:1]),
    "retest": lambda line: "/".join(_celsius(line)[1:]),
    "symptoms": _symptoms,
    "history": _history,
    "measure": _measure,
}
