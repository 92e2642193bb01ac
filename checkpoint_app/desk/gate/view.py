"""What the desk page draws of vehicles, lanes and crowds: plain, translated values."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from checkpoint_app.desk.gate.vehicles import Vehicles
from checkpoint_app.domain.crowd import Crowd, CrowdLevel
from checkpoint_app.domain.inspection import Inspection
from checkpoint_app.domain.passage import VehiclePassage, VehicleUse
from checkpoint_app.domain.plate import plate_text
from checkpoint_app.i18n import Translate


@dataclass(frozen=True, slots=True)
class VehicleView:
    """The open vehicle: which, and how many of its people are through."""

    id: UUID
    plate: str  # as people write it, "" while it is not known
    use: VehicleUse
    kind: str  # 小客车, 大客车, 货车
    count: str  # "3 of 45", "2 people"
    detail: str  # who waits in the tray, what is open on the cold-chain sheet
    decided: int
    waiting: int  # of its people, in the tray
    passage: VehiclePassage


@dataclass(frozen=True, slots=True)
class CrowdView:
    """How full the place is."""

    inside: int
    capacity: int
    percent: int
    level: CrowdLevel


def use_word(use: VehicleUse, translate: Translate) -> str:
    """What the vehicle carries, as one word."""
    return {
        VehicleUse.CAR: translate("Car"),
        VehicleUse.BUS: translate("Bus"),
        VehicleUse.FREIGHT: translate("Lorry"),
        VehicleUse.FOOT: translate("On foot"),
    }[use]


def called(passage: VehiclePassage, translate: Translate) -> str:
    """How a vehicle, or a party on foot, is named in a sentence."""
    if passage.on_foot:
        return translate("On foot")
    return plate_text(passage.plate) or translate("No plate")


def vehicle_view(
    vehicles: Vehicles, current: Inspection | None, translate: Translate
) -> VehicleView | None:
    """The open vehicle; None where there is none. `current` stands at the desk and not aside."""
    passage = vehicles.open
    if passage is None:
        return None
    return VehicleView(
        id=passage.id,
        plate=plate_text(passage.plate),
        use=passage.use,
        kind=use_word(passage.use, translate),
        count=count_text(passage, translate),
        detail=_detail(passage, _aside(passage, current), len(vehicles.aside), translate),
        decided=passage.decided,
        waiting=_aside(passage, current),
        passage=passage,
    )


def count_text(passage: VehiclePassage, translate: Translate) -> str:
    """How many of the vehicle's people are through."""
    if passage.head_count:
        return translate("{have} of {all}", have=passage.decided, all=passage.head_count)
    if not passage.occupants:
        return translate("nobody scanned yet")
    return translate("{count} through", count=passage.decided)


def _aside(passage: VehiclePassage, current: Inspection | None) -> int:
    """How many of its people wait in the tray."""
    at_desk = current is not None and current.party == passage.party
    return max(0, passage.waiting - at_desk)


def _detail(passage: VehiclePassage, waiting: int, others: int, translate: Translate) -> str:
    parts = []
    if waiting:
        parts.append(translate("{count} waiting", count=waiting))
    if passage.use is VehicleUse.FREIGHT:
        sheet = passage.goods
        if sheet is None:
            parts.append(translate("no goods sheet"))
        elif sheet.missing:
            parts.append(translate("papers missing"))
        elif sheet.open_points:
            parts.append(translate("goods sheet not finished"))
    if others:
        parts.append(translate("{count} vehicles aside", count=others))
    return " · ".join(parts)


def crowd_view(crowd: Crowd, capacity: int) -> CrowdView | None:
    """The gauge; None where the site has no limit."""
    if capacity <= 0:
        return None
    return CrowdView(crowd.inside, capacity, crowd.percent(capacity), crowd.level(capacity))
