"""The folder that runs with no Python: `python3 start.py build [--try]`.

Builds `dist/checkpoint-desk` by `build.spec`. `--try` then starts the built program as a machine
without Python would, with an almost empty environment and a copy in a strange place: it reads a
code, runs the demo through the desk, prints the day's register and opens the window.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import segno

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "dist" / "checkpoint-desk"
OPEN_FOR = 10.0  # seconds
PROGRAM = "checkpoint.exe" if os.name == "nt" else "checkpoint"


def main(words: list[str]) -> int:
    """Build, and try what was built when asked. Returns 1 when the trial failed."""
    parser = argparse.ArgumentParser(prog="start.py build", description="Build the folder.")
    parser.add_argument("--try", action="store_true", dest="trial", help="run what was built")
    asked = parser.parse_args(words)
    os.chdir(ROOT)
    line = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", "build.spec"]
    subprocess.check_call(line)
    size = sum(each.lstat().st_size for each in BUILT.rglob("*"))
    print(f"built {BUILT.relative_to(ROOT)}: {size / 1e6:.0f} MB")
    return trial() if asked.trial else 0


def trial() -> int:
    """Run the built program's first steps; print each with its answer."""
    with _strange_place() as folder:
        program = folder / BUILT.name / PROGRAM
        picture, sheet = folder / "码 code.png", folder / "台账 register.pdf"
        segno.make("https://example.org/code").save(str(picture), scale=6)
        data = ["--data", str(folder / "data")]
        today = date.today().isoformat()  # noqa: DTZ011 - the register's day is the local one
        answer = _run(folder, program, "read", str(picture), "--json")
        read = json.loads(answer.splitlines()[0])["codes"][0]["text"] if answer else None
        _run(folder, program, "screen", "demo", *data, "--json")
        day = ["--date", today, "--kind", "daily"]
        _run(folder, program, "register", *day, "--out", str(sheet), *data)
        good = read == "https://example.org/code" and sheet.read_bytes().startswith(b"%PDF")
        good = _stays_open(folder, *data) and good
    print("the built program reads, decides, prints and opens" if good else "the trial failed")
    return 0 if good else 1


@contextmanager
def _strange_place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="卡点 ") as name:
        folder = Path(name)
        shutil.copytree(BUILT, folder / BUILT.name, symlinks=True)
        yield folder


def _bare(folder: Path) -> dict[str, str]:
    """The environment of a machine that has nothing of ours."""
    kept = {key: os.environ[key] for key in ("SYSTEMROOT", "TEMP", "LANG") if key in os.environ}
    return kept | {"HOME": str(folder), "PATH": "", "QT_QPA_PLATFORM": "offscreen"}


def _stays_open(folder: Path, *words: str) -> bool:
    """Whether the window is still there after some seconds; it is closed then."""
    program = folder / BUILT.name / PROGRAM.replace("checkpoint", "checkpoint-desk")
    with subprocess.Popen([str(program), *words], cwd=folder, env=_bare(folder)) as desk:
        try:
            desk.wait(OPEN_FOR)
        except subprocess.TimeoutExpired:
            desk.terminate()
            return True
    print(f"$ {program.name}\nexit code {desk.returncode}")
    return False


def _run(folder: Path, program: Path, *words: str) -> str:
    """Standard output of one run; a run that fails ends the trial."""
    line = [str(program), *words]
    done = subprocess.run(
        line, capture_output=True, cwd=folder, env=_bare(folder), timeout=300, check=False
    )
    answer = done.stdout.decode("utf-8", "replace")
    print(f"$ checkpoint {' '.join(words)}\n{answer[-600:]}")
    if done.returncode != 0:
        sys.exit(f"exit code {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-3000:]}")
    return answer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
