"""The figures of a bench as the tables of docs/benchmarks.md, so that none is written by hand.

    python3 start.py bench --json > figures.jsonl
    python -m tools.bench_report figures.jsonl > new.md && mv new.md docs/benchmarks.md

Later files go on top of earlier ones. An area that was not measured anew stays on the page as it
stands there, with the day it was measured on.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tools.bench.__main__ import number

HEAD = """# Benchmarks

Every figure here was printed by `python3 start.py bench` and set into these tables by
`python -m tools.bench_report`; none was written by hand. A figure beside a peer was measured in the
same run as the peer. What was asked for stands beside what was measured; a miss says so.

Measured on {cores} cores of a shared virtual machine, {memory} GiB of memory, Python {python},
{system}, no graphics card, Qt on its offscreen platform. The reading areas used a set of 398 real
and drawn code images and 46 drawn phone pages given by `--codes` and `--pages`; without these
options the bench draws sets of its own. Shared machines are noisy: compare medians and ratios, not
single times.
"""


PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
_DAY = re.compile(r"[Mm]easured on (\d{4}-\d\d-\d\d)")


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
            cores=os.cpu_count(),
            memory=round(memory),
            python=platform.python_version(),
            system=platform.freedesktop_os_release()["PRETTY_NAME"],
        )
    )
    today = datetime.now().astimezone().date()
    sections = _standing(PAGE.read_text("utf-8") if PAGE.exists() else "")
    sections |= {area: _table(area, figures, today) for area, figures in areas.items()}
    print("\n\n".join(sections[area] for area in sorted(sections)))


def _standing(page: str) -> dict[str, str]:
    """The sections of the page as it stands, each with its day."""
    head, *sections = re.split(r"(?m)^## ", page)
    told = _DAY.search(head)
    found: dict[str, str] = {}
    for section in sections:
        title, _, rest = section.strip().partition("\n")
        if not _DAY.search(rest) and told is not None:
            rest = f"\nMeasured on {told[1]}.\n{rest}"
        found[title.lower()] = f"## {title}\n{rest}"
    return found


def _table(area: str, figures: list[dict[str, Any]], day: date) -> str:
    head = [f"## {area.capitalize()}", "", f"Measured on {day.isoformat()}.", ""]
    head += ["| what | measured | asked | | peer | note |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *map(_row, figures)])


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
