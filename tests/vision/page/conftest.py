from __future__ import annotations

import pytest

from checkpoint_app.vision.page import PageReader


@pytest.fixture(scope="session")
def reader() -> PageReader:
    reader = PageReader()
    reader.load()
    return reader
