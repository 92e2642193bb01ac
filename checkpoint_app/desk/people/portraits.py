"""Photos of the roster: taken from a folder or a ZIP, made small, kept under the key of a pass.

A picture is somebody's by the file name that the roster gives, or by being called after the staff
or pupil number, the document number or the name. Where a name is more than one person's, it is
nobody's: a wrong face at the gate is worse than none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from checkpoint_app.desk.people.passes import roster
from checkpoint_app.domain.list_entries import RosterEntry
from checkpoint_app.i18n import Translate
from checkpoint_app.i18n.reasons import fault_text
from checkpoint_app.imports.photos import PhotoFault, PhotoFile, photo_files
from checkpoint_app.store.station import Station
from checkpoint_app.store.visiting.portraits import LARGEST

LONGEST_SIDE = 400  # pixels: sharp on a badge of 26 mm, small enough for a thousand pupils
_BATCH = 50
_NAMED = 3
_HELD_AGAINST = "photos_roster"  # the rosters that the photos were held against last


@dataclass(slots=True)
class PhotosTaken:
    """What became of the pictures: how many are kept now, and which were refused and why."""

    kept: int = 0
    refused: list[tuple[str, PhotoFault]] = field(default_factory=list)
    cancelled: bool = False


class Whose:
    """Finds whose picture a file is."""

    def __init__(self, entries: Iterable[RosterEntry]) -> None:
        self._by_file: dict[str, set[str]] = defaultdict(set)
        self._by_stem: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            key = entry.pass_key
            if entry.photo:
                named = PurePosixPath(entry.photo.replace("\\", "/")).name.casefold()
                self._by_file[named].add(key)
            for known in (entry.roster_id, entry.id_number, entry.name):
                if known:
                    self._by_stem[known.casefold()].add(key)

    def key(self, file: PhotoFile) -> str | PhotoFault:
        """The key of the one person, or why there is none."""
        name, stem = file.name.casefold(), file.stem.casefold().strip()
        # a list may name a picture with its ending or without
        found = self._by_file.get(name) or self._by_file.get(stem) or self._by_stem.get(stem)
        if not found:
            return PhotoFault.NOBODY
        return next(iter(found)) if len(found) == 1 else PhotoFault.SEVERAL


def take_photos(
    ask: Callable[[Callable[[Station], object]], object],
    source: Path,
    now: datetime,
    told: Callable[[int, int], bool] = lambda done, total: True,
) -> PhotosTaken:
    """Take the pictures; `ask` runs a job on the store and waits, `told` answers False to cancel.

    Raises `FileFault`, `StoreFault`. What was kept before a cancel stays.
    """
    total, files = photo_files(source)
    whose: list[Whose] = []
    ask(lambda store: whose.append(Whose(roster(store))))
    taken, batch = PhotosTaken(), dict[str, bytes]()

    def keep() -> None:
        photos = dict(batch)
        ask(lambda store: store.portraits.keep(photos, now))
        taken.kept += len(photos)
        batch.clear()

    for done, file in enumerate(files, 1):
        key = whose[0].key(file)
        photo = portrait(file) if not isinstance(key, PhotoFault) else key
        if isinstance(photo, PhotoFault):
            taken.refused.append((file.name, photo))
        elif not isinstance(key, PhotoFault):
            batch[key] = photo
        if len(batch) >= _BATCH:
            keep()
        if not told(done, total):
            taken.cancelled = True
            break
    keep()
    return taken


def portrait(file: PhotoFile) -> bytes | PhotoFault:
    """The picture as it is kept: small, upright, without whatever else the file carried."""
    if isinstance(file.body, PhotoFault):
        return file.body
    from checkpoint_app.vision.photo import compact  # slow to load, rarely used

    return compact(file.body, LARGEST, LONGEST_SIDE) or PhotoFault.UNREADABLE


def photos_text(taken: PhotosTaken, translate: Translate) -> str:
    """What became of the pictures, in one sentence; the first refused ones by name."""
    said = translate("Photos kept: {count}", count=taken.kept)
    if taken.cancelled:
        said += translate(", then cancelled")
    if not taken.refused:
        return said
    named = [f"{name} ({fault_text(why.value, translate)})" for name, why in taken.refused[:_NAMED]]
    more = translate(" and more") if len(taken.refused) > _NAMED else ""
    refused = translate("Refused: {count}", count=len(taken.refused))
    return f"{said}. {refused}: {', '.join(named)}{more}"


def forget_strangers(station: Station) -> int:
    """Drop the photos of whoever is on no roster any more; how many there were."""
    newest = station.lists.versions().roster
    version = newest.text if newest is not None else ""
    if not station.portraits.count() or station.remembered(_HELD_AGAINST) == version:
        return 0
    gone = station.portraits.keep_only({each.pass_key for each in roster(station)})
    station.remember(_HELD_AGAINST, version)
    return gone
