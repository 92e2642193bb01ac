"""Retention, notices and visitors."""

from __future__ import annotations

revision = "station_0006"
down_revision = "station_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
