"""Vehicles, goods and crowds."""

from __future__ import annotations

revision = "station_0004"
down_revision = "station_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
