"""A hub in a process of its own, to be killed and started again on the same port."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from checkpoint_app.hub.authority import new_secrets
from checkpoint_app.store.hub.home import HubState
from checkpoint_app.store.hub.hub import HubStore
from checkpoint_app.store.identity import new_device
from tools.soak.nursery import ROOT, Child, Nursery


def create(folder: Path, database: str = "") -> None:
    """Begin a hub."""
    hub = new_device()
    state = HubState(hub, "soak", "http://127.0.0.1", database)
    HubStore.create(folder, state, new_secrets(hub), None, datetime.now(UTC))


@dataclass
class HubProcess:
    """One serving hub."""

    folder: Path
    port: int = 0
    process: subprocess.Popen[str] | None = field(default=None)
    nursery: Nursery | None = None  # with one, the hub is a fork that starts at once
    child: Child | None = None

    def start(self) -> None:
        """Serve, on the same port as before; returns once the port is open."""
        if self.nursery is not None:
            self.child = self.nursery.start(*self._words())
            self._is_open(self.child.first_line())
            return
        line = [sys.executable, "-P", "-m", "checkpoint_app", *self._words()]
        self.process = subprocess.Popen(
            line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
        )
        assert self.process.stdout is not None
        self._is_open(self.process.stdout.readline())

    def _words(self) -> list[str]:
        words = ["hub", "serve", "--plain-http", "--host", "127.0.0.1", "--json"]
        return [*words, "--port", str(self.port), "--data", str(self.folder)]

    def _is_open(self, told: str) -> None:
        if not told:
            raise RuntimeError("the hub did not start")
        self.port = int(json.loads(told)["url"].rpartition(":")[2])

    def kill(self) -> None:
        """As a power cut would."""
        self._end(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)

    def stop(self) -> None:
        """In good order."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self.child is not None:
            self.child.send(how)
            self.child.wait(30)
            self.child = None
        if self.process is None:
            return
        self.process.send_signal(how)
        self.process.wait(30)
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None
