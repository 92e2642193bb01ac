"""The keys of the plate pad, and what a key makes of the text. Pure."""

from __future__ import annotations

from checkpoint_app.domain.plate import PLATE_LIMIT, PlateKind, tidy_plate
from checkpoint_app.domain.region import PROVINCES

SHORTS = tuple(short for short in PROVINCES.values() if short not in "台港澳")
LETTERS = tuple("1234567890ABCDEFGHJKLMNPQRSTUVWXYZ")
ENDS = ("警", "学", "挂", "领", "使", "港", "澳", "试", "应急")
ARMED = "WJ"

KIND_WORDS: dict[PlateKind, str] = {
    PlateKind.ORDINARY: "Ordinary plate",
    PlateKind.NEW_ENERGY_SMALL: "New energy",
    PlateKind.NEW_ENERGY_LARGE: "New energy, large",
    PlateKind.POLICE: "Police",
    PlateKind.RESCUE: "Fire and rescue",
    PlateKind.TRAILER: "Trailer",
    PlateKind.LEARNER: "Learner",
    PlateKind.TRIAL: "Trial",
    PlateKind.EMBASSY: "Embassy",
    PlateKind.CONSULATE: "Consulate",
    PlateKind.CROSS_BORDER: "Hong Kong or Macau",
    PlateKind.ARMED_FORCES: "Armed forces",
    PlateKind.ARMED_POLICE: "Armed police",
}


def typed(text: str) -> str:
    """A plate as it is being typed; a province put behind another beginning replaces it."""
    bare = tidy_plate(text)
    for place in range(len(bare) - 1, 0, -1):
        if bare[place] in SHORTS and bare[:place] != ARMED:
            return bare[place:][:PLATE_LIMIT]
    return bare


def wants_province(text: str) -> bool:
    """Whether the next key should be a province."""
    return not text or text == ARMED


def local_prefix(county_code: str, newest: str | None) -> str:
    """How plates begin here: the province, and the letter too once one was seen."""
    short = PROVINCES.get(county_code[:2], "")
    if newest and short and newest.startswith(short) and newest[1:2].isalpha():
        return newest[:2]
    return short
