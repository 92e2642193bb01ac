"""The figures of a bench as the tables of docs/benchmarks.md, so that none is written by hand.

    python3 start.py bench --json > figures.jsonl
    python -m tools.bench_report figures.jsonl > docs/benchmarks.md

Later files go on top of earlier ones: an area measured anew replaces that area.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from tools.bench.__main__ import number

HEAD = """# Benchmarks

Every figure here was printed by `python3 start.py bench` and set into these tables by
`python -m tools.bench_report`; none was written by hand. A figure beside a peer was measured in the
same run as the peer. What was asked for stands beside what was measured; a miss says so.

Measured on {day}: {cores} cores of a shared virtual machine, {memory} GiB of memory, Python
{python}, {system}, no graphics card, Qt on its offscreen platform. The reading areas used a set of
398 real and drawn code images and 46 drawn phone pages given by `--codes` and `--pages`; without
these options the bench draws sets of its own. Shared machines are noisy: compare medians and
ratios, not single times.
"""


def main(files: list[str]) -> None:
    """Print the page for one or more files of JSON lines."""
    areas: dict[str, list[dict[str, Any]]] = {}
    for file in files:
        figures = [json.loads(line) for line in Path(file).read_text("utf-8").splitlines() if line]
        for area in {each["area"] for each in figures}:
            areas[area] = [each for each in figures if each["area"] == area]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(
        HEAD.format(
            day=datetime.now().astimezone().date().isoformat(),
            cores=os.cpu_count(),
            memory=round(memory),
            python=platform.python_version(),
            system=platform.freedesktop_os_release()["PRETTY_NAME"],
        )
    )
    for area in sorted(areas):
        print("\n".join(_table(area, areas[area])), end="\n\n")


def _table(area: str, figures: list[dict[str, Any]]) -> list[str]:
    head = [f"## {area.capitalize()}", "", "| what | measured | asked | | peer | note |"]
    return [*head, "|---|---|---|---|---|---|", *map(_row, figures)]


def _row(figure: dict[str, Any]) -> str:
    mark = {None: "", True: "met", False: "**missed**"}[figure["met"]]
    peer = ""
    if figure["peer_value"] is not None:
        peer = f"{figure['peer']}: {number(figure['peer_value'])}"
    value = f"{number(figure['value'])} {figure['unit']}".strip()
    cells = (figure["name"], value, figure["asked"], mark, peer, figure["note"])
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


if __name__ == "__main__":
    main(sys.argv[1:])
