"""`checkpoint desk`: the window; without a display, the demo footage without one."""

from __future__ import annotations

import os
import socket
import sys
from typing import Any

from checkpoint_app.commands.console import Console, add_common
from checkpoint_app.devices.camera import DEMO

_X = "/tmp/.X11-unix"  # noqa: S108 - where an X server listens on every Unix


def add(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("desk", help="open the desk")
    parser.add_argument("--source", metavar="S", help="demo, a path, a number or an address")
    add_common(parser)
    parser.set_defaults(run=run)


def run(console: Console) -> int:
    """Open the window; where nothing can show one, say so and go through the demo footage."""
    if not has_display():
        from checkpoint_app.commands.screening import run_over

        print(
            console.translate("No display here: the desk goes through the demo without a window."),
            file=sys.stderr,
        )
        return run_over(console, console.arguments.source or DEMO)
    from checkpoint_app.app import open_window

    return open_window(console.folder, console.settings, console.arguments.source, console.fault)


def has_display() -> bool:
    """Whether a window can be shown: always on Windows and macOS, by the session on Linux."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("WAYLAND_DISPLAY")) or answers(os.environ.get("DISPLAY", ""))


def answers(display: str) -> bool:
    """Whether an X display is there; a name left over from an ended session is none."""
    host, _, number = display.rpartition(":")
    if not display or host not in ("", "unix"):
        return bool(display)
    path = f"{_X}/X{number.partition('.')[0]}"
    return any(_listens(each) for each in (path, f"\0{path}"))


def _listens(address: str) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(address)
        except OSError:
            return False
    return True
