"""Trust lists: files in, one snapshot out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from checkpoint_app.codes import Fault, Trust, TrustFile, parse_trust_file
from checkpoint_app.codes.site_pass import new_key, own_keys
from checkpoint_app.codes.trust_file import MAX_FILE
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station, TrustListInfo

PASS_KEY = "site_pass_key"


@dataclass(frozen=True, slots=True)
class Imported:
    """One trust file taken, or the reason code why not."""

    file: str
    info: TrustListInfo | None
    refused: str | None = None


def read_trust_file(path: Path, now: datetime) -> tuple[TrustFile, bytes] | str:
    """One trust file and its bytes, or the reason code why it can't be taken."""
    try:
        with path.open("rb") as file:
            body = file.read(MAX_FILE + 1)
    except OSError:
        return "unreadable"
    parsed = parse_trust_file(path.name, body, now)
    return parsed.code if isinstance(parsed, Fault) else (parsed, body)


def demo_trust(folder: Path, now: datetime) -> list[TrustFile]:
    """Who signed the demo footage's codes. Never imported: anyone can make the demo's keys."""
    taken = [read_trust_file(file, now) for file in sorted((folder / "trust").iterdir())]
    return [each[0] for each in taken if not isinstance(each, str)]


def import_trust(station: Station, paths: Iterable[Path], now: datetime) -> list[Imported]:
    """Take trust files into the store, each as a new version. Raises StoreFault."""
    return [_import_one(station, path, now) for path in paths]


def _import_one(station: Station, path: Path, now: datetime) -> Imported:
    taken = read_trust_file(path, now)
    if isinstance(taken, str):
        return Imported(str(path), None, taken)
    parsed, body = taken
    info = station.add_trust_list(
        parsed.kind, path.name, parsed.dated, body, len(parsed.entries), now
    )
    return Imported(str(path), info)


def current_trust(station: Station, settings: Settings, now: datetime) -> Trust:
    """The snapshot of everything imported, with the station's own pass key. Raises StoreFault."""
    key = station.secret(PASS_KEY, new_key)
    files = [own_keys(key, settings.site_name, station.revoked_passes(), now)]
    for info, body in station.trust_bodies():
        parsed = parse_trust_file(info.source, body, info.dated)
        if isinstance(parsed, TrustFile):
            files.append(parsed)
    return Trust.of(files, timedelta(days=settings.trust_valid_days))
