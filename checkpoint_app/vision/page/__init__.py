"""The reading eye: the phone's page is found, read, and turned into fields. No Qt."""

from checkpoint_app.vision.page.reader import PageReader, sharpness
from checkpoint_app.vision.page.tables import load_tables

__all__ = ["PageReader", "load_tables", "sharpness"]
