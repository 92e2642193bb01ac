"""Programs that are killed by the hundred: all is imported once, then each is a fork of that.

What runs is the command line as it is delivered; only its first second is saved. POSIX alone.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]


def fast_folder() -> str | None:
    """Where files lie in memory: a killed process loses nothing there either; None: the usual."""
    shared = "/dev/shm"
    return shared if os.path.isdir(shared) and os.access(shared, os.W_OK) else None


@dataclass
class Child:
    """A program that runs."""

    pid: int
    told: Path

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def send(self, how: signal.Signals) -> None:
        """Send a signal, if it is still there."""
        if self.alive:
            os.kill(self.pid, how)

    def wait(self, seconds: float = 60.0) -> bool:
        """Whether it ended within that time."""
        end = time.monotonic() + seconds
        while self.alive:
            if time.monotonic() >= end:
                return False
            time.sleep(0.002)
        return True

    def first_line(self, seconds: float = 60.0) -> str:
        """The first line that it says; "" where it ends without one."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            line, whole, _ = self.told.read_text("utf-8").partition("\n")
            if whole or not self.alive:
                return line
            time.sleep(0.005)
        return ""


@dataclass
class Nursery:
    """Starts programs. Also a context manager."""

    _home: tempfile.TemporaryDirectory[str] = field(default_factory=tempfile.TemporaryDirectory)
    _process: subprocess.Popen[str] | None = None
    _count: int = 0

    def __enter__(self) -> Self:
        line = [sys.executable, "-P", "-m", "tools.soak.nursery"]
        self._process = subprocess.Popen(
            line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process is not None
        self._process.communicate(timeout=30)
        self._home.cleanup()

    def start(self, *words: str) -> Child:
        """Run `checkpoint WORDS`."""
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._count += 1
        told = Path(self._home.name) / str(self._count)
        told.touch()
        self._process.stdin.write(json.dumps([list(words), str(told)]) + "\n")
        self._process.stdin.flush()
        return Child(int(self._process.stdout.readline()), told)


# --- the other side -------------------------------------------------------------------------------


def _main() -> None:
    import checkpoint_app.__main__
    import checkpoint_app.commands.hub
    import checkpoint_app.commands.syncing
    import checkpoint_app.desk.hub_lists
    import checkpoint_app.hub.serving
    import checkpoint_app.store.station
    import checkpoint_app.sync.exchange  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in sys.stdin:
        words, told = json.loads(line)
        pid = os.fork()
        if not pid:
            _become(words, told)
        print(pid, flush=True)


def _become(words: list[str], told: str) -> None:
    from checkpoint_app.__main__ import main

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(os.open(told, os.O_WRONLY), 1)
    os.dup2(nowhere, 2)
    code = 1
    try:
        code = main(words)
        sys.stdout.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    _main()
