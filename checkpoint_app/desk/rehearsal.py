"""The demo footage played through the desk, with what its officer does.

The story stands beside the footage as JSON: for each traveller, until when they are in the
picture and the officer's actions in order. A person can learn the program with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from checkpoint_app.desk.headless import FilmClock, ReadFrame, show
from checkpoint_app.desk.session import Desk
from checkpoint_app.devices.ports import Picture
from checkpoint_app.domain.inspection import (
    City,
    CodeStatus,
    Itinerary,
    Outcome,
    RecordedInspection,
    TemperatureSource,
)

Traveller = dict[str, Any]
Action = dict[str, Any]


def read_story(folder: Path) -> list[Traveller]:
    """The travellers of the footage in a demo folder, in order."""
    story = json.loads((folder / "story.json").read_text("utf-8"))
    return list(story["travellers"])


def rehearse(
    pictures: Iterable[Picture],
    read_frame: ReadFrame,
    desk: Desk,
    clock: FilmClock,
    story: list[Traveller],
) -> Iterator[RecordedInspection]:
    """Play the footage; the officer acts when each traveller leaves the picture."""
    waiting = list(story)
    for picture in pictures:
        clock.at = picture.taken_at
        while waiting and picture.taken_at >= waiting[0]["ends_at"]:
            yield from act(desk, clock, waiting.pop(0))
        for code in read_frame(picture.frame):
            show(desk, code)
    for traveller in waiting:
        yield from act(desk, clock, traveller)


def act(desk: Desk, clock: FilmClock, traveller: Traveller) -> Iterator[RecordedInspection]:
    """What the officer does with one traveller; yields what was recorded."""
    before = desk.last_recorded
    for action in traveller["officer"]:
        if action["do"] == "wait":
            clock.waited += action["seconds"]
        else:
            _ACTIONS[action["do"]](desk, traveller, action)
        if desk.last_recorded is not None and desk.last_recorded is not before:
            before = desk.last_recorded
            yield before


def _identity(desk: Desk, traveller: Traveller, action: Action) -> None:
    for name, text in traveller["person"].items():
        desk.set_field(name, text)


def _itinerary(desk: Desk, traveller: Traveller, action: Action) -> None:
    cities = tuple(City(name) for name in action["cities"])
    desk.set_itinerary(Itinerary(action["shown"], cities))


def _temperature(desk: Desk, traveller: Traveller, action: Action) -> None:
    desk.take_reading(action["celsius"], TemperatureSource.TYPED)


def _change(desk: Desk, traveller: Traveller, action: Action) -> None:
    desk.change_outcome(Outcome(action["outcome"]), action["reason"])


def _reopen(desk: Desk, traveller: Traveller, action: Action) -> None:
    desk.reopen(desk.state.tray[-1].id)


_ACTIONS: dict[str, Callable[[Desk, Traveller, Action], None]] = {
    "no_phone": lambda desk, traveller, action: desk.set_health_code(CodeStatus.NONE),
    "identity": _identity,
    "itinerary": _itinerary,
    "temperature": _temperature,
    "park": lambda desk, traveller, action: desk.park(),
    "reopen": _reopen,
    "change": _change,
    "confirm": lambda desk, traveller, action: desk.confirm(),
    "clear": lambda desk, traveller, action: desk.clear(),
}
