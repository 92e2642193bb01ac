"""See the package."""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from checkpoint_app.desk.rehearsal import read_story
from checkpoint_app.resources import resource
from checkpoint_app.ui.fonts import load_fonts
from tools.screenshots_docs.footage import HeldFootage, held_frames
from tools.screenshots_docs.night import play
from tools.screenshots_docs.stage import Clock, Keep, Stage
from tools.screenshots_docs.words import LANGUAGES, Words

LARGEST = 200_000  # bytes of a picture; a larger one is saved with 256 colours
OWN = 176  # colours that are kept exactly: the window's own


def of_few_colours(picture: Image.Image) -> Image.Image:
    """256 colours: the window's own exactly, the footage's nearly."""
    pixels = np.asarray(picture.convert("RGB")).astype(np.uint32)
    packed = pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]
    colours, inverse, counts = np.unique(packed, return_inverse=True, return_counts=True)
    every = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1)
    order = np.argsort(counts)[::-1]
    rest = Image.fromarray(every[order[OWN:]][None].astype(np.uint8), "RGB").quantize(256 - OWN)
    others = np.array(rest.getpalette(), np.uint32).reshape(-1, 3)[: 256 - OWN]
    palette = np.concatenate([every[order[:OWN]], others]).astype(np.int32)
    nearest = np.concatenate(
        [
            ((part[:, None] - palette[None]) ** 2).sum(axis=2).argmin(axis=1)
            for part in np.array_split(every.astype(np.int32), 64)
        ]
    )
    few = Image.fromarray(nearest[inverse].reshape(packed.shape).astype(np.uint8), "P")
    few.putpalette(palette.astype(np.uint8).tobytes())
    return few


def saved_in(folder: Path, only: str | None) -> Keep:
    """A function that saves a picture under its name, small enough for a manual."""

    def save(name: str, picture: QPixmap) -> None:
        if only is not None and not name.startswith(only):
            return
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")
        target = folder / name
        whole = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
        whole.save(target, optimize=True)
        if target.stat().st_size > LARGEST:
            of_few_colours(whole).save(target, optimize=True)
        print(target, target.stat().st_size)

    return save


def one_night(words: Words, keep: Keep) -> None:
    """The night in one language."""
    application = QApplication([])
    application.setStyle("Fusion")
    load_fonts()
    camera = HeldFootage(held_frames(read_story(resource("demo"))))
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder), words, camera, Clock(), keep)
        try:
            play(stage)
        finally:
            stage.window.close()


def main(arguments: list[str] | None = None) -> int:
    """One language in this process; without one named, each in a process of its own."""
    parser = argparse.ArgumentParser("screenshots_docs", description="pictures for the manual")
    parser.add_argument("out", type=Path, metavar="FOLDER")
    parser.add_argument("--only", metavar="NAME", help="keep only pictures whose name begins so")
    parser.add_argument("--language", choices=list(LANGUAGES))
    wanted = parser.parse_args(arguments)
    if wanted.language is None:
        given = sys.argv[1:] if arguments is None else arguments
        again = [sys.executable, "-m", "tools.screenshots_docs", *given, "--language"]
        return max(subprocess.call([*again, language]) for language in LANGUAGES)
    wanted.out.mkdir(parents=True, exist_ok=True)
    one_night(LANGUAGES[wanted.language], saved_in(wanted.out, wanted.only))
    return 0


if __name__ == "__main__":
    sys.exit(main())
