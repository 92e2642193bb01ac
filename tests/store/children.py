"""What other processes do to a store, to be killed or starved at it.

Run by `multiprocessing`'s fork server, which has the store imported already: a child starts in
milliseconds, and its death touches nobody else.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import UUID

from checkpoint_app.domain.case import Event, Step
from checkpoint_app.store.station import Station, StoreFault, Use
from tests.store.travellers import MORNING, recorded

_FILE_EVENTS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "shutil.copyfile"})

context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload([__name__])


def start(work: Callable[..., None], *given: Any) -> tuple[Any, Connection]:
    """Run `work(pipe, *given)` in a child; gives the process and our end of the pipe."""
    ours, theirs = context.Pipe()
    child = context.Process(target=work, args=(theirs, *given))
    child.start()
    theirs.close()
    return child, ours


def record_until_killed(pipe: Connection, folder: Path) -> None:
    """Save one after the other and tell each number once it is durable."""
    with Station.open(folder, now=MORNING) as station:
        number = 0
        while True:
            saved = station.record(recorded(f"王{number}", minute=number), None)
            pipe.send((saved.id, saved.seq, saved.head))
            number += 1


def note_until_killed(pipe: Connection, folder: Path, case_id: UUID) -> None:
    """Add note after note to a case and tell how many stand in its story once it is durable."""
    with Station.open(folder, now=MORNING) as station:
        number = len(station.cases.story(case_id).told)  # type: ignore[union-attr]
        while True:
            station.cases.step(case_id, Step(Event.NOTED, "王芳", note=str(number)), MORNING)
            pipe.send(number)
            number += 1


def die_at(pipe: Connection, step: int, work: Callable[[Path], object], folder: Path) -> None:
    """Do `work` and die at its n-th step on a file of the folder; "done" where it has fewer."""
    left = [step]

    def count(event: str, given: tuple[object, ...]) -> None:
        if event in _FILE_EVENTS and any(str(folder) in str(name) for name in given):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    work(folder)
    left[0] = 1 << 30
    pipe.send("done")


def record_in_little_room(pipe: Connection, folder: Path, file_bytes: int) -> None:
    """Save until no file may grow any more; tells how many were saved and the fault."""
    with Station.open(folder, now=MORNING) as station:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
        saved = 0
        try:
            while saved < 5000:
                station.record(recorded(minute=saved), None)
                saved += 1
        except StoreFault as fault:
            pipe.send((saved, fault.code))


def open_as_nobody(pipe: Connection, folder: Path, use: Use) -> None:
    """Open without the right to write; tells the fault's code, or "opened"."""
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    try:
        with Station.open(folder, now=MORNING, use=use) as station:
            station.verify()
            pipe.send("opened")
    except StoreFault as fault:
        pipe.send(fault.code)
