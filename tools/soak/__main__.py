"""`python3 start.py soak [--share S]`: the full counts; a share of them with `--share`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tools.postgresql import server
from tools.soak import exchanges, kills
from tools.soak.stateful import HubAndStations

EXCHANGES, HUB_KILLS, STATION_KILLS, EXAMPLES = 10_000, 50, 300, 2_000


def main(words: list[str]) -> int:
    """Run all trials and tell of each; 1 when one was not sound."""
    parser = argparse.ArgumentParser(prog="start.py soak", description="Long trials.")
    parser.add_argument("--share", type=float, default=1.0, help="a part of the full counts")
    share = parser.parse_args(words).share
    count, killed = max(1, int(EXCHANGES * share)), max(1, int(HUB_KILLS * share))
    sound = True
    with tempfile.TemporaryDirectory() as made, server() as postgresql:
        home = Path(made)
        for name, database in (("sqlite", ""), ("postgresql", postgresql.fresh_database())):
            told = exchanges.trial(home / name, count // 2, killed // 2 + 1, database=database)
            print(f"exchanges, {name}: {told}", flush=True)
            sound &= told.sound
        stations = kills.trial(home / "kills", max(1, int(STATION_KILLS * share)))
        print(f"stations killed: {stations}", flush=True)
        sound &= stations.sound
    sound &= _stateful(max(1, int(EXAMPLES * share)))
    print("sound" if sound else "NOT SOUND")
    return 0 if sound else 1


def _stateful(examples: int) -> bool:
    """The property test of everything that may happen, in any order."""
    calm = settings(max_examples=examples, stateful_step_count=30, deadline=None, database=None)
    began = time.monotonic()
    try:
        run_state_machine_as_test(HubAndStations, settings=calm)
    except AssertionError as wrong:
        print(f"stateful: {wrong}", flush=True)
        return False
    print(f"stateful: {examples} examples, {time.monotonic() - began:.0f} s", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
