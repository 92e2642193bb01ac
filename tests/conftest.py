"""What every test stands on: no screen, no network, one locale, a data folder of its own."""

from __future__ import annotations

import locale
import os
import socket
from pathlib import Path
from typing import Any

import pytest

# Before anything of Qt is imported.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["LC_ALL"] = os.environ["LANG"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)
locale.setlocale(locale.LC_ALL, "C")

HERE_ONLY = ("127.", "localhost", "::1", "0.0.0.0")


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, also the one that the program finds by itself."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("CHECKPOINT_DATA", str(folder))
    return folder


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what a test writes "for the user" away from the user who runs it."""
    home = tmp_path / "home"
    monkeypatch.setenv("CHECKPOINT_DATA", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "share"))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches beyond this machine fails at once instead of waiting."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(HERE_ONLY):
            raise AssertionError(f"a test reached for the network: {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
