"""Number plates by their form (GA 36-2018): what kind, what colour, and one way to write them.

A blue plate and a yellow one read alike; only the picture tells them apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from checkpoint_app.domain.person import narrow, plain_text
from checkpoint_app.domain.region import PROVINCES

PLATE_LIMIT = 12


class PlateKind(StrEnum):
    """What the form of a plate says about the vehicle."""

    ORDINARY = "ordinary"
    NEW_ENERGY_SMALL = "new_energy_small"
    NEW_ENERGY_LARGE = "new_energy_large"
    POLICE = "police"
    RESCUE = "rescue"
    TRAILER = "trailer"
    LEARNER = "learner"
    TRIAL = "trial"
    EMBASSY = "embassy"
    CONSULATE = "consulate"
    CROSS_BORDER = "cross_border"
    ARMED_FORCES = "armed_forces"
    ARMED_POLICE = "armed_police"


# colours a plate of the kind may have, the usual one first
COLOURS: dict[PlateKind, tuple[str, ...]] = {
    PlateKind.ORDINARY: ("blue", "yellow"),
    PlateKind.NEW_ENERGY_SMALL: ("green",),
    PlateKind.NEW_ENERGY_LARGE: ("yellow_green",),
    PlateKind.POLICE: ("white",),
    PlateKind.RESCUE: ("white",),
    PlateKind.TRAILER: ("yellow",),
    PlateKind.LEARNER: ("yellow",),
    PlateKind.TRIAL: ("white",),
    PlateKind.EMBASSY: ("black",),
    PlateKind.CONSULATE: ("black",),
    PlateKind.CROSS_BORDER: ("black",),
    PlateKind.ARMED_FORCES: ("white",),
    PlateKind.ARMED_POLICE: ("white",),
}


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate that can exist: `text` without dot or spaces (豫A88888)."""

    text: str
    kind: PlateKind

    @property
    def colours(self) -> tuple[str, ...]:
        """Colours it may have, the usual one first."""
        return COLOURS[self.kind]


_P = "[" + "".join(short for short in PROVINCES.values() if short not in "台港澳") + "]"
_L = "[A-HJ-NP-Z]"  # I and O are never used
_S = "[A-HJ-NP-Z0-9]"
_SHAPES: tuple[tuple[PlateKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(shape, re.ASCII))
    for kind, shape in (
        (PlateKind.ORDINARY, rf"{_P}{_L}{_S}{{5}}"),
        # D A B C E: electric alone; F G H J K: others
        (PlateKind.NEW_ENERGY_SMALL, rf"{_P}{_L}[A-HJK]{_S}\d{{4}}"),
        (PlateKind.NEW_ENERGY_LARGE, rf"{_P}{_L}\d{{5}}[A-HJK]"),
        (PlateKind.POLICE, rf"{_P}{_L}{_S}{{4}}警"),
        (PlateKind.RESCUE, rf"{_P}[XS]{_S}{{4}}应急"),
        (PlateKind.TRAILER, rf"{_P}{_L}{_S}{{4}}挂"),
        (PlateKind.LEARNER, rf"{_P}{_L}{_S}{{4}}学"),
        (PlateKind.TRIAL, rf"{_P}{_L}{_S}{{4}}[试超]"),
        (PlateKind.EMBASSY, r"\d{6}使|使\d{6}"),
        (PlateKind.CONSULATE, rf"{_P}{_L}{_S}{{4}}领|\d{{6}}领|领\d{{6}}"),
        (PlateKind.CROSS_BORDER, rf"粤Z{_S}{{4}}[港澳]"),
        (PlateKind.ARMED_POLICE, rf"WJ{_P}?\d{{4}}{_S}"),
        (PlateKind.ARMED_FORCES, rf"{_L}{{2}}\d{{5}}"),
    )
)

_TIDY = re.compile(rf"{_P}[A-Z][A-Z0-9]{{4,6}}", re.ASCII)
# also with stars in it, as masked
_WRITTEN = re.compile(rf"({_P}[A-Z]|WJ{_P}?|[A-Z]{{2}}(?=[0-9*]{{5}}$))(.{{4,}})")


def tidy_plate(text: str | None) -> str:
    """A plate as it is kept: upper case, no dot, no spaces; nothing is judged."""
    if text and _TIDY.fullmatch(text):
        return text  # nearly all of them
    bare = narrow(plain_text(text or "", 40)).upper()
    return re.sub(r"[\s·•‧∙⋅・.\-]+", "", bare)[:PLATE_LIMIT]


def read_plate(text: str | None) -> Plate | None:
    """The plate and its kind, or None where no plate can read so."""
    bare = tidy_plate(text)
    for kind, shape in _SHAPES:
        if shape.fullmatch(bare):
            return Plate(bare, kind)
    return None


def plate_text(text: str | None) -> str:
    """A plate as people write it: 豫A·88888; what has another form stays as it is."""
    bare = tidy_plate(text)
    parts = _WRITTEN.fullmatch(bare)
    return f"{parts[1]}·{parts[2]}" if parts else bare
