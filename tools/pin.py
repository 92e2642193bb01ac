"""Pin every package with its hashes, for all machines at once: `python -m tools.pin`.

Reads `requirements.in` and `requirements-dev.in`, writes the `.txt` beside each. Needs `uv`
(`pip install uv`), because one list has to serve Linux and Windows and every Python from 3.11 on.
The lists name no registry: who installs decides where from.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINNED = ("requirements", "requirements-dev")

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


def main(words: list[str]) -> int:
    """Pin both lists; further words go to uv (for example `--upgrade`)."""
    for name in PINNED:
        done = subprocess.call(compile_command(name, words), cwd=ROOT)
        if done != 0:
            return done
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
