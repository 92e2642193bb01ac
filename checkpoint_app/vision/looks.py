"""Ways of looking at a picture that its plain grey version doesn't need.

A look picks a channel, sharpens, scales and hands over to a decoder. Sharpening is a Wiener
filter for a Gaussian blur (Gonzalez & Woods, 5.8): out-of-focus codes of many modules are what a
gate's camera shows most, and plain unsharp masking recovers only half of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, reduce

import cv2
import numpy as np
from numpy.typing import NDArray

from checkpoint_app.vision.decoders import decode, decode_zbar
from checkpoint_app.vision.found import Frame, Grey, Sighting, moved
from checkpoint_app.vision.regions import Region

_TAPS = 15  # width of the sharpening kernel in pixels
_LEAST_WEIGHT = 0.02  # of a product in that kernel, against the first
_INK_PIXELS = 30_000  # of a picture's rows, looked at to find its ink
_ZBAR_PIXELS = 4_000_000  # of a picture that zbar gets to confirm its reading
_QUIET = 16  # pixels of paper added around a picture that is cut too close

Kernel = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Look:
    """One way of looking.

    `channel` is grey, min (darkest of the three), blue, contrast (local) or ink (see `_ink`).
    `blur` is the Gaussian sigma in pixels to be undone, 0 = none; `noise` how much to hold back.
    `decoder` is qr, qr_global (one threshold for all), aztec or zbar.
    """

    channel: str = "grey"
    blur: float = 0.0
    noise: float = 0.03
    scale: float = 1.0
    decoder: str = "qr"
    framed: bool = False  # with a border of paper added


def look_at(look: Look, picture: Frame, region: Region, most_pixels: int) -> list[Sighting]:
    """Sightings of one look at a region, corners in pixels of the whole picture."""
    left, top = region.left, region.top
    cut = picture[top : top + region.height, left : left + region.width]
    scale = min(look.scale, (most_pixels / max(1, cut.shape[0] * cut.shape[1])) ** 0.5)
    grey, scale = _prepared(look, cut, scale)
    border = _QUIET if look.framed else 0
    if border:
        paper = int(np.percentile(grey, 90))
        grey = np.pad(grey, border, constant_values=paper)
    offset = border / scale
    return [
        Sighting(
            each.text,
            each.symbology,
            moved(each.corners, scale, left - offset, top - offset),
            each.suspect,
        )
        for each in _decoded(look.decoder, grey)
    ]


def _prepared(look: Look, cut: Frame, scale: float) -> tuple[Grey, float]:
    """The grey picture that a look's decoder gets, and the scale that it came out at."""
    if scale < 1.0:
        cut = _scaled(cut, scale)
    grey = _channel(cut, look.channel)
    if look.blur:
        grey = _deblurred(grey, round(look.blur * min(scale, 1.0), 1), look.noise)
    if scale > 1.0:
        grey = _scaled(grey, scale)
    return grey, scale


def _channel(picture: Frame, channel: str) -> Grey:
    """One grey picture made of a colour picture (BGR)."""
    if channel == "min":
        blue, green, red = cv2.split(picture)
        return np.asarray(cv2.min(cv2.min(blue, green), red), np.uint8)
    if channel == "ink":
        return _ink(picture)
    if channel == "blue":
        return np.ascontiguousarray(picture[..., 0])
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    if channel == "contrast":
        return np.asarray(cv2.createCLAHE(3.0, (8, 8)).apply(grey), np.uint8)
    return grey


def _ink(picture: Frame) -> Grey:
    """The mixture of the three channels in which ink and paper differ most, against the noise.

    Yellow hardly shows in grey and red hardly in red; what shows best is the direction of colour
    with the greatest detail variance for each unit of noise variance (Fisher's linear criterion).
    """
    step = max(1, round(picture.shape[0] * picture.shape[1] / _INK_PIXELS))
    rows = picture[::step].astype(np.float32)
    detail = rows - cv2.blur(rows, (31, 1))
    grain = rows - cv2.blur(rows, (3, 1))
    noise = np.cov(grain.reshape(-1, 3).T) + np.eye(3)
    values, vectors = np.linalg.eig(np.linalg.solve(noise, np.cov(detail.reshape(-1, 3).T)))
    best = np.real(vectors[:, int(np.real(values).argmax())])
    best = best if best.sum() >= 0 else -best
    low, high = np.percentile(rows.reshape(-1, 3) @ best, (1, 99))
    gain = 255 / max(high - low, 1.0)
    mixture = np.append(best, -low) * gain
    return np.asarray(cv2.transform(picture, mixture[None]), np.uint8)


def _decoded(decoder: str, grey: Grey) -> list[Sighting]:
    if decoder == "zbar":
        return _believed(grey)
    if decoder == "qr_global":
        return decode(grey, "qr", global_threshold=True)
    return decode(grey, decoder)


def _believed(grey: Grey) -> list[Sighting]:
    """What zbar reads twice: as it stands, and again the same at a slightly other size.

    zbar corrects errors up to the last codeword with nothing held back against mistakes, so that a
    text may be a wrong one; it comes out differently, or not at all, in a changed picture.
    """
    first = decode_zbar(grey)
    if not first:
        return []
    again: set[str] = set()
    for scale in (0.93, 1.07, 1.5):
        if grey.size * scale * scale < _ZBAR_PIXELS and not again:
            again = {each.text for each in decode_zbar(_scaled(grey, scale))}
            again &= {each.text for each in first}
    return [each for each in first if each.text in again]


def _scaled(picture: Grey, scale: float) -> Grey:
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=way), np.uint8)


def _deblurred(grey: Grey, blur: float, noise: float) -> Grey:
    rows = (
        cv2.sepFilter2D(grey, cv2.CV_32F, row, column, borderType=cv2.BORDER_REPLICATE)
        for row, column in _wiener(blur, noise)
    )
    return np.asarray(np.clip(reduce(cv2.add, rows), 0, 255), np.uint8)


@lru_cache(maxsize=32)
def _wiener(blur: float, noise: float) -> tuple[tuple[Kernel, Kernel], ...]:
    """Kernels that together undo a Gaussian blur of that sigma: G / (G² + noise), summing to 1.

    The two-dimensional kernel is given as the few products of a row and a column that nearly make
    it up (singular values), which halves the work.
    """
    size = 64
    frequency = np.fft.fftfreq(size)
    gauss = np.exp(-2 * (np.pi * blur) ** 2 * (frequency[:, None] ** 2 + frequency**2))
    full = np.fft.fftshift(np.fft.ifft2(gauss / (gauss**2 + noise)).real)
    near = slice(size // 2 - _TAPS // 2, size // 2 + _TAPS // 2 + 1)
    columns, weights, rows = np.linalg.svd(full[near, near] / full[near, near].sum())
    return tuple(
        (row * weight**0.5, column * weight**0.5)
        for row, column, weight in zip(rows, columns.T, weights, strict=True)
        if weight > _LEAST_WEIGHT * weights[0]
    )
