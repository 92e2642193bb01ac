"""Image files from strangers: bytes in, a picture or nothing out, never a bomb."""

from __future__ import annotations

import io
import warnings

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from checkpoint_app.vision.found import Frame

MAX_BYTES = 40_000_000
MAX_PIXELS = 50_000_000  # 8K is 33 million
MAX_SIDE = 20_000
_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF", "MPO")


def decode_image(data: bytes) -> Frame | None:
    """A still image's first picture (H × W × 3, BGR), upright and on white paper.

    None for what is no image, for a broken one, and for one beyond the limits of this module,
    which are checked before any pixel is unpacked.
    """
    if not 0 < len(data) <= MAX_BYTES:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                return _unpacked(image) if _bearable(image) else None
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        return None
    except (SyntaxError, EOFError, KeyError, IndexError, TypeError, MemoryError, OverflowError):
        return None  # Pillow's answers to files that are broken on purpose


def _bearable(image: Image.Image) -> bool:
    width, height = image.size
    return width * height <= MAX_PIXELS and max(width, height) <= MAX_SIDE


def _unpacked(image: Image.Image) -> Frame:
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith(("I", "F")):
        upright = _eight_bit(upright)
    if upright.has_transparency_data:
        clear = upright.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        upright = Image.alpha_composite(paper, clear)
    rgb = np.asarray(upright.convert("RGB"), np.uint8)
    return np.ascontiguousarray(rgb[..., ::-1])


def _eight_bit(image: Image.Image) -> Image.Image:
    """Sixteen-bit and float greys, spread over 0 to 255."""
    values = np.nan_to_num(np.asarray(image, np.float64), posinf=0.0, neginf=0.0)
    low, high = float(values.min()), float(values.max())
    spread = (values - low) / max(high - low, 1e-9) * 255
    return Image.fromarray(spread.astype(np.uint8))
