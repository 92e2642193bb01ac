"""Trust lists: files in, one snapshot out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from checkpoint_app.codes.trust import Trust, TrustFile, TrustRefused, parse_trust_file
from checkpoint_app.settings import Settings
from checkpoint_app.store.station import Station, TrustListInfo

LARGEST_FILE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Imported:
    """One trust file taken, or the reason code why not."""

    file: str
    info: TrustListInfo | None
    refused: str | None = None


def read_trust_file(path: Path, now: datetime) -> TrustFile | TrustRefused:
    """Parse one trust file; a value either way, never an exception for a bad file."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            return TrustRefused("too_large")
        body = path.read_bytes()
    except OSError:
        return TrustRefused("unreadable")
    return parse_trust_file(path.name, body, now)


def import_trust(station: Station, paths: Iterable[Path], now: datetime) -> list[Imported]:
    """Take trust files into the store, each as a new version. Raises StoreFault."""
    return [_import_one(station, path, now) for path in paths]


def _import_one(station: Station, path: Path, now: datetime) -> Imported:
    parsed = read_trust_file(path, now)
    if isinstance(parsed, TrustRefused):
        return Imported(str(path), None, parsed.code)
    info = station.add_trust_list(
        parsed.kind, path.name, parsed.dated, parsed.body, parsed.entries, now
    )
    return Imported(str(path), info)


def current_trust(station: Station, settings: Settings, now: datetime) -> Trust:
    """The snapshot of everything imported. Raises StoreFault."""
    files = []
    for info, body in station.trust_bodies():
        parsed = parse_trust_file(info.source, body, info.imported_at)
        if isinstance(parsed, TrustFile):
            files.append(parsed)
    return Trust.of(files, timedelta(days=settings.trust_valid_days))
