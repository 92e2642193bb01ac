"""The measurements: `python3 start.py bench [AREA ...] [--codes DIR] [--pages DIR] [--json]`.

An area is a module of this folder with a function `measure(...) -> list[Figure]`; it may take
`codes` and `pages` (Path or None: None means a set that the project draws itself). Each area runs
in a process of its own, so that its memory figures are its own. A benchmark, not a test: a figure
that misses what was asked is marked, and the exit code tells only whether all areas could run.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import tools.bench
from tools.bench.figure import Figure

COLUMNS = ("area", "what", "value", "asked", "", "peer", "note")
NOT_AREAS = ("__main__", "drawn", "figure")


def main(words: list[str]) -> int:
    """Measure the areas asked for, print a table or JSON. Returns 1 when an area failed to run."""
    asked = _parser().parse_args(words)
    if asked.into is not None:
        figures = _measure(asked.areas[0], asked)
        asked.into.write_text(json.dumps([asdict(each) for each in figures]), "utf-8")
        return 0
    wanted = asked.areas or areas()
    failed = [area for area in wanted if area not in areas()]
    measured: list[Figure] = []
    for area in wanted:
        if area not in failed:
            found = _in_own_process(area, asked)
            measured += found or []
            failed += [area] if found is None else []
    print(_as_json(measured) if asked.json else table(measured))
    for area in failed:
        print(f"not measured: {area}", file=sys.stderr)
    return 1 if failed else 0


def areas() -> list[str]:
    """The names of all areas, in order."""
    found = [module.name for module in pkgutil.iter_modules(tools.bench.__path__)]
    return sorted(name for name in found if name not in NOT_AREAS and not name.startswith("_"))


def table(figures: list[Figure]) -> str:
    """The figures in columns, as wide as they need."""
    rows = [COLUMNS, *(_row(each) for each in figures)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
    return "  ".join(cells).rstrip()


def _row(figure: Figure) -> tuple[str, ...]:
    mark = {None: "", True: "met", False: "MISSED"}[figure.met]
    peer = f"{figure.peer} {number(figure.peer_value)}" if figure.peer_value is not None else ""
    value = f"{number(figure.value)} {figure.unit}".strip()
    return (figure.area, figure.name, value, figure.asked, mark, peer, figure.note)


def number(value: float) -> str:
    """A figure with as many digits as mean something."""
    if float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 100 else f"{value:.3g}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _as_json(figures: list[Figure]) -> str:
    return "\n".join(json.dumps(asdict(each), ensure_ascii=False) for each in figures)


def _in_own_process(area: str, asked: argparse.Namespace) -> list[Figure] | None:
    """The figures of one area, or None when it did not come to its end."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "figures.json"
        line = [sys.executable, "-P", "-m", "tools.bench", area, "--into", str(answer)]
        line += [f"--codes={asked.codes}"] if asked.codes else []
        line += [f"--pages={asked.pages}"] if asked.pages else []
        print(f"measuring {area} ...", file=sys.stderr, flush=True)
        if subprocess.call(line, stdout=sys.stderr) != 0 or not answer.exists():
            return None
        return [Figure(**each) for each in json.loads(answer.read_text("utf-8"))]


def _measure(area: str, asked: argparse.Namespace) -> list[Figure]:
    measure: Callable[..., list[Figure]] = importlib.import_module(f"tools.bench.{area}").measure
    offered = {"codes": asked.codes, "pages": asked.pages}
    taken = inspect.signature(measure).parameters
    return measure(**{name: value for name, value in offered.items() if name in taken})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="start.py bench", description="Measure the program.")
    parser.add_argument("areas", nargs="*", metavar="AREA", help=", ".join(areas()) or "none yet")
    parser.add_argument("--codes", type=Path, help="folder of code images with a manifest.json")
    parser.add_argument("--pages", type=Path, help="folder of phone pages with a manifest.json")
    parser.add_argument("--json", action="store_true", help="one JSON object a figure")
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
