"""`python -m tools.demo OUT`: draw the demo footage, its story, trust files and still pictures.

OUT is normally `resources/demo`. `--no-footage` leaves the film out, which takes most of the time.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.demo import film, issuers, stills, story

FOOTAGE = "footage.mp4"


def main() -> None:
    """Write everything into the folder named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--no-footage", action="store_true")
    arguments = parser.parse_args()
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    everybody = story.travellers()
    (out / "story.json").write_text(story.as_json(everybody, FOOTAGE), "utf-8", newline="\n")
    issuers.write_trust(out / "trust")
    stills.write(everybody, out / "codes")
    if not arguments.no_footage:
        film.write(everybody, out / FOOTAGE)


if __name__ == "__main__":
    main()
