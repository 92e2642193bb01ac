"""The two decoders behind one face: grey picture in, sightings out, no exception.

zxing-cpp does nearly all the work. zbar reads some codes with glare on a finder pattern that
zxing-cpp gives up on; it is optional (its library may be missing) and never believed alone:
see `looks`.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

import numpy as np
import zxingcpp

from checkpoint_app.vision.charset import chinese_if_latin, trusted_zbar_text
from checkpoint_app.vision.found import Corners, Grey, Sighting

MAX_SIDE = 8192  # pixels; above it decoders' own limits and memory come near
_MAX_TEXT = 8192  # characters; the largest QR holds 7,089 digits

# QRCodeModel2, not QRCode: the latter invents Micro QR codes in textures.
_FORMATS = {
    "qr": zxingcpp.BarcodeFormat.QRCodeModel2,
    "aztec": zxingcpp.BarcodeFormat.AztecCode,
}


def decode(grey: Grey, symbology: str = "qr", *, global_threshold: bool = False) -> list[Sighting]:
    """Codes that zxing-cpp finds, and those that it located without being able to decode."""
    if not _fits(grey):
        return []
    binarizer = zxingcpp.Binarizer
    results = zxingcpp.read_barcodes(
        np.ascontiguousarray(grey),
        formats=zxingcpp.BarcodeFormats([_FORMATS[symbology]]),
        text_mode=zxingcpp.TextMode.Plain,
        binarizer=binarizer.GlobalHistogram if global_threshold else binarizer.LocalAverage,
        return_errors=symbology == "qr",
    )
    return [_sighting(each, symbology) for each in results if len(each.text) <= _MAX_TEXT]


def _fits(grey: Grey) -> bool:
    """Whether a decoder may be given this: a two-dimensional grey picture of bearable size."""
    return grey.ndim == 2 and min(grey.shape) >= 8 and max(grey.shape) <= MAX_SIDE


def _sighting(result: Any, symbology: str) -> Sighting:
    place = result.position
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    a, b, c, d = ((float(each.x), float(each.y)) for each in points)
    if not result.valid or not result.text:
        return Sighting("", symbology, (a, b, c, d), suspect=True)
    text = result.text
    if symbology == "qr" and result.symbology_identifier == "]Q1":  # no charset declared
        text = chinese_if_latin(text, result.bytes)
    return Sighting(text, symbology, (a, b, c, d))


@cache
def _zbar() -> Any | None:
    """The pyzbar module, or None where it or its shared library is missing."""
    try:
        return importlib.import_module("pyzbar.pyzbar")
    except (ImportError, OSError):
        return None


def zbar_available() -> bool:
    """Whether the second decoder is there; without it the reader still works."""
    return _zbar() is not None


def decode_zbar(grey: Grey) -> list[Sighting]:
    """QR codes that zbar finds. A symbol of a structured-append series makes pyzbar raise."""
    module = _zbar()
    if module is None or not _fits(grey):
        return []
    try:
        results = module.decode(np.ascontiguousarray(grey), [module.ZBarSymbol.QRCODE])
    except (ValueError, module.PyZbarError):
        return []
    sightings = []
    for result in results:
        text, corners = trusted_zbar_text(result.data), _corners(result.polygon)
        if text and corners and len(text) <= _MAX_TEXT:
            sightings.append(Sighting(text, "qr", corners))
    return sightings


def _corners(polygon: Any) -> Corners | None:
    if len(polygon) != 4:
        return None
    a, b, c, d = ((float(each.x), float(each.y)) for each in polygon)
    return a, b, c, d
