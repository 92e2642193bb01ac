"""What a person's temperature readings come to.

Readings count in the order they were entered; only the distance between two of them is taken from
the clock. Temperatures are compared in whole tenths, 37.25 being 37.3: never in floating point.

A fever is open from the first reading at or above the threshold. It is confirmed by another one at
least `retest_after` later, and then stays so whatever follows. It is ruled out by a plausible
normal reading at least that long after the first: a normal reading sooner proves nothing yet, for
neither cold skin nor a hot car has had time to pass. Readings outside the plausible range count
for neither.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from checkpoint_app.domain.inspection import Inspection, TemperatureReading
from checkpoint_app.domain.moments import aware, elapsed
from checkpoint_app.domain.site import SitePolicy

_LOWEST, _HIGHEST = 370, 380  # tenths: what a threshold may be set to


class Fever(StrEnum):
    """State of a fever."""

    NONE = "none"
    OPEN = "open"
    CONFIRMED = "confirmed"
    RULED_OUT = "ruled_out"


@dataclass(frozen=True, slots=True)
class Readings:
    """What the readings come to. `first` is the first fever reading."""

    fever: Fever
    first: TemperatureReading | None
    last_out_of_range: bool
    out_of_range: int


def tenths(celsius: float) -> int | None:
    """A temperature in whole tenths, halves upward; None where it is no temperature at all."""
    if not math.isfinite(celsius) or abs(celsius) >= 1000:
        return None
    return int((Decimal(str(celsius)) * 10).to_integral_value(ROUND_HALF_UP))


def celsius_text(celsius: float) -> str:
    """A temperature as written on lists: "37.5"; "?" for what is none."""
    found = tenths(celsius)
    return "?" if found is None else f"{found / 10:.1f}"


def read(readings: tuple[TemperatureReading, ...], policy: SitePolicy) -> Readings:
    """Judge all readings of one person."""
    plausible = [each for each in readings if _plausible(each, policy)]
    fevers = [each for each in plausible if is_fever(each, policy)]
    return Readings(
        fever=_fever(plausible, fevers, policy),
        first=fevers[0] if fevers else None,
        last_out_of_range=bool(readings) and not _plausible(readings[-1], policy),
        out_of_range=len(readings) - len(plausible),
    )


def is_fever(reading: TemperatureReading, policy: SitePolicy) -> bool:
    """Whether one reading is at or above the threshold and plausible."""
    found = tenths(reading.celsius)
    set_to = tenths(policy.fever_threshold_c)
    threshold = min(max(set_to if set_to is not None else _LOWEST, _LOWEST), _HIGHEST)
    return found is not None and found >= threshold and _plausible(reading, policy)


def is_normal(reading: TemperatureReading, policy: SitePolicy) -> bool:
    """Whether one reading is plausible and below the threshold."""
    return _plausible(reading, policy) and not is_fever(reading, policy)


def retest_due(inspection: Inspection, policy: SitePolicy) -> datetime | None:
    """From when a retest counts, in the first reading's own offset; None where none is due."""
    found = read(inspection.temperatures, policy)
    if found.fever is not Fever.OPEN or found.first is None:
        return None
    taken_at = found.first.taken_at
    ahead = datetime.max.replace(tzinfo=taken_at.tzinfo) - taken_at
    return taken_at + min(policy.retest_after, ahead)


def _plausible(reading: TemperatureReading, policy: SitePolicy) -> bool:
    found = tenths(reading.celsius)
    low, high = tenths(policy.plausible_from_c), tenths(policy.plausible_to_c)
    if found is None or low is None or high is None:
        return False
    return low <= found <= high


def _fever(
    plausible: list[TemperatureReading], fevers: list[TemperatureReading], policy: SitePolicy
) -> Fever:
    if not fevers:
        return Fever.NONE
    earliest = fevers[0].taken_at
    for each in fevers[1:]:
        if elapsed(earliest, each.taken_at) >= policy.retest_after:
            return Fever.CONFIRMED
        earliest = min(earliest, each.taken_at, key=aware)
    last = plausible[-1]
    late = elapsed(fevers[0].taken_at, last.taken_at) >= policy.retest_after
    return Fever.RULED_OUT if late and not is_fever(last, policy) else Fever.OPEN
