"""The desk without a window: over a film, a folder or a camera, nobody at the keys.

Each code shown becomes one inspection, stored as it was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkpoint_app.desk.session import Desk
from checkpoint_app.devices.ports import Frame, Picture
from checkpoint_app.domain.inspection import RecordedInspection
from checkpoint_app.vision import FoundCode

GONE_AFTER = timedelta(seconds=1.5)  # a code not seen for so long: its person has gone on

ReadFrame = Callable[[Frame], tuple[FoundCode, ...]]


@dataclass(slots=True)
class FilmClock:
    """Local time as the film tells it: the moment of the picture being looked at."""

    start: datetime
    at: float = 0.0  # seconds into the film
    waited: float = 0.0  # seconds that people waited while the film stood still

    def __call__(self) -> datetime:
        return self.start + timedelta(seconds=self.at + self.waited)


def screen(
    pictures: Iterable[Picture], read_frame: ReadFrame, desk: Desk, clock: FilmClock
) -> Iterator[RecordedInspection]:
    """Play a source through the desk; yields each inspection once it is recorded."""
    last_seen: datetime | None = None
    for picture in pictures:
        clock.at = picture.taken_at
        found = read_frame(picture.frame)
        if last_seen is not None and not found and clock() - last_seen > GONE_AFTER:
            yield from _record(desk)
            last_seen = None
        for code in found:
            last_seen = clock()
            show(desk, code)
            if desk.somebody_waits:
                yield from _record(desk)
    yield from _record(desk)


def show(desk: Desk, code: FoundCode) -> None:
    """Show one found code to the desk."""
    desk.scan(code.text, code.symbology, code.colour, code.corners)


def _record(desk: Desk) -> Iterator[RecordedInspection]:
    recorded = desk.record_as_seen()
    if recorded is not None:
        yield recorded
