"""The story of the footage: who shows what, when, and what it must come to.

Reads `travellers.toml`, makes every code's text, and lays all of it out in frames. `as_json` is
what the desk, the headless run and the tests read beside the footage.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.demo import encode

FPS = 12
WIDTH, HEIGHT = 1280, 720
EMPTY_FRAMES = FPS  # about a second of empty road between two travellers
ENTER_FRAMES, LEAVE_FRAMES = 5, 4  # the hand comes and goes; not counted into `seconds`

_AUTHENTICITY = {"expired": "expired", "forged": "bad_signature", "stranger": "unknown_issuer"}
_SIGNED = {"eu_dcc", "smart_health_card", "vds_nc", "site_pass"}


@dataclass(frozen=True, slots=True)
class Showing:
    """One thing held up. Frames count from 0; `last` is the last frame in which it stands still.

    `text` is empty where there is no code. `label` names the code's family to whoever draws it.
    """

    format: str
    text: str
    carrier: str
    symbology: str
    first: int
    last: int
    authenticity: str | None = None
    colour: str | None = None
    label: str = ""
    part: tuple[int, int] = (1, 1)
    holder: dict[str, str] = field(default_factory=dict)
    cities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Traveller:
    """One traveller; frames `first` to `last` (inclusive) have any of them in the picture."""

    id: str
    title: str
    coat: str
    first: int
    last: int
    showings: tuple[Showing, ...]
    told: dict[str, Any]  # person, officer, verdict, outcome, recorded, duplicate_of


def travellers() -> tuple[Traveller, ...]:
    """Everybody, in order, with texts and frames."""
    source = tomllib.loads(Path(__file__).with_name("travellers.toml").read_text("utf-8"))
    holders = {key: encode.Named(**value) for key, value in source["holder"].items()}
    at, everybody = EMPTY_FRAMES, []
    for entry in source["traveller"]:
        traveller = _traveller(entry, holders, at)
        everybody.append(traveller)
        at = traveller.last + 1 + EMPTY_FRAMES
    return tuple(everybody)


def frame_count(everybody: tuple[Traveller, ...]) -> int:
    """Frames of the whole footage."""
    return everybody[-1].last + 1 + EMPTY_FRAMES


def as_json(everybody: tuple[Traveller, ...], footage: str) -> str:
    """The story file: one object a traveller, times in seconds and frame numbers from 0."""
    story = {
        "version": 1,
        "footage": footage,
        "frames_per_second": FPS,
        "width": WIDTH,
        "height": HEIGHT,
        "frames": frame_count(everybody),
        "site_kind": "road",
        "travellers": [_as_object(each) for each in everybody],
    }
    return json.dumps(story, ensure_ascii=False, indent=1) + "\n"


def _traveller(entry: dict[str, Any], holders: dict[str, encode.Named], at: int) -> Traveller:
    showings: list[Showing] = []
    start = at + ENTER_FRAMES
    for shown in entry["show"]:
        made = _showings(shown, entry, holders, start)
        showings += made
        start = made[-1].last + 1
    told = {
        "person": entry.get("person", {}),
        "officer": entry["officer"],
        "verdict": entry["verdict"],
        "outcome": entry.get("outcome", entry["verdict"]),
        "recorded": entry.get("recorded", True),
        "duplicate_of": entry.get("duplicate_of"),
    }
    last = showings[-1].last + LEAVE_FRAMES
    return Traveller(entry["id"], entry["title"], entry["coat"], at, last, tuple(showings), told)


def _showings(
    shown: dict[str, Any], entry: dict[str, Any], holders: dict[str, encode.Named], start: int
) -> list[Showing]:
    texts, holder = _texts(shown, entry, holders)
    frames = round(shown["seconds"] * FPS)
    made = []
    for number, text in enumerate(texts):
        first = start + frames * number // len(texts)
        last = start + frames * (number + 1) // len(texts) - 1
        made.append(
            Showing(
                format=shown["format"],
                text=text,
                carrier=shown.get("carrier", "phone"),
                symbology=shown.get("symbology", "qr") if text else "none",
                first=first,
                last=last,
                authenticity=_authenticity(shown),
                colour=shown.get("colour"),
                label=shown.get("issuer", shown.get("kind", "")),
                part=(number + 1, len(texts)),
                holder=holder,
                cities=tuple(shown.get("cities", ())),
            )
        )
    return made


def _texts(
    shown: dict[str, Any], entry: dict[str, Any], holders: dict[str, encode.Named]
) -> tuple[list[str], dict[str, str]]:
    """Code texts of one thing shown, and the holder that reading them must give."""
    kind = shown["format"]
    if kind == "cn_health_code":
        return [encode.cn_health_code(shown["issuer"], shown.get("as", entry["id"]))], {}
    if kind == "site_pass":
        return [encode.site_pass(shown["name"], shown["roster_id"])], {"name": shown["name"]}
    if kind == "unknown":
        return [shown["text"]], {}
    if kind not in _SIGNED:
        return [""], {}
    person = holders[shown["holder"]]
    return _signed_texts(shown, person), {
        "name": f"{person.given} {person.family}",
        "family": person.family,
        "given": person.given,
        "birth_date": person.birth_date,
    }


def _signed_texts(shown: dict[str, Any], person: encode.Named) -> list[str]:
    if shown["format"] == "eu_dcc":
        return [encode.eu_dcc(person, shown.get("kind", "valid"))]
    if shown["format"] == "vds_nc":
        return [encode.vds_nc(person)]
    return encode.smart_health_card(person, shown["doses"])


def _authenticity(shown: dict[str, Any]) -> str | None:
    if shown["format"] in {"none", "itinerary_card"}:
        return None
    if shown["format"] in _SIGNED:
        return _AUTHENTICITY.get(shown.get("kind", "valid"), "valid")
    return "unverifiable"


def _as_object(traveller: Traveller) -> dict[str, Any]:
    return {
        "id": traveller.id,
        "title": traveller.title,
        "starts_at": round(traveller.first / FPS, 3),
        "ends_at": round((traveller.last + 1) / FPS, 3),
        "first_frame": traveller.first,
        "last_frame": traveller.last,
        "shown": [_shown_object(each) for each in traveller.showings],
        **traveller.told,
    }


def _shown_object(showing: Showing) -> dict[str, Any]:
    return {
        "format": showing.format,
        "carrier": showing.carrier,
        "symbology": showing.symbology,
        "first_frame": showing.first,
        "last_frame": showing.last,
        "text": showing.text or None,
        "authenticity": showing.authenticity,
        "colour": showing.colour,
        "holder": showing.holder or None,
        "cities": list(showing.cities),
    }
