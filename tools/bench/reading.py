"""How well codes and their colours are read, and what a live frame costs.

With a folder: the images that its `manifest.json` lists, with the texts that it expects. Without:
scenes drawn here. The peers, bare zxing-cpp and bare pyzbar, get the same images in the same run.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from checkpoint_app.vision import FoundCode, FrameReader, decode_image, read_still
from tools.bench._scenes import HEIGHT, WIDTH, background, draw_scenes
from tools.bench.figure import Figure

AREA = "reading"
_SEED = 20
_DRAWN = 60  # scenes of each kind
_LIVE_LIMITS = (((1280, 720), 33.0), ((1920, 1080), 60.0))  # milliseconds
_FRAMES_EACH = 30  # of one scene, so that every harder look has its turn
_BLACK = "black"

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sample:
    """An image and what is known of it. `ink` is None where its colour isn't known."""

    name: str
    picture: Picture
    text: str | None
    empty: bool = False  # surely no code in it
    ink: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What we and the peers read in one sample; `ms` is our thread's own time."""

    sample: Sample
    ours: tuple[FoundCode, ...]
    zxing: list[str]
    pyzbar: list[str]
    ms: float

    @property
    def easy(self) -> bool:
        """Whether one of the peers alone reads it."""
        return bool(self.zxing or self.pyzbar)


def measure(codes: Path | None = None) -> list[Figure]:
    """Figures of reading, colour and live work; `codes` is a folder with a manifest.json."""
    cv2.setNumThreads(1)
    samples = _listed(codes) if codes is not None else _drawn()
    readings = [_read(sample) for sample in samples]
    pictures = [each.sample.picture for each in readings[:: max(1, len(readings) // 12)]]
    return [*_reading_figures(readings), *_colour_figures(readings), *_live_figures(pictures)]


def _listed(folder: Path) -> Iterator[Sample]:
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))["entries"]
    for entry in listed:
        picture = decode_image((folder / entry["file"]).read_bytes())
        if picture is None:
            raise ValueError(f"no image: {entry['file']}")
        yield Sample(
            entry["file"],
            picture,
            entry.get("expected_text"),
            empty=entry.get("expected_codes") == 0 or entry["kind"] == "no_qr",
            ink=entry.get("colour"),
        )


def _drawn() -> Iterator[Sample]:
    for letters, coloured in ((350, False), (110, True)):
        for number, scene in enumerate(
            draw_scenes(_DRAWN, _SEED, letters=letters, coloured=coloured)
        ):
            ink = scene.colour.value if scene.colour else _BLACK
            yield Sample(f"{letters}-{number}", scene.picture, scene.text, ink=ink)
    for number in range(_DRAWN // 3):
        rng = np.random.default_rng([_SEED, number])
        yield Sample(f"empty-{number}", _clutter(rng), None, empty=True)


def _clutter(rng: np.random.Generator) -> Picture:
    """A picture with print, checks and grain, and no code."""
    view = background(rng).astype(np.uint8)
    for row in range(60, HEIGHT - 60, 28):
        words = "".join(rng.choice(list("HETNKM |0#8"), 40))
        cv2.putText(view, words, (60, row), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (20, 20, 20), 2)
    cell = int(rng.integers(3, 9))
    checks = rng.integers(0, 2, (40, 40)).astype(np.float32).repeat(cell, 0).repeat(cell, 1) * 255
    view[100 : 100 + len(checks), 700 : 700 + len(checks)] = checks[..., None]
    return np.clip(view + rng.normal(0, 6, view.shape), 0, 255).astype(np.uint8)


def _read(sample: Sample) -> Reading:
    begin = time.thread_time()
    ours = read_still(sample.picture)
    ms = (time.thread_time() - begin) * 1000
    grey = cv2.cvtColor(sample.picture, cv2.COLOR_BGR2GRAY)
    return Reading(sample, ours, _bare_zxing(grey), _bare_pyzbar(grey), ms)


def _bare_zxing(grey: Any) -> list[str]:
    kinds = (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Aztec)
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(kinds))
    return [each.text for each in found]


def _bare_pyzbar(grey: Any) -> list[str]:
    try:
        from pyzbar import pyzbar

        found = pyzbar.decode(grey, [pyzbar.ZBarSymbol.QRCODE])
    except (ImportError, ValueError):
        return []
    return [each.data.decode("utf-8", "replace") for each in found]


def _reading_figures(readings: list[Reading]) -> Iterator[Figure]:
    easy = [each for each in readings if each.easy and not each.sample.empty]
    hard = [each for each in readings if not each.easy and each.sample.text is not None]
    lost = [each.sample.name for each in easy if not each.ours]
    yield Figure(
        AREA,
        "images read of those that a peer reads",
        len(easy) - len(lost),
        f"of {len(easy)}",
        asked="all",
        met=not lost,
        note=" ".join(lost),
    )
    read = sum(1 for each in hard if each.ours)
    yield Figure(
        AREA,
        "images read of those that no peer reads",
        read,
        f"of {len(hard)}",
        asked="≥ half",
        met=2 * read >= len(hard),
        peer="zxing-cpp, pyzbar",
        peer_value=0,
    )
    yield _wrong_texts(readings)
    empty = [each for each in readings if each.sample.empty]
    false = [each.sample.name for each in empty if each.ours]
    yield Figure(
        AREA,
        "codes found where there is none",
        len(false),
        f"of {len(empty)}",
        asked="0",
        met=not false,
        peer="zxing-cpp",
        peer_value=sum(1 for each in empty if each.zxing),
        note=" ".join(false),
    )
    slowest = max(each.ms for each in readings)
    yield Figure(AREA, "still image, longest", slowest, "ms", "≤ 2000 ms", slowest <= 2000)


def _wrong_texts(readings: list[Reading]) -> Figure:
    known = [each for each in readings if each.sample.text is not None]

    def wrong(texts: Callable[[Reading], list[str]]) -> list[str]:
        return [each.sample.name for each in known if _differs(texts(each), each.sample.text)]

    ours = wrong(lambda each: [code.text for code in each.ours])
    return Figure(
        AREA,
        "images with a wrong text",
        len(ours),
        f"of {len(known)}",
        asked="0",
        met=not ours,
        peer="zxing-cpp",
        peer_value=len(wrong(lambda each: each.zxing)),
        note=" ".join([*ours, f"(pyzbar {len(wrong(lambda each: each.pyzbar))})"]),
    )


def _differs(texts: list[str], expected: str | None) -> bool:
    """Whether something was read and nothing of it is the text; line ends count alike."""
    plain = {each.replace("\r\n", "\n") for each in texts}
    return bool(plain) and str(expected).replace("\r\n", "\n") not in plain


def _colour_figures(readings: list[Reading]) -> Iterator[Figure]:
    told = [
        (each.sample.ink, each.ours[0].colour.value if each.ours[0].colour else _BLACK)
        for each in readings
        if each.sample.ink and each.ours
    ]
    right = sum(1 for ink, named in told if ink == named)
    share = 100 * right / max(1, len(told))
    yield Figure(
        AREA,
        "module colour right",
        share,
        f"% of {len(told)}",
        asked="≥ 95 %",
        met=share >= 95 if told else None,
    )
    wrong = sum(1 for ink, named in told if named not in (ink, "unknown"))
    yield Figure(AREA, "one colour taken for another", wrong, "", asked="0", met=wrong == 0)


def _live_figures(pictures: list[Picture]) -> Iterator[Figure]:
    for size, limit in _LIVE_LIMITS:
        ours, bare = _live_times(list(_frames(pictures, size)))
        slow = float(np.percentile(ours, 95))
        yield Figure(
            AREA,
            f"work on a live frame, {size[0]}×{size[1]}, p95",
            slow,
            "ms",
            asked=f"≤ {limit:.0f} ms",
            met=slow <= limit,
            peer="zxing-cpp, one plain look",
            peer_value=float(np.percentile(bare, 95)),
            note=f"{len(ours)} frames, longest {max(ours):.0f} ms, thread's own time",
        )


def _frames(pictures: list[Picture], size: tuple[int, int]) -> Iterator[Picture]:
    """Scenes as a camera sends them: given pictures, clutter, plain grain, nothing."""
    rng = np.random.default_rng(_SEED)
    grain = rng.integers(0, 256, (HEIGHT, WIDTH, 3)).astype(np.uint8)
    nothing = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    for picture in (*pictures, *(_clutter(rng) for _ in range(4)), grain, nothing):
        yield np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _live_times(frames: list[Picture]) -> tuple[list[float], list[float]]:
    """Milliseconds of the thread's own time on each frame: ours, and one bare plain look."""
    reader, ours, bare = FrameReader(), [], []
    for frame in frames:
        for number in range(_FRAMES_EACH):
            begin = time.thread_time()
            reader.read(frame)
            ours.append((time.thread_time() - begin) * 1000)
            if number == 0:
                begin = time.thread_time()
                _bare_zxing(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY))
                bare.append((time.thread_time() - begin) * 1000)
    return ours, bare
