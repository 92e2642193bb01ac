"""A room with two printers: a CUPS of its own with queues to two IPP printers (`ippeveprinter`)
that keep what arrives. Everything runs on this machine, on free ports, and ends with the tests."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

# A test run that is killed must not leave daemons behind that the next one trips over.
ENDS_WITH_US = ("setpriv", "--pdeathsig", "TERM") if shutil.which("setpriv") else ()
TOOLS = ("avahi-daemon", "cupsd", "dbus-daemon", "ippeveprinter", "lp", "lpadmin", "lpstat")
PACKAGES = "cups cups-client cups-filters cups-ipp-utils avahi-daemon dbus"
SEARCHED = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))

BUS = """<busconfig><type>system</type><listen>unix:path={room}/bus</listen>
<auth>EXTERNAL</auth><policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""
AVAHI = "[server]\nuse-ipv6=no\nallow-interfaces=lo\n[publish]\npublish-workstation=no\n"
CUPSD = """Listen localhost:{port}
LogLevel warn
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
Order allow,deny
Allow from localhost
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
CUPS_FILES = """ServerRoot {room}/root
ServerKeychain {room}/root
StateDir {room}/state
RequestRoot {room}/requests
CacheDir {room}/cache
TempDir {room}/requests
AccessLog {room}/log/access
ErrorLog {room}/log/error
PageLog {room}/log/page
User lp
Group lp
SystemGroup root
"""
# What a printer does with a document: note the job's attributes beside it.
# Takes a job; with a file "no-paper" beside the trays it says so and waits until that is gone.
TAKE = """#!/bin/sh
env | grep "^IPP_" > "$1.asked"
while [ -e "$(dirname "$0")/no-paper" ]; do
  echo "STATE: +media-empty-error" >&2
  sleep 0.2
done
echo "STATE: -media-empty-error" >&2
"""


@pytest.fixture(autouse=True, scope="module")
def nothing_left_of_pdfium() -> Iterator[None]:
    """What pdfium opened here is closed here, not later beside a window's own thread."""
    yield
    gc.collect()


@dataclass(frozen=True)
class PrintRoom:
    """`single` prints one side only, `double` both; what arrived lies in a folder each."""

    folder: Path
    environment: dict[str, str]
    single: str = "Single"
    double: str = "Double"

    def arrived(self, queue: str) -> list[Path]:
        """The documents that the printer got, once its queue is empty."""
        wait_until(lambda: not self.command("lpstat", "-o", queue).strip(), 60)
        return sorted((self.folder / queue).glob("*.pdf"))

    def asked(self, queue: str) -> str:
        """What the printer was asked for with its jobs, a line an attribute: IPP_SIDES=…"""
        return "".join(note.read_text("utf-8") for note in (self.folder / queue).glob("*.asked"))

    def empty(self) -> None:
        for queue in (self.single, self.double):
            self.arrived(queue)
            for left in (self.folder / queue).iterdir():
                left.unlink()

    def command(self, *words: str) -> str:
        done = subprocess.run(
            [*ENDS_WITH_US, str(shutil.which(words[0], path=SEARCHED)), *words[1:]],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout


def wait_until(ready: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "the print room is not ready"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def print_room_of_session() -> Iterator[PrintRoom]:
    missing = [tool for tool in TOOLS if shutil.which(tool, path=SEARCHED) is None]
    if missing:
        pytest.skip(f"no {', '.join(missing)}; to print for real: apt-get install {PACKAGES}")
    if os.geteuid() != 0:
        pytest.skip("a print server of its own can be started by root only")
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="print-room-", dir="/tmp"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        yield _furnish(folder, stack)


@pytest.fixture
def print_room(print_room_of_session: PrintRoom, monkeypatch: pytest.MonkeyPatch) -> PrintRoom:
    """The room with empty trays, as the print system that this process talks to."""
    monkeypatch.setenv("CUPS_SERVER", print_room_of_session.environment["CUPS_SERVER"])
    print_room_of_session.empty()
    return print_room_of_session


def _furnish(folder: Path, stack: ExitStack) -> PrintRoom:
    folder.chmod(0o755)
    for name in ("root", "state", "requests", "cache", "log", "Single", "Double"):
        (folder / name).mkdir()
        shutil.chown(folder / name, "lp", "lp")
    port = _free_port()
    environment = {**os.environ, "PATH": SEARCHED, "CUPS_SERVER": f"localhost:{port}"}
    environment.pop("CUPS_USER", None)
    room = PrintRoom(folder, environment)
    _announcing(room, stack)
    (folder / "root/cupsd.conf").write_text(CUPSD.format(port=port))
    (folder / "root/cups-files.conf").write_text(CUPS_FILES.format(room=folder))
    files = ("-c", f"{folder}/root/cupsd.conf", "-s", f"{folder}/root/cups-files.conf")
    _start(room, stack, "cupsd", "-f", *files)
    wait_until(lambda: _answers(port), 20)
    (folder / "take").write_text(TAKE)
    (folder / "take").chmod(0o755)
    for queue, sides in ((room.single, ()), (room.double, ("-2",))):
        _queue(room, stack, queue, sides)
    return room


def _announcing(room: PrintRoom, stack: ExitStack) -> None:
    """A bus and an Avahi of our own, unless the machine has one: ippeveprinter insists on it."""
    if _avahi_runs():
        return
    (room.folder / "bus.conf").write_text(BUS.format(room=room.folder))
    (room.folder / "avahi.conf").write_text(AVAHI)
    _start(room, stack, "dbus-daemon", f"--config-file={room.folder}/bus.conf", "--nofork")
    wait_until((room.folder / "bus").exists, 20)
    room.environment["DBUS_SYSTEM_BUS_ADDRESS"] = f"unix:path={room.folder}/bus"
    options = ("--no-drop-root", "--no-chroot", "--no-rlimits")
    _start(room, stack, "avahi-daemon", "-f", f"{room.folder}/avahi.conf", *options)
    log = room.folder / "avahi-daemon.log"
    wait_until(lambda: "startup complete" in log.read_text("utf-8", "replace"), 20)


def _queue(room: PrintRoom, stack: ExitStack, queue: str, sides: tuple[str, ...]) -> None:
    port = _free_port()
    words = ("ippeveprinter", *sides, "-r", "off", "-n", "localhost", "-p", str(port), "-k", "-v")
    work = ("-f", "application/pdf", "-d", f"{room.folder}/{queue}", "-c", f"{room.folder}/take")
    _start(room, stack, *words, *work, queue, log=queue)
    wait_until(lambda: _answers(port), 20)
    uri = f"ipp://localhost:{port}/ipp/print"
    room.command("lpadmin", "-p", queue, "-E", "-v", uri, "-m", "everywhere")


def _start(room: PrintRoom, stack: ExitStack, *words: str, log: str = "") -> None:
    with (room.folder / f"{log or words[0]}.log").open("wb") as output:
        process = subprocess.Popen(
            [*ENDS_WITH_US, str(shutil.which(words[0], path=SEARCHED)), *words[1:]],
            env=room.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    stack.callback(_end, process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def _avahi_runs() -> bool:
    try:
        os.kill(int(Path("/run/avahi-daemon/pid").read_text()), 0)
    except (OSError, ValueError):
        return False
    return Path("/run/dbus/system_bus_socket").exists()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("localhost", port)) == 0
