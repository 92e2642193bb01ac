"""The hub that the station is enrolled at."""

from __future__ import annotations

revision = "station_0008"
down_revision = "station_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
