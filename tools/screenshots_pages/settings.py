"""The groups of the settings."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.ui.room import Room
from tools.screenshots_pages.scene import Act


def _group(name: str) -> Act:
    def act(room: Room) -> None:
        room.enter()
        room.window.show_page("settings")
        room.pages.settings.open(name)

    return act


def _trust(room: Room) -> None:
    _group("trust")(room)
    files = sorted(Path("resources/demo/trust").iterdir())
    refused = Path(tempfile.mkdtemp(), "photo.jpg")
    refused.write_bytes(b"\xff\xd8\xff")
    room.pages.settings.groups["trust"].import_files([*files, refused])  # type: ignore[attr-defined]


def _recovery(room: Room) -> None:
    _group("protection")(room)
    protection = room.pages.settings.groups["protection"]
    protection.passphrase.setText("north gate 2026")  # type: ignore[attr-defined]
    protection.again.setText("north gate 2026")  # type: ignore[attr-defined]
    protection.protect()  # type: ignore[attr-defined]


GROUPS = (
    "station",
    "sheets",
    "screening",
    "rules",
    "devices",
    "display",
    "online",
    "protection",
    "operators",
    "duty",
    "signals",
    "keeping",
    "rights",
)
SHOTS: dict[str, Act] = {
    "trust": _trust,
    "recovery": _recovery,
    **{f"settings_{name}": _group(name) for name in GROUPS},
}
