"""Closings and what was sent."""

from __future__ import annotations

revision = "station_0007"
down_revision = "station_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
