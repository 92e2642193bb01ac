"""What a picture is taken of."""

from __future__ import annotations

from collections.abc import Callable

from tests.ui.room import Room

Act = Callable[[Room], None]
