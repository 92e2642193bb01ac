"""How well phone pages are read into fields, how long a frame takes, and what the reader weighs.

With a folder: the pages and webcam frames that its `manifest.json` lists, with the fields that it
expects. Always too: pages drawn here, those that the reader was made with and those held out from
that, each as it is and filmed. The peer is bare rapidocr on the whole picture in the same run: a
text field counts for it when it stands anywhere in what it read.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from checkpoint_app.domain.page import as_object
from checkpoint_app.vision import decode_image, read_still
from checkpoint_app.vision.found import Frame
from checkpoint_app.vision.page import PageReader
from tools.bench.figure import Figure
from tools.draw_pages import HELD_OUT, TUNED, Drawn, filmed, page

AREA = "pages"
NOW = datetime.fromisoformat("2022-07-08T12:00:00")  # local, as pages print time
_FRAME = (1080, 1920)
_SECONDS, _MEGABYTES = 1.2, 600.0
_TURNS = (90.0, 180.0, 270.0)
_PEER_EVERY = 3  # the peer takes several times as long
_NUMBERS = ("phone", "id_number")


@dataclass(frozen=True, slots=True)
class Case:
    """A picture, the set that it counts for, and the fields that it shows by their JSON names."""

    group: str
    picture: Frame
    expected: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case: fields right, wrong ones by name, and the seconds that it took."""

    case: Case
    right: int
    wrong: tuple[str, ...]
    seconds: float
    work: float  # seconds of all cores
    wrong_colour: bool
    unmarked_digits: int
    peer: tuple[int, int] | None = None  # fields found and fields looked for
    peer_seconds: float = 0.0


def measure(pages: Path | None) -> list[Figure]:
    """Shares of fields, certain mistakes, seconds a frame and megabytes at rest."""
    reader = PageReader()
    weight = _at_rest(reader)
    drawn = [*_drawn("drawn", TUNED), *_drawn("held out", HELD_OUT)]
    ours = [_read(reader, case) for case in (*_listed(pages), *drawn)]
    outcomes = list(_with_peer(ours))
    return [*_shares(outcomes), *_mistakes(outcomes), _slowest(outcomes), _weight(weight)]


def _at_rest(reader: PageReader) -> float:
    """Megabytes of this process once the reader has been at work and rests."""
    for number, drawn in enumerate(TUNED[:4]):
        frame = filmed(page(drawn), number)
        reader.read(frame, now=NOW, codes=read_still(frame))
    gc.collect()
    return psutil.Process().memory_info().rss / 1e6


# ---- the pictures -------------------------------------------------------------------------------


def _listed(folder: Path | None) -> Iterator[Case]:
    if folder is None:
        return
    for entry in json.loads((folder / "manifest.json").read_text("utf-8"))["entries"]:
        picture = decode_image((folder / entry["file"]).read_bytes())
        if picture is not None:
            group = {"page": "given, plain", "frame": "given, webcam"}[entry["view"]]
            yield Case(group, picture, _named(entry["expected"]))


def _named(expected: dict[str, Any]) -> dict[str, Any]:
    """A manifest's fields by the names of the reader's JSON; what is null there is not scored."""
    plain = {"name_shown": "name", "phone_masked": "phone", "nat_within_hours": "nat.within_hours"}
    named = {plain.get(key, key): value for key, value in expected.items() if value is not None}
    named.pop("qr_text", None)
    if named.pop("nat_negative", False):
        named["nat.result"] = "negative"
    if "cities" in named:
        cities = named["cities"]
        named["cities"] = [{"name": c.rstrip("*"), "starred": c.endswith("*")} for c in cities]
    return named


def _drawn(name: str, pages: Iterable[Drawn]) -> Iterator[Case]:
    for number, drawn in enumerate(pages):
        picture = page(drawn)
        yield Case(f"{name}, plain", picture, drawn.expected)
        yield Case(f"{name}, filmed", filmed(picture, number), drawn.expected)
        turned = filmed(picture, 40 + number, turn=_TURNS[number % len(_TURNS)], height=900)
        yield Case(f"{name}, turned", turned, drawn.expected)


# ---- reading ------------------------------------------------------------------------------------


def _read(reader: PageReader, case: Case) -> Outcome:
    codes = read_still(case.picture)
    begun, worked = time.perf_counter(), time.process_time()
    found = reader.read(case.picture, now=NOW, codes=codes)
    seconds, work = time.perf_counter() - begun, time.process_time() - worked
    read = as_object(found) if found is not None else {}
    wrong = [key for key, value in case.expected.items() if _told(read, key) != value]
    colour = read.get("colour", "unknown")
    wrong_colour = colour not in ("unknown", case.expected["colour"])
    unmarked = sum(_wrong_digits(read, case, field) for field in _NUMBERS)
    right = len(case.expected) - len(wrong)
    return Outcome(case, right, tuple(wrong), seconds, work, wrong_colour, unmarked)


def _told(read: dict[str, Any], key: str) -> Any:
    if key == "clock_hhmm":
        return (read.get("clock") or "")[11:16]
    if key == "vaccinated":
        return read.get("vaccination") is not None
    head, _, part = key.partition(".")
    value = read.get(head)
    return value.get(part) if part and value is not None else value


def _wrong_digits(read: dict[str, Any], case: Case, field: str) -> bool:
    """Whether a number has a digit that is not there, and is not marked as uncertain."""
    value, truth = read.get(field), case.expected.get(field)
    if not value or not truth or field in read["uncertain"]:
        return False
    return len(value) != len(truth) or any(
        a != b and a != "*" for a, b in zip(value, truth, strict=True)
    )


def _with_peer(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    from rapidocr import RapidOCR

    engine: Any = RapidOCR(params={"Global.log_level": "critical"})
    for number, outcome in enumerate(outcomes):
        if number % _PEER_EVERY:
            yield outcome
            continue
        begun = time.perf_counter()
        read = engine(outcome.case.picture)
        seconds = time.perf_counter() - begun
        text = "".join(read.txts or ()).replace(" ", "")
        wanted = list(_texts(outcome.case.expected))
        found = sum(each in text for each in wanted)
        yield Outcome(**_fields(outcome), peer=(found, len(wanted)), peer_seconds=seconds)


def _fields(outcome: Outcome) -> dict[str, Any]:
    names = ("case", "right", "wrong", "seconds", "work", "wrong_colour", "unmarked_digits")
    return {name: getattr(outcome, name) for name in names}


def _texts(expected: dict[str, Any]) -> Iterator[str]:
    """What must stand in bare text for the fields that are text."""
    yield from (str(expected[key]) for key in ("issuer", "name", "phone") if expected.get(key))
    if clock := expected.get("clock", expected.get("clock_hhmm")):
        yield clock[11:] if "T" in clock else clock
    yield from (each["name"] for each in expected.get("cities", ()))


# ---- figures ------------------------------------------------------------------------------------

_ASKED = {"given, plain": 99.0, "given, webcam": 95.0}


def _shares(outcomes: list[Outcome]) -> Iterator[Figure]:
    for group in dict.fromkeys(each.case.group for each in outcomes):
        those = [each for each in outcomes if each.case.group == group]
        fields = sum(len(each.case.expected) for each in those)
        share = 100 * sum(each.right for each in those) / fields
        looked = [each.peer for each in those if each.peer]
        wanted = sum(count for _, count in looked)
        yield Figure(
            AREA,
            f"fields right: {group}",
            share,
            "%",
            asked=f"≥ {_ASKED[group]:.0f} %" if group in _ASKED else "",
            met=share >= _ASKED[group] if group in _ASKED else None,
            peer="text in bare rapidocr" if wanted else "",
            peer_value=100 * sum(found for found, _ in looked) / wanted if wanted else None,
            note=f"{len(those)} pictures, {fields} fields; wrong: {_wrong(those)}",
        )


def _wrong(outcomes: list[Outcome]) -> str:
    names = [name for each in outcomes for name in each.wrong]
    counts = {name: names.count(name) for name in dict.fromkeys(names)}
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "none"


def _mistakes(outcomes: list[Outcome]) -> Iterator[Figure]:
    colours = sum(each.wrong_colour for each in outcomes)
    digits = sum(each.unmarked_digits for each in outcomes)
    yield Figure(AREA, "wrong colours", colours, "", "0", colours == 0)
    yield Figure(AREA, "wrong digits not marked uncertain", digits, "", "0", digits == 0)


def _slowest(outcomes: list[Outcome]) -> Figure:
    frames = [each for each in outcomes if each.case.picture.shape[:2] == _FRAME]
    p95 = float(np.percentile([each.seconds for each in frames], 95))
    work = float(np.percentile([each.work for each in frames], 95))
    peers = [each.peer_seconds for each in frames if each.peer]
    return Figure(
        AREA,
        "1920×1080 frame to fields, p95",
        p95,
        "s",
        asked=f"≤ {_SECONDS} s",
        met=p95 <= _SECONDS,
        peer="bare rapidocr",
        peer_value=float(np.percentile(peers, 95)) if peers else None,
        note=f"{len(frames)} frames, two threads; {work:.2f} s of one core's work",
    )


def _weight(megabytes: float) -> Figure:
    met = megabytes <= _MEGABYTES
    return Figure(AREA, "memory at rest, reader loaded", megabytes, "MB", "≤ 600 MB", met)
