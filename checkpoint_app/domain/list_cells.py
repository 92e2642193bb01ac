"""The cells that only some lists have, and what a column of any list holds: text or a value.

On paper every cell is text; in a workbook a number is a number and a time a time (`typed`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from checkpoint_app.domain.cells import CELL_LIMIT, CELLS, Cell, Line, Value, free_text
from checkpoint_app.domain.inspection import Outcome
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.moments import local
from checkpoint_app.domain.person import IdCard, plain_text, read_id_card
from checkpoint_app.domain.reasons import Code
from checkpoint_app.domain.travel import kept_moment, read_transport

BY_HAND = "hand_"  # a column whose key begins so is left for a pen
AGE_GROUPS = ((3, "Under 3"), (12, "3 to 11"), (18, "12 to 17"), (60, "18 to 59"), (80, "60 to 79"))
OLDEST = "80 and older"
NO_AGE = "Age unknown"
_TOWNSHIP = re.compile(r".*?(?:街道|[镇乡])(?![镇乡])")
_RISK = (
    Code.RISK_AREA_TESTED,
    Code.RISK_AREA_ACCEPTED,
    Code.RISK_AREA_NOT_LOCAL,
    Code.RISK_AREA_LOCAL_NOT_ACCEPTED,
    Code.STAR_UNANSWERED,
)


def known_keys() -> frozenset[str]:
    """The keys that a column of a list of inspections may have."""
    return frozenset(_ALL) | frozenset(LATER)


def cell(line: Line, key: str, typed: bool = False) -> Value:
    """The cell of a column; "" where nothing is known, and for what is written by hand."""
    if key in line.extra:
        value = line.extra[key]
        return plain_text(value, CELL_LIMIT) if isinstance(value, str) else _shown(value, typed)
    if typed and key in TYPED:
        value = TYPED[key](line)
        if value != "":
            return value
    return plain_text(_ALL[key](line), CELL_LIMIT) if key in _ALL else ""


def _shown(value: Value, typed: bool) -> Value:
    if typed:
        return value
    return f"{value:%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


# --- age and vaccination --------------------------------------------------------------------------


def age_of(line: Line) -> int | None:
    """Whole years on the day of the inspection, by ID number, else by the date given."""
    person = line.inspection.person
    born: date | None = None
    card = read_id_card(person.id_number or "", line.at.date())
    if isinstance(card, IdCard):
        born = card.birth_date
    elif person.birth_date:
        try:
            born = date.fromisoformat(person.birth_date)
        except ValueError:
            return None
    if born is None:
        return None
    today = line.at.date()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def age_group(line: Line) -> str:
    """The message of an age group; every age has one, and so has an unknown one."""
    age = age_of(line)
    if age is None:
        return NO_AGE
    return next((word for below, word in AGE_GROUPS if age < below), OLDEST)


def _age(line: Line) -> str:
    age = age_of(line)
    return "" if age is None else str(age)


def _why_unvaccinated(line: Line) -> str:
    """As told; else what can be said without asking: too young, nothing found, or no dose."""
    age, given = age_of(line), line.inspection.vaccination
    told = line.inspection.unvaccinated
    if told is not None:
        return line.word(line.wording.unvaccinated[told])
    if age is not None and age < 3:
        return line.word("Too young")
    if given is None or given.doses is None:
        return line.word("Not found in the records")
    return line.word("No dose") if given.doses == 0 else ""


# --- readings, travel, visits ---------------------------------------------------------------------


def _reading_time(which: int) -> Cell:
    def at(line: Line) -> str:
        readings = line.inspection.temperatures
        if len(readings) <= which:
            return ""
        return f"{local(readings[which].taken_at, line.at):%H:%M}"

    return at


def _rule(line: Line) -> str:
    reasons = line.record.verdict.reasons
    said = [line.wording.reason(each) for each in reasons if each.code in _RISK]
    return line.word("; ").join(said or [line.wording.reason(each) for each in reasons[:1]])


def _means(line: Line) -> str:
    """As told; who came with a plate and told nothing came by road."""
    means = read_transport(line.inspection.journey.transport).means
    if means is not None:
        return line.word(means.value)
    given = line.inspection.journey
    return line.word("By road") if given.plate and not given.transport else ""


def _carriage(line: Line) -> str:
    """Number of train or flight, and the plate: 车次/航班/车牌."""
    number = read_transport(line.inspection.journey.transport).number
    return " ".join(filter(None, (free_text(line, number), CELLS["plate"](line))))


def _transport(line: Line) -> str:
    return " ".join(filter(None, (_means(line), _carriage(line))))


def _left_area_at(line: Line) -> str:
    """As it was typed; where it is a time, without the year that the sheet says already."""
    said = line.inspection.journey.left_area_at
    at = kept_moment(said)
    if at is None or at.year != line.at.year:
        return free_text(line, said)
    return f"{at:%m-%d %H:%M}" if ":" in (said or "") else f"{at:%m-%d}"


def _guardian(line: Line) -> str:
    """A name masked like any other, and the number beside it."""
    name, _, rest = (line.inspection.person.guardian or "").partition(" ")
    return " ".join(filter(None, (mask_name(name, line.mask), free_text(line, rest))))


def _township(line: Line) -> str:
    """属地: the township or street office that somebody lives in, else the one they go to."""
    given = line.inspection
    for place in (given.person.residence, given.journey.destination):
        found = _TOWNSHIP.match(place or "")
        if found is not None:
            return free_text(line, found[0])
    return free_text(line, given.journey.destination or given.person.residence)


_PLANS = {
    Outcome.HAND_OVER: "Handed over",
    Outcome.HOLD: "Held and reported",
    Outcome.TURN_BACK: "Sent back",
    Outcome.REGISTER: "Reported to the community",
}


def _plan(line: Line) -> str:
    message = _PLANS.get(line.record.outcome)
    return line.word(message) if message else ""


_ALL: dict[str, Cell] = {
    **CELLS,
    "date": lambda line: f"{line.at:%Y-%m-%d}",
    "moment": lambda line: f"{line.at:%Y-%m-%d %H:%M}",
    "age": _age,
    "age_group": lambda line: line.word(age_group(line)),
    "unit": lambda line: free_text(line, line.inspection.person.unit),
    "township": _township,
    "guardian": _guardian,
    "left_area_at": _left_area_at,
    "means": _means,
    "carriage": _carriage,
    "unvaccinated_reason": _why_unvaccinated,
    "purpose": lambda line: free_text(line, line.inspection.journey.purpose),
    "host": CELLS["receiver"],
    "first_at": _reading_time(0),
    "retest_at": _reading_time(1),
    "rule": _rule,
    "transport": _transport,
    "plan": _plan,
    "people": lambda line: "1",
    "people_names": lambda line: mask_name(line.inspection.person.name, line.mask),
}

# Known to other ledgers, mostly later; where nothing is known yet, a pen writes it.
LATER = frozenset({
    "companions", "reported_at", "reported_to", "handed_to", "handed_at", "signature", "result",
    "left_at", "pushed", "role", "last_test", "overdue", "case_number",
})  # fmt: skip


# --- values for workbooks -------------------------------------------------------------------------


def _one_reading(which: int) -> Callable[[Line], Value]:
    def celsius(line: Line) -> Value:
        readings = line.inspection.temperatures
        return readings[which].celsius if len(readings) == which + 1 else ""

    return celsius


def _first(line: Line) -> Value:
    readings = line.inspection.temperatures
    return readings[0].celsius if readings else ""


def _age_value(line: Line) -> Value:
    age = age_of(line)
    return "" if age is None else age


def _left_area_value(line: Line) -> Value:
    said = line.inspection.journey.left_area_at
    at = kept_moment(said)
    if at is None:
        return ""
    return at if ":" in (said or "") else at.date()


TYPED: dict[str, Callable[[Line], Value]] = {
    "number": lambda line: line.number,
    "time": lambda line: line.at.replace(tzinfo=None),
    "moment": lambda line: line.at.replace(tzinfo=None),
    "date": lambda line: line.at.date(),
    "temperature": _one_reading(0),
    "first_reading": _first,
    "retest": _one_reading(1),
    "age": _age_value,
    "left_area_at": _left_area_value,
    "people": lambda line: 1,
}
