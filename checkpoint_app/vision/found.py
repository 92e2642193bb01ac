"""What the eye found: one decoded code and where it stands in the picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checkpoint_app.domain.credential import Colour

Frame = NDArray[np.uint8]  # H × W × 3, BGR
Grey = NDArray[np.uint8]  # H × W
Corner = tuple[float, float]
Corners = tuple[Corner, Corner, Corner, Corner]


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A decoded code.

    `text` is the content exactly as decoded (line ends and control characters kept).
    `symbology` is "qr" or "aztec". `corners` are (x, y) in pixels of the frame as given, in order
    around the code. `colour` is that of a QR's dark modules; None for black ones and for Aztec.
    """

    text: str
    symbology: str
    corners: Corners
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A code as a decoder gives it; `suspect` ones were located but not decoded (text is "")."""

    text: str
    symbology: str
    corners: Corners
    suspect: bool = False


def moved(corners: Corners, scale: float, left: float, top: float) -> Corners:
    """Corners of a picture scaled by `scale` and cut out at (left, top), in the whole picture."""
    a, b, c, d = ((x / scale + left, y / scale + top) for x, y in corners)
    return a, b, c, d
