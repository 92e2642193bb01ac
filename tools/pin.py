"""Pin every package with its hashes, for all machines at once: `python -m tools.pin`.

Reads `requirements.in` and `requirements-dev.in`, writes the `.txt` beside each. Needs `uv`
(`pip install uv`), because one list has to serve Linux and Windows and every Python from 3.11 on.
The lists name no registry: who installs decides where from. At the end it is looked whether every
machine we promise finds a wheel of every package.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINNED = ("requirements", "requirements-dev")

# The machines promised: Debian 12 and Ubuntu 22.04 on x86-64, Debian 13 and Ubuntu 24.04 on ARM
# (Qt's wheel asks for their C library), Windows.
PLATFORMS = ("x86_64-manylinux_2_34", "aarch64-manylinux_2_39", "x86_64-pc-windows-msvc")
PYTHONS = ("3.11", "3.12", "3.13")

# Asked for by a package that we use, not wanted: the headless wheel stands in for it.
LEFT_OUT = ("opencv-python",)


def compile_command(name: str, further: list[str]) -> list[str]:
    """The command that pins one list; a version already pinned stays unless it has to change."""
    command = ["uv", "pip", "compile", "--universal", "--python-version", "3.11", "--quiet"]
    command += ["--fork-strategy", "fewest", "--only-binary", ":all:", "--generate-hashes"]
    command += ["--custom-compile-command", "python -m tools.pin"]
    for left_out in LEFT_OUT:
        command += ["--no-emit-package", left_out]
    return [*command, f"{name}.in", "-o", f"{name}.txt", *further]


def installs_on(machine: str, python: str) -> bool:
    """Whether all that is pinned has wheels for a machine; asks the registry, installs nothing."""
    with tempfile.TemporaryDirectory() as nowhere:
        command = ["uv", "pip", "install", "--dry-run", "--quiet", "--target", nowhere, "--no-deps"]
        command += ["--python-platform", machine, "--python-version", python]
        command += ["--require-hashes", "--only-binary", ":all:"]
        for name in PINNED:
            command += ["-r", f"{name}.txt"]
        return subprocess.call(command, cwd=ROOT) == 0


def main(words: list[str]) -> int:
    """Pin both lists; further words go to uv (for example `--upgrade`)."""
    for name in PINNED:
        done = subprocess.call(compile_command(name, words), cwd=ROOT)
        if done != 0:
            return done
    without = [(each, python) for each in PLATFORMS for python in PYTHONS
               if not installs_on(each, python)]  # fmt: skip
    for machine, python in without:
        print(f"no complete set of wheels: Python {python} on {machine}", file=sys.stderr)
    return 1 if without else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
