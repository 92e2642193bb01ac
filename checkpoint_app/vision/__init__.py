"""The eye: a frame goes in, codes with their colours come out. Plain values, no Qt."""

from checkpoint_app.vision.found import FoundCode
from checkpoint_app.vision.reader import FrameReader, read_still
from checkpoint_app.vision.stills import decode_image

__all__ = ["FoundCode", "FrameReader", "decode_image", "read_still"]
