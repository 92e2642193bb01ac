"""`python3 start.py soak [--share S] [--into FILE]`: the full counts, or a share of them.

`--into docs/survival.md` writes what came of it as a page; nothing on it is written by hand. The
exit code is 1 when a trial was not sound.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tools.postgresql import server
from tools.soak import exchanges, hostile, kills, restored, stateful
from tools.soak.nursery import Nursery, fast_folder

EXCHANGES, HUB_KILLS, STATION_KILLS, EXAMPLES = 10_000, 50, 300, 2_000
REQUESTS, RESTORES, STEPS = 1_000, 20, 30

_HEAD = """# What was survived

Written by `python3 start.py soak --into docs/survival.md` on {day}; nothing here is written by
hand. {share}

On {cores} cores of a shared virtual machine, Python {python}. Files lie in memory where the system
has a place for that: what is killed are programs, not the machine.

| trial | what was done | what came of it | broken | seconds |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Line:
    """One trial as a line of the page."""

    name: str
    done: str
    came: str
    broken: str
    sound: bool
    seconds: float = 0.0

    def __str__(self) -> str:
        cells = (self.name, self.done, self.came, self.broken or "none", f"{self.seconds:.0f}")
        return f"| {' | '.join(cells)} |"


def main(words: list[str]) -> int:
    """Run all trials and tell of each; 1 when one was not sound."""
    parser = argparse.ArgumentParser(prog="start.py soak", description="Long trials.")
    parser.add_argument("--share", type=float, default=1.0, help="a part of the full counts")
    parser.add_argument("--into", type=Path, metavar="FILE", help="write a page of it")
    asked = parser.parse_args(words)
    logging.disable(logging.WARNING)
    lines = []
    with tempfile.TemporaryDirectory(dir=fast_folder()) as made:
        for trial in _trials(Path(made), asked.share):
            began = time.monotonic()
            line = trial()
            lines.append(Line(**{**vars(line), "seconds": time.monotonic() - began}))
            print(lines[-1], flush=True)
    if asked.into is not None:
        asked.into.write_text(_page(lines, asked.share), "utf-8")
    sound = all(line.sound for line in lines)
    print("sound" if sound else "NOT SOUND")
    return 0 if sound else 1


def _trials(home: Path, share: float) -> Iterator[Callable[[], Line]]:
    def some(count: int) -> int:
        return max(1, round(count * share))

    yield lambda: _exchanges(home, some(EXCHANGES), some(HUB_KILLS))
    yield lambda: _kills(home / "kills", some(STATION_KILLS))
    yield lambda: _restored(home / "restored", some(RESTORES))
    yield lambda: _stateful(home / "stateful", some(EXAMPLES))
    yield lambda: _hostile(home / "hostile", some(REQUESTS))


def _exchanges(home: Path, count: int, killed: int) -> Line:
    """Half of them on SQLite, half on PostgreSQL."""
    with server() as postgresql, Nursery() as nursery:
        both = [
            exchanges.trial(home / name, count // 2, -(-killed // 2), nursery=nursery, database=url)
            for name, url in (("sqlite", ""), ("postgresql", postgresql.fresh_database()))
        ]
    first, then = both
    return Line(
        "exchanges over a link that cuts 30 % of them, SQLite and PostgreSQL",
        f"{first.exchanges + then.exchanges:,} exchanges, {first.cuts + then.cuts:,} cut, "
        f"{first.kills + then.kills} kills of the hub, {first.replays + then.replays:,} replays",
        f"{first.created + then.created:,} records made, {first.stored + then.stored:,} stored",
        "; ".join(str(each) for each in both if not each.sound),
        first.sound and then.sound,
    )


def _kills(folder: Path, count: int) -> Line:
    with Nursery() as nursery:
        told = kills.trial(folder, count, nursery)
    return Line(
        "station killed (-9) while it sends and takes lists",
        f"{told.kills} killed of {told.runs} runs",
        f"{told.created:,} records made, {told.stored:,} stored; {told.half_lists} lists half",
        "" if told.sound else str(told),
        told.sound and told.kills >= count,
    )


def _restored(folder: Path, count: int) -> Line:
    told = restored.trial(folder, count)
    return Line(
        "hub restored from a backup of 24 hours ago",
        f"{told.restores} hubs, {restored.STATIONS} stations each, one shut out since",
        f"{told.sent:,} records sent ever, {told.missing} missing; {told.lists_back} lists went "
        f"back; {told.let_in} let in again",
        "" if told.sound else str(told),
        told.sound,
    )


def _stateful(folder: Path, examples: int) -> Line:
    """The property test of everything that may happen, in any order."""
    calm = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    broken = ""
    try:
        run_state_machine_as_test(stateful.machine(folder), settings=calm)
    except AssertionError as wrong:
        broken = " ".join(str(wrong).split())[:200] or "an assertion"
    return Line(
        "anything in any order: add, sync, cut, kill, replay, restore, USB, upgrade, clocks",
        f"{examples:,} examples of up to {STEPS} steps",
        "stored is what was made, in equal chains" if not broken else "see there",
        broken,
        not broken,
    )


def _hostile(folder: Path, requests: int) -> Line:
    told = hostile.trial(folder, requests)
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(told.kinds.items()))
    return Line(
        "hostile requests",
        f"{told.requests:,} requests: {kinds}",
        f"{len(told.got_in)} got in, {told.faults} faults of the hub",
        "" if told.sound else str(told),
        told.sound,
    )


def _page(lines: list[Line], share: float) -> str:
    full = "The full counts." if share >= 1 else f"{share:.0%} of the full counts."
    head = _HEAD.format(
        day=datetime.now().astimezone().date(),
        share=full,
        cores=os.cpu_count(),
        python=platform.python_version(),
    )
    return head + "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
